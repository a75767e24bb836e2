/** Lists families of critical points of a tensor decomposition, and says at any real d of one what its point is. */
import type { RandomStream } from '../../base/random.ts';
import { fine } from '../family/arithmetic.ts';
import { dimensionOf, irrepName } from '../family/irreps.ts';
import { isotropyName } from '../family/names.ts';
import { eigenvaluesOf } from '../family/symmetric.ts';
import { type FamilyPoint, pointNear, rounded, type Setting } from './family-path.ts';
import { isotypicBlocks } from './isotypic.ts';
import { reducedLoss, reducedState } from './reduced.ts';
import { fineProblem, plainProblem } from './reduced-refine.ts';
import { type Findings, searchReduced } from './reduced-search.ts';

/** A branch of critical points, by one of them, isolated among the matrices of its space with the same zeros. */
export interface TensorFamily {
  readonly setting: Setting;
  /** m and a letter, by rising loss at the d of the search: `1b` is the second family found with isotropy Δ(S_{d−1}×S_1). */
  readonly name: string;
  readonly start: FamilyPoint;
  /** How many eigenvalues of each irrep are zero there, and so all along the branch. */
  readonly zeros: ReadonlyMap<string, number>;
}

/** The eigenvalues of ∇²L on the copies of one irrep, ascending, each repeated `multiplicity` times. */
export interface Level {
  readonly irrep: string;
  readonly multiplicity: number;
  /** Those that are zero along the branch are exactly 0. */
  readonly values: readonly number[];
}

/** What is known of the point of a family at one d. */
export interface DescribedPoint {
  readonly d: number;
  readonly isotropy: string;
  readonly entries: readonly number[];
  readonly loss: number;
  /** |T|² − L, which keeps its digits where the loss is nearly |T|². */
  readonly gain: number;
  /** ‖∇L‖_F over all entries. */
  readonly gradientNorm: number;
  /** The largest last correction of an entry, relative to it. */
  readonly correction: number;
  readonly levels: readonly Level[];
  /** Whether every eigenvalue that is not zero along the branch is above what rounding leaves. */
  readonly known: boolean;
}

/** What a search in one fixed-point space gave. */
export interface FamilySearch {
  readonly families: readonly TensorFamily[];
  readonly findings: Findings;
}

/** Below this loss a point is an image of the target, by signs or by another order of the rows. */
const global = 1e-9;
/** Eigenvalues below this part of the largest are zero where a search found the family. */
const structural = 1e-15;
/** What rounding leaves of an eigenvalue, relative to the largest one. */
const noise = 1e-28;
/** What is above this part of the largest eigenvalue is not zero, however close to singular the point is. */
const negligible = 1e-6;
const offDiagonal = 1e-30;

/** The families through the points that a search at d finds; those of larger Young symmetry are left out, and images of the target. */
export function findFamilies(
  setting: Setting,
  d: number,
  starts: number,
  stream: RandomStream,
): FamilySearch {
  const findings = searchReduced(plainProblem(setting.norm, d, setting.m), starts, stream);
  const families = findings.points
    .filter(({ values, loss }) => setting.m === 0 || !(isUniform(values) || loss < global))
    .flatMap(({ values }) => {
      const start = pointNear(setting, d, values);
      return start === undefined ? [] : [start];
    })
    .map((start, at) => ({
      setting,
      name: `${setting.m}${letter(at)}`,
      start,
      zeros: zerosAt(setting, start),
    }));
  return { families, findings };
}

/** a, …, z, aa, … */
function letter(at: number): string {
  const last = String.fromCharCode(97 + (at % 26));
  return at < 26 ? last : letter(Math.floor(at / 26) - 1) + last;
}

