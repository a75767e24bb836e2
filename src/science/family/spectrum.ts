/** Gives the whole spectrum of the Hessian at a critical point of a family, irrep by irrep, at any real d. */
import { fine } from './arithmetic.ts';
import { blockOf } from './blocks.ts';
import type { Branch } from './branch.ts';
import { type CriticalPoint, criticalPoint, type FamilyQuery, stateOf, twoPi } from './critical-point.ts';
import { branchOf, type FamilyName, globalBranch } from './families.ts';
import { dimensionOf, irrepName, irrepsOf } from './irreps.ts';
import type { Space } from './space.ts';
import { eigenvaluesOf } from './symmetric.ts';

/** An eigenvalue of the Hessian of L, repeated `multiplicity` times (a real number for real d). */
export interface SpectrumLine {
  readonly irrep: string;
  readonly eigenvalue: number;
  readonly multiplicity: number;
}

/** The spectrum of the k·d × k·d Hessian at a critical point. */
export interface Spectrum {
  readonly family: string;
  readonly k: number;
  readonly d: number;
  /** Irrep by irrep, ascending within each. */
  readonly lines: readonly SpectrumLine[];
  readonly minEigenvalue: number;
  /** The irrep that has it; several, equal to 15 digits, are joined by `|`. */
  readonly minEigenvalueIrrep: string;
  /** How many eigenvalues are negative, and how many zero (below 1e-10); null unless d is an integer. */
  readonly index: number | null;
  readonly nullity: number | null;
  readonly point: CriticalPoint;
}

/** Off-diagonal entries of a block below this part of its norm are left: 13 digits of an eigenvalue 1e-15 times it. */
const offDiagonal = 1e-28;
const zero = 1e-10;
const tie = 1e-15;

/** The spectrum of a family at d. Throws NoSuchPoint below the end of its branch, RangeError for a block under 2. */
export function spectrum(query: FamilyQuery): Spectrum {
  return spectrumOf(criticalPoint(query), branchNamed(query.family));
}

function branchNamed(family: FamilyName): Branch {
  return family === 'global' ? globalBranch() : branchOf(family);
}

/** The spectrum at a critical point of any branch. */
export function spectrumOf(point: CriticalPoint, branch: Branch): Spectrum {
  const state = stateOf(branch, point);
  const { space } = state.problem;
  const blank = branch.extras.length === 0 ? point.d - point.k : 0;
  const lines = irrepsWith(space, point.sizes, blank).flatMap(({ irrep, multiplicity }) => {
    const values = eigenvaluesOf(fine(), blockOf(state, irrep), offDiagonal);
    const name = irrepName(irrep, space);
    return values.map((value) => ({
      irrep: name,
      eigenvalue: fine().toNumber(value) / twoPi(),
      multiplicity,
    }));
  });
  return {
    family: point.family,
    k: point.k,
    d: point.d,
    lines,
    ...leastOf(lines),
    ...signsOf(lines, point),
    point,
  };
}

/** The irreps with their multiplicities; for `blank` further inputs, those on them too. */
function irrepsWith(space: Space, sizes: readonly number[], blank: number) {
  const all: Space = blank > 0 ? { ...space, blocks: [...space.blocks, 'blank'] } : space;
  const allSizes = blank > 0 ? [...sizes, blank] : sizes;
  return irrepsOf(all, allSizes).map((irrep) => ({ irrep, multiplicity: dimensionOf(irrep, all, allSizes) }));
}

function leastOf(lines: readonly SpectrumLine[]): Pick<Spectrum, 'minEigenvalue' | 'minEigenvalueIrrep'> {
  const minEigenvalue = Math.min(...lines.map(({ eigenvalue }) => eigenvalue));
  const close = lines.filter(({ eigenvalue }) => eigenvalue - minEigenvalue <= tie);
  return { minEigenvalue, minEigenvalueIrrep: [...new Set(close.map(({ irrep }) => irrep))].join('|') };
}

function signsOf(lines: readonly SpectrumLine[], { d }: CriticalPoint): Pick<Spectrum, 'index' | 'nullity'> {
  if (!Number.isInteger(d)) return { index: null, nullity: null };
  const count = (holds: (eigenvalue: number) => boolean) =>
    lines.reduce((sum, { eigenvalue, multiplicity }) => sum + (holds(eigenvalue) ? multiplicity : 0), 0);
  return { index: count((value) => value < -zero), nullity: count((value) => Math.abs(value) <= zero) };
}
