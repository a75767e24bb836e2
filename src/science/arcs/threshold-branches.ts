/**
 * Holds the critical points that branch off a family where its eigenvalue in a standard representation crosses zero
 * against the quadratic equivariant of S_n on it.
 *
 * Near the threshold L = λ|x|²/2 + K Σ x_i³ + … on the component, x of sum 0 over the n inputs of the block, so
 * −∇L = −λx − 3K Q(x): with y = −x·3K the vector field y' = −λy + Q(y), the branches of which are known
 * (arXiv:2107.02422; n is a real number here).
 */
import { present } from '../../base/invariant.ts';
import { type Branch, branches } from '../bifurcation/branches.ts';
import type { Branch as FamilyBranch } from '../family/branch.ts';
import { describe } from '../family/critical-point.ts';
import { refineAt } from '../family/descent.ts';
import type { SpuriousName } from '../family/families.ts';
import { spectrumOf, type SpectrumLine } from '../family/spectrum.ts';
import { type Centre, familyCentre } from './centres.ts';
import { cubicAlong, type Port, portOf } from './departures.ts';
import { refined } from './refinement.ts';

/** A critical point near the family at d = threshold + offset, beside what the equivariant says of it. */
export interface ThresholdBranch {
  readonly family: SpuriousName;
  readonly threshold: number;
  readonly d: number;
  /** The number of inputs of the block, and of those that are singled out: the isotropy there is S_q×S_{n−q}. */
  readonly n: number;
  readonly q: number;
  /** The crossing eigenvalue at the family. */
  readonly eigenvalue: number;
  /** Its distance from the family, and that of the branch of the equivariant. */
  readonly distance: number;
  readonly expectedDistance: number;
  /** The number of negative eigenvalues, copies counted, and that of the equivariant. */
  readonly index: number;
  readonly expectedIndex: number;
  /** The largest error of the three eigenvalues that vanish at the threshold, relative to the largest of them. */
  readonly levelError: number;
}

/** The branches with q = 1, 2, … under n/2, at d = threshold + offset; without those that Newton's method does not reach. */
export function thresholdBranches(
  family: SpuriousName,
  threshold: number,
  offset: number,
  most: number,
): ThresholdBranch[] {
  const d = threshold + offset;
  const centre = familyCentre(family, d);
  const n = d - centre.minorities.reduce((sum, size) => sum + size, 0);
  const axes = Array.from({ length: most }, (_, i) => i + 1)
    .filter((q) => 2 * q < n - margin)
    .map((q) => axisOf(centre, n, q));
  const constant = Math.abs(axes[0]?.constant ?? NaN);
  return axes.flatMap((axis): ThresholdBranch[] => {
    const found = branchOn(centre, axis);
    if (found === undefined) return [];
    const { q, port, eigenvalue } = axis;
    const expected = present(
      branches(n, -eigenvalue, 0).find(({ p }) => p === q),
      `the branch of the equivariant with q = ${q}`,
    );
    const size = Math.abs(expected.t) * Math.sqrt(n / (q * (n - q)));
    const place = port.landscape.scaled(found.values);
    const { lines } = found.spectrum;
    return [
      {
        ...{ family, threshold, d, n, q, eigenvalue },
        distance: length(place.map((value, at) => value - (port.centre[at] as number))),
        expectedDistance: size / (3 * constant),
        index: copies(lines.map((line) => ({ ...line, value: -line.eigenvalue }))),
        expectedIndex: copies(expected.levels),
        levelError: levelError(expected, lines, axis.several),
      },
    ];
  });
}

/** Nearer to n/2 than this an axis has next to no cubic part, and its branch is far away. */
const margin = 0.2;

/** The direction in which a branch leaves, with the constant K that the cubic form along it gives. */
interface Axis {
  readonly q: number;
  readonly structure: Pick<FamilyBranch, 'minorities' | 'extras'>;
  readonly port: Port;
  readonly direction: Float64Array;
  readonly eigenvalue: number;
  readonly cubic: number;
  readonly constant: number;
  /** Whether the divided space has several blocks of more than one input, so that irreps carry numbers. */
  readonly several: boolean;
}

