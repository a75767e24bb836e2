/** Tabulates the families where there are more inputs than neurons: the target looks at k of d > k inputs. */
import { familyNames, type FamilyName } from './families.ts';
import { type Spectrum, spectrum, type SpectrumLine } from './spectrum.ts';
import { criticalPointRow, type CriticalPointRow, tabulatedSizes } from './tables.ts';

/** A number of neurons and of inputs. */
export interface WideSize {
  readonly k: number;
  readonly d: number;
}

/** A row of results/wide.csv. */
export interface WideRow extends CriticalPointRow {
  /**
   * Of the k·(d − k) directions that move weights on the inputs not looked at: how many have a negative
   * eigenvalue, and the least and the largest of them. The others have the spectrum for d = k.
   */
  readonly new_index: number;
  readonly new_least: number;
  readonly new_largest: number;
}

/**
 * The sizes at which a family is tabulated: k at the integers around its threshold, 10, 20 and powers of ten from
 * 100 to 10^6, each with one input more than neurons and with twice as many.
 */
export function wideSizes(family: FamilyName): WideSize[] {
  const [first, second, ...more] = tabulatedSizes(family) as [number, number, ...number[]];
  const chosen = [first, second, ...more.filter((k) => [10, 20].includes(k) || k >= 100)];
  return [...new Set(chosen)].flatMap((k) => [k + 1, 2 * k].map((d) => ({ k, d })));
}

/** The spectra of a family at these sizes. */
export function wideSpectra(family: FamilyName, sizes: readonly WideSize[] = wideSizes(family)): Spectrum[] {
  return sizes.map((size) => spectrum({ family, ...size }));
}

/** The row of a spectrum with d > k. */
export function wideRow(found: Spectrum): WideRow {
  const added = found.lines.filter(isNew);
  const negative = added.filter(({ eigenvalue }) => eigenvalue < 0);
  const eigenvalues = added.map(({ eigenvalue }) => eigenvalue);
  return {
    ...criticalPointRow(found),
    new_index: negative.reduce((sum, { multiplicity }) => sum + multiplicity, 0),
    new_least: Math.min(...eigenvalues),
    new_largest: Math.max(...eigenvalues),
  };
}

/** Whether a line belongs to inputs that the target does not look at. */
function isNew({ irrep }: SpectrumLine): boolean {
  return irrep.endsWith('*o');
}

/** What the new directions do to a family, over all tabulated sizes. */
export interface WideSummary {
  readonly family: string;
  readonly sizes: number;
  /** The most negative eigenvalues among new directions, and the least eigenvalue of all of them. */
  readonly new_index: number;
  readonly new_least: number;
  /** At the largest k: the largest distance from ¼ of all new eigenvalues but the largest, and that over k. */
  readonly beside_quarter: number;
  readonly slope: number;
  /**
   * The least number of eigenvalues above k/16 over d, and the most of the others outside x, y and s*o of the large
   * block, the components of dimension of order d·k, over d.
   */
  readonly growing_per_input: number;
  readonly few_per_input: number;
}

/** The summaries, family by family. */
export function wideSummaries(spectra: readonly Spectrum[]): WideSummary[] {
  return familyNames.flatMap((family) => {
    const own = spectra.filter((found) => found.family === family);
    if (own.length === 0) return [];
    const rows = own.map(wideRow);
    const top = own.reduce((most, found) => (found.k > most.k ? found : most));
    const added = top.lines.filter(isNew).map(({ eigenvalue }) => eigenvalue);
    const largest = Math.max(...added);
    return [
      {
        family,
        sizes: own.length,
        new_index: Math.max(...rows.map((row) => row.new_index)),
        new_least: Math.min(...rows.map((row) => row.new_least)),
        beside_quarter: Math.max(
          ...added.filter((value) => value !== largest).map((value) => Math.abs(value - 0.25)),
        ),
        slope: largest / top.k,
        growing_per_input: Math.min(...own.map((found) => growing(found) / found.d)),
        few_per_input: Math.max(...own.map((found) => few(found) / found.d)),
      },
    ];
  });
}

function growing({ lines, k }: Spectrum): number {
  return copies(lines.filter(({ eigenvalue }) => eigenvalue > k / 16));
}

function few({ lines, k }: Spectrum): number {
  return copies(
    lines.filter(({ irrep, eigenvalue }) => eigenvalue <= k / 16 && !/^(x1?|y1?|s1?\*o)$/.test(irrep)),
  );
}

function copies(lines: readonly SpectrumLine[]): number {
  return lines.reduce((sum, { multiplicity }) => sum + multiplicity, 0);
}
