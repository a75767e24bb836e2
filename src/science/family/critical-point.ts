/** Gives the critical point of a family at any real d, from 3 to 10^6 and beyond, at a cost that does not grow with d. */
import type { DoubleDouble } from '../math/precision/double-double.ts';
import { fine } from './arithmetic.ts';
import { type Branch, neurons, problemAt, spaceOf } from './branch.ts';
import { descend, refineAt } from './descent.ts';
import { branchOf, type FamilyName, globalBranch } from './families.ts';
import { isotropyName } from './names.ts';
import type { Refined } from './newton.ts';
import { type State, stateAt } from './problem.ts';
import { coordinateName, coordinatesOf } from './space.ts';
import { valueAt } from './value.ts';

/** Which critical point is meant. */
export interface FamilyQuery {
  readonly family: FamilyName;
  /** The number of inputs, any real number above the branch's end. */
  readonly d: number;
  /** The number of neurons and of target neurons, d if left out; the target does not look at the other d − k inputs. */
  readonly k?: number;
}

/** An entry of the matrix: `value + tail`, about 31 digits, equal in all places that share the name. */
export interface Entry {
  readonly name: string;
  readonly value: number;
  readonly tail: number;
}

/** How a critical point was found, and how good it is. */
export interface PointEvidence {
  readonly status: 'converged' | 'exact';
  /** ‖∇L‖_F over all k·d entries, at the entries with their tails. */
  readonly residual: number;
  /** The largest last correction of an entry, times the root of its multiplicity. */
  readonly correction: number;
  /** Refinements in double-doubles. */
  readonly iterations: number;
  /** The d at which the branch was entered, next to its limit, and the steps from there. */
  readonly enteredAt: number;
  readonly steps: number;
  /** The largest difference between a predicted and a corrected entry (those off the diagonal times d). */
  readonly stride: number;
}

/** A critical point of L on the k×d matrices. */
export interface CriticalPoint {
  readonly family: string;
  readonly d: number;
  readonly k: number;
  readonly isotropy: string;
  /** The sizes of the blocks of inputs that the target looks at, the large one first. */
  readonly sizes: readonly number[];
  readonly entries: readonly Entry[];
  /** L, to a relative error below 1e-14 (up to d = 1e9; absolute for `global`, where it is 0). */
  readonly loss: number;
  /** ‖∇L‖_F over all k·d entries. */
  readonly gradientNorm: number;
  readonly evidence: PointEvidence;
}

/** Asked for a d at which the branch does not exist, or is not followed. */
export class NoSuchPoint extends RangeError {
  override readonly name = 'NoSuchPoint';
  readonly family: string;
  readonly d: number;
  /** The last d that was reached on the way. */
  readonly reached: number;
  constructor(family: string, d: number, reached: number) {
    super(
      `family ${family} has no critical point at d = ${d}: its branch was followed as far as d = ${reached}`,
    );
    this.family = family;
    this.d = d;
    this.reached = reached;
  }
}

/**
 * The critical point of `family` at `d`: the branch with the family's limit as d → ∞, followed from large d down
 * to this one. For k < d it is that of k inputs, with zeros at the others. Throws NoSuchPoint below the end of the
 * branch, RangeError for k > d, for d that is no finite number, and for names of no family.
 */
export function criticalPoint({ family, d, k = d }: FamilyQuery): CriticalPoint {
  for (const size of [d, k]) {
    if (!Number.isFinite(size))
      throw new RangeError(`a dimension is a finite number, not ${JSON.stringify(size)}`);
  }
  if (k > d) throw new RangeError(`a target of ${k} orthogonal neurons needs as many inputs, not ${d}`);
  const point = family === 'global' ? globalPoint(k) : pointOn(branchOf(family), k);
  return d === k ? point : { ...point, d, isotropy: `${point.isotropy}×O_${d - k}` };
}

/** The critical point of any branch at `d`. Throws NoSuchPoint below its end. */
export function pointOn(branch: Branch, d: number): CriticalPoint {
  if (!(d > branch.above) || !Number.isFinite(d)) throw new NoSuchPoint(branch.name, d, branch.above);
  const path = descend(branch, d);
  const last = path?.points.at(-1);
  if (path === undefined || last === undefined || path.status !== 'arrived') {
    const reached = last === undefined ? (branch.upTo ?? Infinity) : 1 / (last.parameter * last.parameter);
    throw new NoSuchPoint(branch.name, d, reached);
  }
  const refined = refineAt(branch, d, last.values);
  if (refined === undefined) throw new NoSuchPoint(branch.name, d, d);
  const entered = (path.points[0] as typeof last).parameter;
  return describe(branch, d, refined, {
    enteredAt: 1 / (entered * entered),
    steps: path.points.length - 1,
    stride: path.correction,
  });
}

/** A solution as it is published. */
export function describe(
  branch: Branch,
  d: number,
  refined: Refined<DoubleDouble>,
  route: Pick<PointEvidence, 'enteredAt' | 'steps' | 'stride'>,
): CriticalPoint {
  const residual = refined.residual / twoPi();
  const { iterations, correction } = refined;
  return {
    ...matrixOf(branch, d, refined.state, refined.values),
    gradientNorm: residual,
    evidence: { status: 'converged', residual, correction, iterations, ...route },
  };
}

function matrixOf(branch: Branch, d: number, state: State<DoubleDouble>, values: readonly DoubleDouble[]) {
  const field = fine();
  const sizes = state.problem.sizes.map((size) => field.toNumber(size));
  return {
    family: branch.name,
    d,
    k: neurons(branch, d),
    isotropy: isotropyName(sizes, branch.extras),
    sizes,
    entries: coordinatesOf(spaceOf(branch)).map((coordinate, index) => {
      const { hi, lo } = values[index] as DoubleDouble;
      return { name: coordinateName(coordinate), value: hi, tail: lo };
    }),
    loss: field.toNumber(field.div(valueAt(state), field.scale(field.pi, 2))),
  };
}

function globalPoint(d: number): CriticalPoint {
  if (!(d > 1) || !Number.isFinite(d)) throw new NoSuchPoint('global', d, 1);
  const field = fine();
  const branch = globalBranch();
  const values = [field.one, field.zero];
  const state = stateAt(problemAt(field, branch, field.fromNumber(d)), values);
  const route = { enteredAt: d, steps: 0, stride: 0 };
  return {
    ...matrixOf(branch, d, state, values),
    gradientNorm: 0,
    evidence: { status: 'exact', residual: 0, correction: 0, iterations: 0, ...route },
  };
}

/** 2π, by which everything inside is larger than what is published. */
export function twoPi(): number {
  return 2 * fine().toNumber(fine().pi);
}

/** The state of a published point in double-doubles. */
export function stateOf(
  branch: Branch,
  point: Pick<CriticalPoint, 'd' | 'k' | 'entries'>,
): State<DoubleDouble> {
  const field = fine();
  const seen = branch.extras.length === 0 ? point.k : point.d;
  const values = point.entries.map(({ value, tail }) =>
    field.add(field.fromNumber(value), field.fromNumber(tail)),
  );
  return stateAt(problemAt(field, branch, field.fromNumber(seen)), values);
}
