/** Sorts the entries of a computed matrix into classes of equal value. */

/** How the classes were told apart; all numbers are absolute differences of entries. */
export interface Clustering {
  /** By entry: its class; classes are numbered in ascending order of value. */
  readonly classOf: Int32Array;
  readonly classes: number;
  /** The largest difference inside a class. */
  readonly spread: number;
  /** The smallest difference between neighbouring classes; Infinity where there is one class. */
  readonly gap: number;
}

/**
 * Cuts the sorted values at the widest gap in scale: of the differences of neighbours, the small ones are held to
 * be noise and the large ones real, and the two kinds are divided where the quotient of one difference and the
 * next smaller one is greatest. Differences below `floor` count as noise and those of at least `ceiling` as real
 * in any case. Values must be finite (throws RangeError).
 */
export function clusterAtWidestGap(values: ArrayLike<number>, floor: number, ceiling: number): Clustering {
  const order = ascending(values);
  const differences = order.slice(1).map((at, i) => values[at]! - values[order[i]!]!);
  return cutAt(values, order, widestCut(differences, floor, ceiling));
}

/** Cuts the sorted values wherever neighbours differ by `least` or more. Values must be finite (throws RangeError). */
export function clusterBySteps(values: ArrayLike<number>, least: number): Clustering {
  return cutAt(values, ascending(values), least);
}

function ascending(values: ArrayLike<number>): number[] {
  const order = Array.from({ length: values.length }, (_, i) => i);
  for (const i of order)
    if (!Number.isFinite(values[i])) throw new RangeError(`entry ${i} is ${values[i]}, no number to compare`);
  return order.sort((a, b) => values[a]! - values[b]! || a - b);
}

/** The least difference that is held to be real. */
function widestCut(differences: readonly number[], floor: number, ceiling: number): number {
  const doubtful = differences.filter((difference) => difference > floor && difference < ceiling);
  const scale = [floor, ...doubtful.sort((a, b) => a - b), ceiling];
  let cut = 1;
  for (let i = 1; i < scale.length; i++)
    if (scale[i]! * scale[cut - 1]! > scale[cut]! * scale[i - 1]!) cut = i;
  return scale[cut]!;
}

function cutAt(values: ArrayLike<number>, order: readonly number[], least: number): Clustering {
  const classOf = new Int32Array(values.length);
  let [classes, spread, gap] = [0, 0, Number.POSITIVE_INFINITY];
  let first = 0;
  order.forEach((at, i) => {
    const step = i === 0 ? 0 : values[at]! - values[order[i - 1]!]!;
    if (i > 0 && step >= least) {
      classes++;
      gap = Math.min(gap, step);
      first = i;
    }
    classOf[at] = classes;
    spread = Math.max(spread, values[at]! - values[order[first]!]!);
  });
  return { classOf, classes: values.length === 0 ? 0 : classes + 1, spread, gap };
}
