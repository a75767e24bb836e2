/** Says of a critical point which family it belongs to, and what the spectrum of its Hessian is, irrep by irrep. */
import { criticalPoint, describe as pointOf, NoSuchPoint } from '../family/critical-point.ts';
import { refineAt } from '../family/descent.ts';
import { type FamilyName, familyNames } from '../family/families.ts';
import { type SpectrumLine, spectrumOf as spectrumByIrrep } from '../family/spectrum.ts';
import { identity, type Matrix } from '../math/matrix.ts';
import { spectrum as denseSpectrum } from '../network/spectrum.ts';
import { type BlockForm, blockForm } from './block-form.ts';

/** A critical point as tables have it. */
export interface Point {
  /** `global`, `A`, `I`, `II`, `2` … `6`, or `other`. */
  readonly family: string;
  readonly isotropy: string;
  /** Neurons and inputs. */
  readonly k: number;
  readonly d: number;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly least: number;
  /** The irreps that have the least eigenvalue, joined by `|`; empty where no irreps are known. */
  readonly leastIrrep: string;
  readonly index: number | null;
  readonly nullity: number | null;
  readonly certified: boolean;
  readonly lines: readonly SpectrumLine[];
}

/** A point with how it was described. */
export interface Described {
  readonly point: Point;
  /** `reduced`: in closed form on the fixed-point space; `dense`: from all k·d weights alone. */
  readonly method: 'reduced' | 'dense';
  /** The largest difference between an entry of the weights and of the refined point of the fixed-point space. */
  readonly shift: number;
  /** The largest difference between an eigenvalue by irreps and one of the dense Hessian, both sorted. */
  readonly difference: number;
}

/** What is known of a point before. */
export interface Known {
  readonly weights: Matrix;
  readonly isotropy: string;
  /** The numbers of inputs of its blocks. */
  readonly sizes: readonly number[];
  readonly loss: number;
  readonly gradientNorm: number;
}

/** A family is recognised by a loss within this of its own, and by the isotropy. */
const sameLoss = 1e-11;
/** The refined point is that of the weights only if no entry is farther off. */
const samePoint = 1e-8;

/**
 * Describes a critical point whose weights (n x d) lie in block form, for the target I. Where its isotropy is a
 * diagonal Young group, it is refined in double-doubles on the fixed-point space and its spectrum taken from there;
 * the dense Hessian is the check of that, and the fallback. Its family is the one whose branch, followed from large
 * d, has this isotropy and loss; else `other`.
 */
export function describe(known: Known): Described {
  const { weights } = known;
  const dense = denseSpectrum(weights, identity(weights.columns));
  const form = blockForm(weights, known.sizes);
  const found = form === undefined ? undefined : reducedPoint(known, form);
  if (found !== undefined) return { ...found, difference: difference(found.point.lines, dense.eigenvalues) };
  const { index, nullity } = dense;
  const lines = dense.levels.map(({ eigenvalue, multiplicity }) => ({ irrep: '', eigenvalue, multiplicity }));
  const least = { least: dense.eigenvalues[0] as number, leastIrrep: '' };
  const point = { family: 'other', ...measured(known), ...least, index, nullity, certified: false, lines };
  return { point, method: 'dense', shift: 0, difference: 0 };
}

function measured({ weights, isotropy, loss, gradientNorm }: Known) {
  return { isotropy, k: weights.rows, d: weights.columns, loss, gradientNorm };
}

function reducedPoint(known: Known, form: BlockForm): Omit<Described, 'difference'> | undefined {
  const d = known.weights.columns;
  const branch = { ...form.structure, name: 'other', above: 1, guess: () => [...form.values] };
  const refined = refineAt(branch, d, form.values);
  if (refined === undefined) return undefined;
  const found = pointOf(branch, d, refined, { enteredAt: d, steps: 0, stride: 0 });
  const moved = found.entries.map(({ value }, i) => Math.abs(value - (form.values[i] as number)));
  const shift = form.deviation + Math.max(...moved);
  if (!(shift <= samePoint)) return undefined;
  const { lines, minEigenvalue, minEigenvalueIrrep, index, nullity } = spectrumByIrrep(found, branch);
  const point: Point = {
    family: familyOf(known, form),
    ...measured({ ...known, loss: found.loss, gradientNorm: found.gradientNorm }),
    least: minEigenvalue,
    leastIrrep: minEigenvalueIrrep,
    index,
    nullity,
    certified: false,
    lines,
  };
  return { point, method: 'reduced', shift };
}

/** The family that has this isotropy and loss at this d. */
function familyOf({ weights, isotropy, sizes, loss }: Known, { structure }: BlockForm): string {
  if (structure.extras.length > 0) return 'other';
  const d = weights.columns;
  const matching = candidates(sizes).find((family) => {
    const point = pointAt(family, d);
    return point !== undefined && point.isotropy === isotropy && Math.abs(point.loss - loss) <= sameLoss;
  });
  return matching ?? 'other';
}

/** The families with blocks of these sizes; either block may be the one that points away from its targets. */
function candidates(sizes: readonly number[]): readonly FamilyName[] {
  if (sizes.length === 1) return ['global', 'A'];
  if (sizes.length > 2) return [];
  if (sizes.includes(1)) return ['II', 'I'];
  return familyNames.filter((name) => sizes.includes(Number(name)));
}

function pointAt(family: FamilyName, d: number) {
  try {
    return criticalPoint({ family, d });
  } catch (error) {
    if (error instanceof NoSuchPoint) return undefined;
    throw error;
  }
}

/** The largest difference of the sorted eigenvalues; Infinity if there are not equally many. */
function difference(lines: readonly SpectrumLine[], dense: Float64Array): number {
  const all = lines.flatMap(({ eigenvalue, multiplicity }) =>
    Array.from({ length: multiplicity }, () => eigenvalue),
  );
  if (all.length !== dense.length) return Infinity;
  all.sort((a, b) => a - b);
  return all.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (dense[i] as number))), 0);
}