/** Whether ΔS_d fixes a matrix of Δ(S_{d−m}×S_m): diag, off, level; level, diag and, for m > 1, off. */
function isUniform(values: readonly number[]): boolean {
  const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-9;
  const [diagonal, off, ...rest] = values as [number, number, ...number[]];
  const others = [rest[0]!, rest[1]!, ...rest.slice(3)];
  return isSame(diagonal, rest[2]!) && others.every((value) => isSame(value, off));
}

function zerosAt(setting: Setting, point: FamilyPoint): Map<string, number> {
  const levels = levelsAt(setting, point);
  const floor = structural * largestIn(levels);
  return new Map(
    levels.map(({ irrep, values }) => [irrep, values.filter((value) => Math.abs(value) <= floor).length]),
  );
}

function levelsAt({ norm, m }: Setting, { d, values }: FamilyPoint): Level[] {
  const problem = fineProblem(norm, d, m);
  const sizes = problem.sizes.map(fine().toNumber);
  return isotypicBlocks(problem, values).map(({ irrep, block }) => ({
    irrep: irrepName(irrep, problem.space),
    multiplicity: dimensionOf(irrep, problem.space, sizes),
    values: eigenvaluesOf(fine(), block, offDiagonal).map(fine().toNumber),
  }));
}

function largestIn(levels: readonly Level[]): number {
  return Math.max(...levels.flatMap(({ values }) => values.map(Math.abs)));
}

/** Loss, gradient and spectrum of a point of a family. */
export function describePoint({ setting, zeros }: TensorFamily, point: FamilyPoint): DescribedPoint {
  const { norm, m } = setting;
  const problem = fineProblem(norm, point.d, m);
  const loss = reducedLoss(reducedState(problem, point.values));
  const whole = fine().scale(fine().fromNumber(point.d), norm.a + norm.b);
  const raw = levelsAt(setting, point);
  const floor = noise * largestIn(raw);
  const most = negligible * largestIn(raw);
  const levels = raw.map((level) => cleared(level, zeros.get(level.irrep) ?? 0, most));
  const known = levels.every(({ values }) => values.every((value) => value === 0 || Math.abs(value) > floor));
  return {
    d: point.d,
    isotropy: isotropyName(problem.sizes.map(fine().toNumber), []),
    entries: rounded(point.values),
    loss: fine().toNumber(loss),
    gain: fine().toNumber(fine().sub(whole, loss)),
    gradientNorm: point.residual,
    correction: point.correction,
    levels,
    known,
  };
}

/**
 * The level with its `count` smallest values, which are zero but for rounding, set to 0; fewer where some are above
 * `most`: a block of two inputs has a copy less of an irrep, and a zero with it.
 */
function cleared({ values, ...level }: Level, count: number, most: number): Level {
  const sizes = values.map(Math.abs).toSorted((a, b) => a - b);
  const bound = count === 0 ? -1 : Math.min(most, sizes[Math.min(count, sizes.length) - 1]!);
  return { ...level, values: values.map((value) => (Math.abs(value) <= bound ? 0 : value)) };
}

/** The least eigenvalue and the irreps that have it, joined by `|`. */
export function leastOf({ levels }: DescribedPoint): { readonly value: number; readonly irrep: string } {
  const value = Math.min(...levels.flatMap(({ values }) => values));
  const close = levels.filter(({ values }) =>
    values.some((other) => other - value <= 1e-13 * Math.abs(value)),
  );
  return { value, irrep: close.map(({ irrep }) => irrep).join('|') };
}

/** How many eigenvalues are negative, and how many zero; null unless d is an integer and all signs are known. */
export function inertiaOf({ d, levels, known }: DescribedPoint): {
  readonly index: number | null;
  readonly nullity: number | null;
} {
  if (!Number.isInteger(d) || !known) return { index: null, nullity: null };
  const count = (holds: (value: number) => boolean) =>
    levels.reduce((sum, { values, multiplicity }) => sum + multiplicity * values.filter(holds).length, 0);
  return { index: count((value) => value < 0), nullity: count((value) => value === 0) };
}
