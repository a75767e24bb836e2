/** Compares spectra with each other, and with the constants near which they concentrate. */
import { plain } from './arithmetic.ts';
import type { Spectrum, SpectrumLine } from './spectrum.ts';

/** How far two sorted spectra, all copies counted, are from each other. */
export interface Coincidence {
  /** The largest difference of two eigenvalues of the same place. */
  readonly difference: number;
  /** That, times √d: bounded in d where the spectra coincide to O(d^{-1/2}). */
  readonly scaled: number;
  /** The eigenvalues of either spectrum where the difference is largest. */
  readonly left: number;
  readonly right: number;
}

/**
 * The largest difference between two sorted spectra of one size. Throws RangeError for spectra of other sizes.
 * Source: Arjevani, Field, arXiv:2107.10370, abstract.
 */
export function coincidence(a: Spectrum, b: Spectrum): Coincidence {
  if (a.d !== b.d || a.k !== b.k) throw new RangeError(`spectra of ${a.k}×${a.d} and ${b.k}×${b.d} weights`);
  const [left, right] = [sorted(a.lines), sorted(b.lines)];
  let worst: Coincidence = { difference: 0, scaled: 0, left: 0, right: 0 };
  let [i, j, done] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const [one, other] = [left[i] as Run, right[j] as Run];
    const difference = Math.abs(one.eigenvalue - other.eigenvalue);
    const end = Math.min(one.end, other.end);
    if (difference > worst.difference && end > done) {
      const scaled = difference * Math.sqrt(a.d);
      worst = { difference, scaled, left: one.eigenvalue, right: other.eigenvalue };
    }
    done = end;
    if (one.end <= end) i++;
    if (other.end <= end) j++;
  }
  return worst;
}

/** Equal eigenvalues that end before place `end` of the sorted spectrum. */
interface Run {
  readonly eigenvalue: number;
  readonly end: number;
}

function sorted(lines: readonly SpectrumLine[]): Run[] {
  let end = 0;
  return lines
    .toSorted((a, b) => a.eigenvalue - b.eigenvalue)
    .map(({ eigenvalue, multiplicity }) => {
      end += multiplicity;
      return { eigenvalue, end };
    });
}

/** How a spectrum parts into few eigenvalues that grow and many near constants. */
export interface Concentration {
  /** How many eigenvalues exceed d/16, and that over d. */
  readonly growing: number;
  readonly growingPerInput: number;
  /** The least and the largest of them over d; 0 where there are none. */
  readonly leastSlope: number;
  readonly largestSlope: number;
  /** How many of the others are not in an irrep of dimension of order d², and that over d. */
  readonly few: number;
  readonly fewPerInput: number;
  /** √d times the largest distance of the others from the nearest of ¼ − 1/2π, ¼ and ¼ + 1/2π. */
  readonly scaledSpread: number;
}

/**
 * Where the eigenvalues of a spectrum lie. The constants are the limits of the eigenvalues at the global minimum.
 * Sources: Arjevani, Field, arXiv:2008.01805, abstract (dk − O(d) near small constants, Ω(d) that grow linearly),
 * and arXiv:2107.10370, abstract (modulo O(d^{-1/2})).
 */
export function concentration({ d, lines }: Spectrum): Concentration {
  const half = 1 / (2 * plain().pi);
  const constants = [0.25 - half, 0.25, 0.25 + half];
  const large = lines.filter(({ eigenvalue }) => eigenvalue > d / 16);
  const rest = lines.filter(({ eigenvalue }) => eigenvalue <= d / 16);
  const slopes = large.map(({ eigenvalue }) => eigenvalue / d);
  const distances = rest.map(({ eigenvalue }) =>
    Math.min(...constants.map((constant) => Math.abs(eigenvalue - constant))),
  );
  const growing = copies(large);
  const few = copies(rest.filter(({ irrep }) => irrep !== 'x' && irrep !== 'y' && !/^[xy]1$/.test(irrep)));
  return {
    growing,
    growingPerInput: growing / d,
    leastSlope: Math.min(...slopes, slopes.length === 0 ? 0 : Infinity),
    largestSlope: Math.max(0, ...slopes),
    few,
    fewPerInput: few / d,
    scaledSpread: Math.sqrt(d) * Math.max(0, ...distances),
  };
}

function copies(lines: readonly SpectrumLine[]): number {
  return lines.reduce((sum, { multiplicity }) => sum + multiplicity, 0);
}
