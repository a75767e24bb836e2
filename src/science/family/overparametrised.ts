/** Follows the spurious families into networks with more neurons than the target has. */
import { randomStream } from '../../base/random.ts';
import { type Branch, spaceOf } from './branch.ts';
import { catalogue, type CatalogueEntry } from './catalogue.ts';
import { criticalPoint } from './critical-point.ts';
import { curveOf, scalesAt } from './descent.ts';
import { branchOf, type SpuriousName } from './families.ts';
import { follow, type Stride } from './path.ts';
import { type Coordinate, coordinatesOf } from './space.ts';

/** Which networks: a family and the copies of each extra neuron, which is constant on the family's blocks. */
export interface OverQuery {
  readonly family: SpuriousName;
  /** `[1]` for one extra neuron, `[1, 1]` for two, `[2]` for two equal ones. */
  readonly extras: readonly number[];
  /** Where to look. 20 by default. */
  readonly d?: number;
  readonly starts?: number;
}

/** The critical points found in the fixed-point space, and which of them continues the family. */
export interface Over {
  readonly entries: readonly CatalogueEntry[];
  /**
   * The branch through the lowest point, neither split nor with a vanishing neuron, whose other neurons tend to
   * the family's as d grows, to 10^8 or to where it ends beyond 10^3 (two extra neurons may become parallel
   * there: `upTo`); undefined if no point is on such a branch.
   */
  readonly branch: Branch | undefined;
}

/** A neuron shorter than this vanishes. */
const vanishing = 1e-6;
/** Up here neurons that tend to those of the family are within `reach` of them. */
const top = 1e8;
const leastTop = 1e3;
const reach = 0.02;
/** Extra neurons grow or decay like powers of t, so that steps at small t must be short. */
const climbStride: Stride = { first: 0.002, longest: 0.04, shortest: 1e-6, correction: 0.1 };

/** The critical points of a family's fixed-point space with extra neurons, and the branch that continues it. */
export function overparametrised({ family, extras, d = 20, starts = 200 }: OverQuery): Over {
  const base = branchOf(family);
  const known = criticalPoint({ family, d }).entries.map(({ value }) => value);
  const shape = { ...base, extras };
  const near = coordinatesOf(spaceOf(shape)).map((_, i) => known[i] ?? 0);
  const stream = randomStream('0e'.repeat(16));
  const entries = catalogue({ d, minorities: base.minorities, extras, starts, stream, near });
  const name = `${family}+${extras.reduce((sum, copies) => sum + copies, 0)}`;
  for (const { split, smallestRow, point } of entries) {
    if (split || smallestRow < vanishing) continue;
    const values = point.entries.map(({ value }) => value);
    for (const start of orders(shape, values)) {
      const branch = climb({ ...shape, name }, family, d, start);
      if (branch !== undefined) return { entries, branch };
    }
  }
  return { entries, branch: undefined };
}

/**
 * The same matrix with the neuron of a single input in the place of each free one: which is which is decided by
 * what they tend to.
 */
function orders(branch: Branch, values: readonly number[]): number[][] {
  const coordinates = coordinatesOf(spaceOf(branch));
  const singles = branch.minorities.flatMap((size, i) => (size === 1 ? [i + 1] : []));
  const frees = branch.extras.flatMap((copies, i) =>
    copies === 1 ? [branch.minorities.length + 1 + i] : [],
  );
  const swapped = singles.flatMap((single) => frees.map((free) => swap(coordinates, values, single, free)));
  return [[...values], ...swapped];
}

function swap(
  coordinates: readonly Coordinate[],
  values: readonly number[],
  one: number,
  other: number,
): number[] {
  return coordinates.map(({ family, block }, i) => {
    if (family !== one && family !== other) return values[i] as number;
    const partner = family === one ? other : one;
    const place = coordinates.findIndex((c) => c.family === partner && c.block === block);
    return values[place] as number;
  });
}

/** The branch through a point at d, if its first entries are those of the family as far up as it can be followed. */
function climb(
  branch: Branch,
  family: SpuriousName,
  d: number,
  start: readonly number[],
): Branch | undefined {
  const from = { parameter: 1 / Math.sqrt(d), values: start };
  const path = follow(curveOf(branch), from, 1 / Math.sqrt(top), climbStride);
  const arrived = path.status === 'arrived';
  const last = path.points.at(-1) ?? from;
  // Where two neurons become parallel the equations are singular: the branch is entered at half that d.
  const entrance = arrived ? last : path.points.findLast(({ parameter }) => parameter > 1.4 * last.parameter);
  const end = arrived ? top : 1 / ((entrance ?? from).parameter * (entrance ?? from).parameter);
  if (entrance === undefined || end < leastTop) return undefined;
  const limit = criticalPoint({ family, d: end }).entries;
  if (limit.some(({ value }, i) => Math.abs(value - (entrance.values[i] as number)) > reach))
    return undefined;
  const scaled = scalesAt(branch, end).map((scale, i) => (entrance.values[i] as number) / scale);
  return {
    ...branch,
    ...(arrived ? {} : { upTo: end }),
    guess: (at) => scalesAt(branch, at).map((scale, i) => scale * (scaled[i] as number)),
  };
}
