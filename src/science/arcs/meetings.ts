/** Says what a critical point that an arc meets is: its loss, its family if it has one, isotropy, index and nullity. */
import { type CriticalPoint, criticalPoint, describe, NoSuchPoint } from '../family/critical-point.ts';
import { plain } from '../family/arithmetic.ts';
import { type Branch, sizesAt, spaceOf } from '../family/branch.ts';
import { denseMatrix } from '../family/dense.ts';
import { refineAt } from '../family/descent.ts';
import { type FamilyName, familyNames } from '../family/families.ts';
import { isotropyName } from '../family/names.ts';
import { coordinatesOf, familySize } from '../family/space.ts';
import { spectrumOf } from '../family/spectrum.ts';
import { isotropy } from '../group/isotropy.ts';

/** A critical point by what all its images under the symmetries share. */
export interface Met {
  /** A family of this loss at this d, or `other`. */
  readonly family: string;
  readonly isotropy: string;
  readonly loss: number;
  /** How many neurons stand near a target neuron: have an entry over 1/2. */
  readonly aligned: number;
  /** ‖∇L‖_F over all entries. */
  readonly gradientNorm: number;
  /** Of the whole Hessian; null where d is no integer, or where the point could not be refined. */
  readonly index: number | null;
  readonly nullity: number | null;
  readonly least: number | null;
  readonly leastIrrep: string;
}

/** A family is recognised by a loss within this of its own. */
const sameLoss = 1e-11;
/** From this d on the isotropy is read off the entries by block: whole matrices become large. */
const mostDense = 24;
/** Entries of two blocks this near each other are equal. */
const sameEntry = 1e-8;

/** The losses of the families at one d. */
export type FamilyLosses = readonly { readonly family: FamilyName; readonly loss: number }[];

/** Those of all families that reach down to d. */
export function familyLosses(d: number): FamilyLosses {
  return familyNames.flatMap((family) => {
    const loss = lossOf(family, d);
    return loss === undefined ? [] : [{ family, loss }];
  });
}

/** Describes the critical point at d with entries near `values` in the fixed-point space of a structure. */
export function met(
  structure: Pick<Branch, 'minorities' | 'extras'>,
  d: number,
  known: FamilyLosses,
  values: readonly number[],
  seen: { readonly loss: number; readonly gradient: number },
): Met {
  const branch: Branch = { ...structure, name: 'other', above: 1, guess: () => [...values] };
  const refined = refineAt(branch, d, values);
  const aligned = alignedAt(branch, d, values);
  if (refined === undefined) return unrefined(known, seen, aligned);
  const point = describe(branch, d, refined, { enteredAt: d, steps: 0, stride: 0 });
  const moved = point.entries.some(({ value }, i) => Math.abs(value - (values[i] as number)) > 1e-5);
  if (moved) return unrefined(known, seen, aligned);
  const { index, nullity, minEigenvalue, minEigenvalueIrrep } = spectrumOf(point, branch);
  return {
    family: familyOf(known, point.loss),
    isotropy: isotropyOf(point, branch),
    loss: point.loss,
    aligned,
    gradientNorm: point.gradientNorm,
    index,
    nullity,
    least: minEigenvalue,
    leastIrrep: minEigenvalueIrrep,
  };
}

function unrefined(
  known: FamilyLosses,
  { loss, gradient }: { readonly loss: number; readonly gradient: number },
  aligned: number,
): Met {
  return {
    family: familyOf(known, loss),
    isotropy: '',
    loss,
    aligned,
    gradientNorm: gradient,
    index: null,
    nullity: null,
    least: null,
    leastIrrep: '',
  };
}

/** The family that has this loss, or `other`. */
function familyOf(known: FamilyLosses, loss: number): string {
  return known.find((one) => Math.abs(one.loss - loss) <= sameLoss)?.family ?? 'other';
}

function lossOf(family: FamilyName, d: number): number | undefined {
  const m = Number(family);
  if (!Number.isNaN(m) && d < m + 2) return undefined;
  try {
    return criticalPoint({ family, d }).loss;
  } catch (error) {
    if (error instanceof NoSuchPoint) return undefined;
    throw error;
  }
}

/** That of the whole matrix for small integer d; else the blocks, those together that have equal entries. */
function isotropyOf(point: CriticalPoint, branch: Branch): string {
  if (Number.isInteger(point.d) && point.d <= mostDense) {
    const found = isotropy(denseMatrix(point, branch), { doubtful: 'compare' });
    if (found.status === 'decided') return found.name;
  }
  return isotropyName(merged(point), []);
}

/** The sizes of the blocks, those added up that can be permuted with each other, for the best matching of neurons. */
function merged(point: CriticalPoint): number[] {
  const blocks = point.sizes.map((_, block) => block);
  const singles = blocks.filter((block) => point.sizes[block] === 1);
  const matchings = permutations(singles).map((order) =>
    blocks.map((block) => (singles.includes(block) ? (order[singles.indexOf(block)] as number) : block)),
  );
  const found = matchings.map((rows) => mergedBy(point, rows));
  return found.reduce((best, sizes) => (sizes.length < best.length ? sizes : best));
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

/** The same with the neurons of block rows[b] matched to the inputs of block b. */
function mergedBy(point: CriticalPoint, rows: readonly number[]): number[] {
  const at = new Map(point.entries.map(({ name, value }) => [name, value]));
  const entry = (block: number, column: number, diagonal: boolean) => {
    const row = rows[block] as number;
    if (row !== column) return at.get(`row${row + 1}col${column + 1}`);
    return at.get(diagonal || point.sizes[row] === 1 ? `diag${row + 1}` : `off${row + 1}`);
  };
  const near = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined || Math.abs(a - b) <= sameEntry;
  const blocks = point.sizes.map((_, block) => block);
  const alike = (a: number, b: number) => {
    const linked = [entry(a, b, false), entry(b, a, false)] as const;
    const inside = [a, b].filter((one) => (point.sizes[one] as number) > 1);
    const others = blocks.filter((one) => one !== a && one !== b);
    return (
      near(entry(a, a, true), entry(b, b, true)) &&
      near(...linked) &&
      inside.every((one) => near(entry(one, one, false), linked[0])) &&
      others.every(
        (one) =>
          near(entry(a, one, false), entry(b, one, false)) &&
          near(entry(one, a, false), entry(one, b, false)),
      )
    );
  };
  const heads: number[] = [];
  const sizes: number[] = [];
  for (const block of blocks) {
    const head = heads.findIndex((one) => alike(one, block));
    const size = point.sizes[block] as number;
    if (head < 0) heads.push(block);
    sizes[head < 0 ? heads.length - 1 : head] = size + (head < 0 ? 0 : (sizes[head] as number));
  }
  return sizes;
}

/** How many neurons have an entry over one half: those that stand near a target neuron. */
function alignedAt(branch: Branch, d: number, values: readonly number[]): number {
  const space = spaceOf(branch);
  const coordinates = coordinatesOf(space);
  const sizes = sizesAt(plain(), branch.minorities, d);
  return space.students.reduce((sum, student, family) => {
    const near = coordinates.some((one, i) => one.family === family && (values[i] as number) > 0.5);
    return near ? sum + familySize(plain(), student, sizes) : sum;
  }, 0);
}