function axisOf(centre: Centre, n: number, q: number): Axis {
  const own = centre.minorities.map((size) => [size]);
  const refinement = { minorities: centre.minorities, parts: [[q], ...own] };
  const port = portOf(refinement, centre.entries, centre.d, { kind: 's', block: 0 });
  const { direction, eigenvalue } = present(port.departures[0], 'an eigenvalue of s');
  const cubic = cubicAlong(port, direction);
  // On the unit vector of the axis, Σ v_i³ = (n − 2q)/√(nq(n − q)).
  const constant = (cubic * Math.sqrt(n * q * (n - q))) / (n - 2 * q);
  const { structure } = refined(refinement);
  const several = structure.minorities.some((part) => part > 1);
  return { q, structure, port, direction, eigenvalue, cubic, constant, several };
}

/** The critical point where λr²/2 + cubic·r³ has one, with its spectrum. */
function branchOn({ d }: Centre, { structure, port, direction, eigenvalue, cubic }: Axis) {
  const r = -eigenvalue / (3 * cubic);
  const guess = port.centre.map((value, at) => value + r * (direction[at] as number));
  const branch: FamilyBranch = { ...structure, name: 'other', above: 1, guess: () => [] };
  const solution = refineAt(branch, d, port.landscape.entries(guess));
  if (solution === undefined) return undefined;
  const point = describe(branch, d, solution, { enteredAt: d, steps: 0, stride: 0 });
  return { values: solution.values.map(({ hi }) => hi), spectrum: spectrumOf(point, branch) };
}

/** The positive values, copies counted. */
function copies(levels: readonly { readonly value: number; readonly multiplicity: number }[]): number {
  return levels.reduce((sum, { value, multiplicity }) => sum + (value > 0 ? multiplicity : 0), 0);
}

/** The levels of −Df and, for each, the eigenvalue of the irrep of the divided space that is nearest to 0. */
function levelError({ levels }: Branch, lines: readonly SpectrumLine[], several: boolean): number {
  // The block of q inputs is the second one of the divided space.
  const names = several ? { t: 't', s1: 's2', s2: 's1' } : { t: 't', s1: 's', s2: 's' };
  const counted = levels.filter(({ multiplicity }) => multiplicity > 0);
  const scale = Math.max(...counted.map(({ value }) => Math.abs(value)));
  const errors = counted.map(({ component, value }) => {
    const own = lines.filter(({ irrep }) => irrep === names[component]).map(({ eigenvalue }) => eigenvalue);
    const found = own.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least), Infinity);
    return Math.abs(found + value);
  });
  return Math.max(...errors) / scale;
}

function length(x: Float64Array): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
}

export const thresholdColumns = [
  'family',
  'threshold',
  'd',
  'n',
  'q',
  'eigenvalue',
  'distance',
  'expected_distance',
  'ratio',
  'index',
  'expected_index',
  'level_error',
];

/** One branch as a row of a table. */
export function thresholdRow(one: ThresholdBranch): (string | number)[] {
  const { family, threshold, d, n, q, eigenvalue, distance, expectedDistance } = one;
  const ratio = distance / expectedDistance;
  const head = [family, threshold, d, n, q, eigenvalue, distance, expectedDistance, ratio];
  return [...head, one.index, one.expectedIndex, one.levelError];
}

export const thresholdSummaryColumns = [
  'offset',
  'families',
  'branches',
  'ratio_error',
  'index_error',
  'level_error',
];

/** The worst of all branches at one distance from the thresholds. */
export function thresholdSummary(offset: number, all: readonly ThresholdBranch[]): (string | number)[] {
  const most = (error: (one: ThresholdBranch) => number) => Math.max(...all.map(error));
  return [
    offset,
    new Set(all.map(({ family }) => family)).size,
    all.length,
    most(({ distance, expectedDistance }) => Math.abs(distance / expectedDistance - 1)),
    most(({ index, expectedIndex }) => Math.abs(index - expectedIndex)),
    most((one) => one.levelError),
  ];
}
