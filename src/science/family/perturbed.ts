/** Continues the families from the target V = I to V = I + εE, for an E with the family's symmetry. */
import { plain } from './arithmetic.ts';
import { type Branch, sizesAt, spaceOf } from './branch.ts';
import { criticalPoint, twoPi } from './critical-point.ts';
import { scalesAt } from './descent.ts';
import { branchOf, type SpuriousName } from './families.ts';
import { irrepName, irrepsOf } from './irreps.ts';
import { blockOf } from './blocks.ts';
import { solveFrom } from './newton.ts';
import { type Curve, follow, type Stride } from './path.ts';
import { type Problem, problemOf, stateAt } from './problem.ts';
import { studentRows } from './row.ts';
import { coordinateName, coordinatesOf } from './space.ts';
import { eigenvaluesOf } from './symmetric.ts';
import { valueAt } from './value.ts';

/** Which perturbation: E by the names of its entries (those left out are 0), at ε from 0 to `epsilon`. */
export interface PerturbationQuery {
  readonly family: SpuriousName;
  readonly d: number;
  readonly direction: Readonly<Record<string, number>>;
  readonly epsilon: number;
}

/** A critical point for one target. */
interface PerturbedPoint {
  readonly epsilon: number;
  readonly entries: readonly { readonly name: string; readonly value: number }[];
  readonly loss: number;
  readonly minEigenvalue: number;
  readonly minEigenvalueIrrep: string;
}

/** The critical points over ε, from 0 on; `ended` where the path could not be followed to the end. */
export interface Perturbation {
  readonly status: 'arrived' | 'ended';
  readonly points: readonly PerturbedPoint[];
}

/**
 * The critical points for V = I + εE that continue the family's. E has the blocks of the family: `diag1`, `off1`,
 * `row1col2`, …; other names throw RangeError. In doubles: entries to some 1e-13 for d up to 10^3.
 */
export function perturbed({ family, d, direction, epsilon }: PerturbationQuery): Perturbation {
  const branch = branchOf(family);
  const names = coordinatesOf(spaceOf(branch)).map(coordinateName);
  for (const name of Object.keys(direction)) {
    if (!names.includes(name))
      throw new RangeError(`family ${family} has no entry ${name}, only ${names.join(', ')}`);
  }
  const change = names.map((name) => direction[name] ?? 0);
  const scales = scalesAt(branch, d);
  const curve: Curve = {
    solve: (at, start) => solveFrom(perturbedProblem(branch, d, change, at), start, scales),
    scales: () => scales,
  };
  const start = criticalPoint({ family, d }).entries.map(({ value }) => value);
  const length = Math.abs(epsilon);
  const stride: Stride = {
    first: length / 16,
    longest: length / 8,
    shortest: length * 1e-6,
    correction: 0.05,
  };
  const path = follow(curve, { parameter: 0, values: start }, epsilon, stride);
  const points = path.points.map(({ parameter, values }) =>
    describe(branch, d, change, parameter, values, names),
  );
  return { status: path.status, points };
}

function perturbedProblem(
  branch: Branch,
  d: number,
  change: readonly number[],
  epsilon: number,
): Problem<number> {
  const field = plain();
  const space = spaceOf(branch);
  const coordinates = coordinatesOf(space);
  const sizes = sizesAt(field, branch.minorities, d);
  const target = coordinates.map(
    ({ role }, i) => (role === 'diag' ? 1 : 0) + epsilon * (change[i] as number),
  );
  return problemOf(field, space, sizes, studentRows(field, space, sizes, coordinates, target));
}

function describe(
  branch: Branch,
  d: number,
  change: readonly number[],
  epsilon: number,
  values: readonly number[],
  names: readonly string[],
): PerturbedPoint {
  const problem = perturbedProblem(branch, d, change, epsilon);
  const state = stateAt(problem, values);
  const levels = irrepsOf(problem.space, problem.sizes).map((irrep) => ({
    name: irrepName(irrep, problem.space),
    least: (eigenvaluesOf(plain(), blockOf(state, irrep), 1e-16)[0] as number) / twoPi(),
  }));
  const least = levels.reduce((best, level) => (level.least < best.least ? level : best));
  return {
    epsilon,
    entries: names.map((name, i) => ({ name, value: values[i] as number })),
    loss: valueAt(state) / twoPi(),
    minEigenvalue: least.least,
    minEigenvalueIrrep: least.name,
  };
}
