/** Gives the rows of the published tables of critical points, spectra and thresholds. */
import { familyNames, type FamilyName, type SpuriousName } from './families.ts';
import { spectrum, type Spectrum } from './spectrum.ts';
import { threshold, type Threshold, thresholds } from './threshold.ts';

/** A row of results/critical-points.csv, but for `certified`, which is not known here. */
export interface CriticalPointRow {
  readonly family: string;
  readonly isotropy: string;
  readonly k: number;
  readonly d: number;
  readonly loss: number;
  readonly gradient_norm: number;
  readonly min_eigenvalue: number;
  readonly min_eigenvalue_irrep: string;
  readonly index: number | null;
  readonly nullity: number | null;
}

/** A row of results/spectrum.csv. */
export interface SpectrumRow {
  readonly family: string;
  readonly k: number;
  readonly d: number;
  readonly irrep: string;
  readonly eigenvalue: number;
  readonly multiplicity: number;
}

/** A row of results/thresholds.csv. */
export interface ThresholdRow {
  readonly family: string;
  readonly irrep: string;
  readonly d: number;
  readonly loss: number;
}

/** The sizes above 20 at which families are tabulated. */
const largeSizes: readonly number[] = [50, 100, 1000, 10_000, 100_000, 1_000_000];

/**
 * The d at which a family is tabulated: the integer below its threshold, all above it up to 20, then 50, 100, and
 * powers of ten to 10^6. The global minimum, which has no threshold, from 3.
 */
export function tabulatedSizes(family: FamilyName): number[] {
  const last = family === 'global' ? undefined : threshold({ family });
  const first = last === undefined ? 3 : Math.floor(last.d);
  return [...Array.from({ length: 21 - first }, (_, i) => first + i), ...largeSizes];
}

/** The spectra of all families, or of those named, at the tabulated d. */
export function tabulatedSpectra(families: readonly FamilyName[] = familyNames): Spectrum[] {
  return families.flatMap((family) => tabulatedSizes(family).map((d) => spectrum({ family, d })));
}

/** The row of a critical point. */
export function criticalPointRow({ point, ...found }: Spectrum): CriticalPointRow {
  return {
    family: point.family,
    isotropy: point.isotropy,
    k: point.k,
    d: point.d,
    loss: point.loss,
    gradient_norm: point.gradientNorm,
    min_eigenvalue: found.minEigenvalue,
    min_eigenvalue_irrep: found.minEigenvalueIrrep,
    index: found.index,
    nullity: found.nullity,
  };
}

/** The rows of a spectrum, one an eigenvalue. */
export function spectrumRows({ family, k, d, lines }: Spectrum): SpectrumRow[] {
  return lines.map(({ irrep, eigenvalue, multiplicity }) => ({
    family,
    k,
    d,
    irrep,
    eigenvalue,
    multiplicity,
  }));
}

/** The rows of the thresholds of the named families, all spurious ones by default; folds are rows of `t`. */
export function thresholdRows(families: readonly SpuriousName[] = spuriousNames()): ThresholdRow[] {
  return families.flatMap((family) => thresholds({ family }).map(thresholdRow));
}

/** The row of a threshold. */
export function thresholdRow({ family, irrep, d, loss }: Threshold): ThresholdRow {
  return { family, irrep, d, loss };
}

/** The names of the spurious families. */
export function spuriousNames(): SpuriousName[] {
  return familyNames.filter((name) => name !== 'global');
}
