/** Looks for families beyond the known ones: critical points of small fixed-point spaces, followed up to large d. */
import type { RandomStream } from '../../base/random.ts';
import { plain } from './arithmetic.ts';
import { type Branch, problemAt, spaceOf } from './branch.ts';
import { catalogue, type CatalogueEntry } from './catalogue.ts';
import { leastEigenvalues } from './levels.ts';
import { solveFrom } from './newton.ts';
import { type Curve, follow, type Stride } from './path.ts';
import { coordinatesOf } from './space.ts';
import { twoPi } from './critical-point.ts';

/** Where to look: an integer d, and the sizes of the blocks 2, 3, … of each space. */
export interface DiscoveryQuery {
  readonly d: number;
  readonly spaces: readonly (readonly number[])[];
  /** Random starts in each space. */
  readonly starts: number;
  readonly stream: RandomStream;
  /** Branches are followed up to this d. */
  readonly top: number;
}

/** A critical point that is on no known family, with what becomes of it at larger d. */
export interface Discovery {
  readonly entry: CatalogueEntry;
  readonly minorities: readonly number[];
  /** The d up to which its branch was followed. */
  readonly reached: number;
  /** The diagonal entries of the blocks there, large block first. */
  readonly diagonals: readonly number[];
  /** The least eigenvalue of the Hessian there, in doubles, and its irrep. */
  readonly least: number;
  readonly irrep: string;
}

/** What was found; a list, not a proof that there is no more. */
export interface Discoveries {
  readonly found: readonly Discovery[];
  /** Points left out: with parallel neurons, or with a singular Hessian. They lie on continua. */
  readonly degenerate: number;
  /** Points of the known families met again. */
  readonly known: number;
}

/** Two points with losses this near are one, seen in several spaces. */
const sameLoss = 1e-10;

/** Steps in t = d^{-1/2}. */
const stride: Stride = { first: 0.01, longest: 0.04, shortest: 1e-5, correction: 0.05 };

/** The points by rising loss, named `other-1`, `other-2`, …; each in the coarsest of the spaces it was found in. */
export function discover({ d, spaces, starts, stream, top }: DiscoveryQuery): Discoveries {
  const coarseFirst = spaces.toSorted((a, b) => a.length - b.length);
  const all = coarseFirst.flatMap((minorities, i) =>
    catalogue({ d, minorities, extras: [], starts, stream: stream.split(i) }).map((entry) => ({
      minorities,
      entry,
    })),
  );
  const others = all.filter(({ entry }) => entry.point.family.startsWith('other'));
  const regular = others.filter(({ entry }) => !entry.split && entry.spectrum.nullity === 0);
  const distinct = regular.filter(({ entry }, i) =>
    regular.slice(0, i).every((one) => Math.abs(one.entry.point.loss - entry.point.loss) > sameLoss),
  );
  const sorted = distinct.toSorted((a, b) => a.entry.point.loss - b.entry.point.loss);
  const found = sorted.map(({ entry, minorities }, i) => ({
    entry: named(entry, `other-${i + 1}`),
    minorities,
    ...climb(minorities, entry, top),
  }));
  return { found, degenerate: others.length - regular.length, known: all.length - others.length };
}

function named(entry: CatalogueEntry, family: string): CatalogueEntry {
  const point = { ...entry.point, family };
  return { ...entry, point, spectrum: { ...entry.spectrum, family, point } };
}

/** Follows the branch through the point towards `top`. */
function climb(minorities: readonly number[], { point }: CatalogueEntry, top: number) {
  const branch: Branch = { name: 'other', minorities, extras: [], above: 1, guess: () => [] };
  const start = { parameter: 1 / Math.sqrt(point.d), values: point.entries.map(({ value }) => value) };
  const path = follow(curveOf(branch), start, 1 / Math.sqrt(top), stride);
  const last = path.points.at(-1) ?? start;
  const reached = path.status === 'arrived' ? top : 1 / (last.parameter * last.parameter);
  const diagonals = diagonalsOf(branch, last.values);
  const levels = [...leastEigenvalues(branch, reached, last.values)];
  const [irrep, level] = levels.reduce((best, each) => (each[1].least < best[1].least ? each : best));
  return { reached, diagonals, least: level.least / twoPi(), irrep };
}

/** Two neurons of a block of two may change places: the larger entry of their square is taken for the diagonal. */
function diagonalsOf(branch: Branch, values: readonly number[]): number[] {
  const coordinates = coordinatesOf(spaceOf(branch));
  return coordinates.flatMap(({ role, block }, i) => {
    if (role !== 'diag') return [];
    const [own, beside] = [values[i] as number, values[i + 1] as number];
    const isSwapped = branch.minorities[block - 1] === 2 && Math.abs(beside) > Math.abs(own);
    return [isSwapped ? beside : own];
  });
}

/** Entries between small blocks may keep their size; others off the diagonal go like 1/d. */
function curveOf(branch: Branch): Curve {
  const coordinates = coordinatesOf(spaceOf(branch));
  const scalesAt = (d: number) =>
    coordinates.map(({ role, block, family }) =>
      role !== 'diag' && (block === 0 || family === 0) ? 1 / d : 1,
    );
  return {
    scales: (t) => scalesAt(1 / (t * t)),
    solve: (t, start) => solveFrom(problemAt(plain(), branch, 1 / (t * t)), start, scalesAt(1 / (t * t))),
  };
}
