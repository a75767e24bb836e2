/** Lists the critical points of a fixed-point space with their spectra, known families under their names. */
import type { RandomStream } from '../../base/random.ts';
import type { DoubleDouble } from '../math/precision/double-double.ts';
import { fine, plain } from './arithmetic.ts';
import { type Branch, problemAt } from './branch.ts';
import { criticalPoint, type CriticalPoint, describe } from './critical-point.ts';
import { refineAt } from './descent.ts';
import { familyNames } from './families.ts';
import type { Refined } from './newton.ts';
import { stateAt } from './problem.ts';
import { type Found, searchSpace, shapeOf } from './search.ts';
import { type Spectrum, spectrumOf } from './spectrum.ts';

/** Where to look: the blocks 2, 3, … of given sizes and the free rows, at an integer d; block 1 has the rest. */
export interface CatalogueQuery {
  readonly d: number;
  readonly minorities: readonly number[];
  readonly extras: readonly number[];
  readonly starts: number;
  readonly stream: RandomStream;
  /** A matrix near which every second start lies. */
  readonly near?: readonly number[];
}

/** A critical point of a catalogue. */
export interface CatalogueEntry {
  readonly point: CriticalPoint;
  readonly spectrum: Spectrum;
  /** How many starts led there. */
  readonly hits: number;
  /** Whether two neurons are parallel, so that it lies on a continuum of splittings of fewer neurons. */
  readonly split: boolean;
  /** The least norm of a neuron: near 0, the loss is not differentiable there. */
  readonly smallestRow: number;
}

/**
 * The critical points found, by rising loss: `family` is a name from {@link familyNames} where the loss is that of
 * the family at this d, else `other-1`, `other-2`, … A list, not a proof that there are no more.
 */
export function catalogue(query: CatalogueQuery): CatalogueEntry[] {
  const { d, minorities, extras } = query;
  const branch: Branch = { name: 'other', minorities, extras, above: 1, guess: () => [] };
  const problem = problemAt(plain(), branch, d);
  const known = extras.length === 0 ? knownPoints(d, minorities) : [];
  let others = 0;
  return searchSpace(problem, query).map((found) => {
    const refined = refineAt(branch, d, found.values) ?? unrefined(branch, d, found);
    const point = describe(branch, d, refined, { enteredAt: d, steps: 0, stride: 0 });
    const same = known.find(({ loss }) => Math.abs(loss - point.loss) <= 1e-11);
    const name = same ?? { family: `other-${++others}`, isotropy: point.isotropy };
    const spectrum = spectrumOf({ ...point, family: name.family, isotropy: name.isotropy }, branch);
    return { point: spectrum.point, spectrum, hits: found.hits, ...shapeOf(problem, found.values) };
  });
}

/** A point of a continuum, where refinement has no unique answer, as it was found. */
function unrefined(branch: Branch, d: number, { values, residual }: Found): Refined<DoubleDouble> {
  const entries = values.map((value) => fine().fromNumber(value));
  const state = stateAt(problemAt(fine(), branch, fine().fromNumber(d)), entries);
  return { state, values: entries, residual, correction: residual, iterations: 0 };
}

/** The families that a space with these blocks contains. */
function knownPoints(d: number, minorities: readonly number[]): CriticalPoint[] {
  return familyNames.flatMap((family) => {
    const m = family === 'I' || family === 'II' ? 1 : Number(family);
    const contained = family === 'global' || family === 'A' || sumsTo(m, minorities);
    const exists = Number.isNaN(m) || d >= m + 2;
    return contained && exists ? [criticalPoint({ family, d })] : [];
  });
}

/** Whether some of the sizes add up to m, so that their blocks together are one of m inputs. */
function sumsTo(m: number, sizes: readonly number[]): boolean {
  if (m === 0) return true;
  return sizes.some((size, i) => size <= m && sumsTo(m - size, sizes.toSpliced(i, 1)));
}
