/** Puts inputs and neurons of a network into the order of its symmetry, for pictures. */
import type { LayeredIsotropy } from '../group/layered-isotropy.ts';
import { type Matrix, matrix } from '../math/matrix.ts';

/**
 * The layers with inputs in the order of their orbits, large ones first, and neurons beside what they single out: the
 * value below that has a weight of its own among those of its orbit. Neurons that treat all of every larger orbit
 * alike come last, by the place of their largest weight.
 */
export function blockOrder(
  layers: readonly Matrix[],
  { inputOrbits, neuronOrbits }: Pick<LayeredIsotropy, 'inputOrbits' | 'neuronOrbits'>,
): Matrix[] {
  let blocks: readonly (readonly number[])[] = inputOrbits.toSorted(bySize);
  let below = blocks.flat();
  return layers.map((layer, l) => {
    const columns = below;
    const orbits = blocks;
    const rows = Array.from({ length: layer.rows }, (_, i) => i);
    const place = rows.map((i) => placeOf(layer, i, columns, orbits));
    rows.sort((a, b) => (place[a] as number) - (place[b] as number) || a - b);
    below = rows;
    blocks = neuronOrbits[l] ?? [];
    return permuted(layer, rows, columns);
  });
}

function bySize(a: readonly number[], b: readonly number[]): number {
  return b.length - a.length || (a[0] as number) - (b[0] as number);
}

/** Differences of weights below this are rounding. */
const rounding = 1e-6;

/** Where in the order the value lies that row i singles out. */
function placeOf(
  { columns, data }: Matrix,
  i: number,
  order: readonly number[],
  orbits: readonly (readonly number[])[],
): number {
  const weight = (j: number) => data[i * columns + j] as number;
  let [single, most] = [-1, rounding];
  for (const orbit of orbits) {
    const mean = orbit.reduce((sum, j) => sum + weight(j), 0) / orbit.length;
    for (const j of orbit) {
      const apart = Math.abs(weight(j) - mean);
      const level = Math.abs(apart - most) <= rounding && single >= 0;
      if (level ? Math.abs(weight(j)) <= Math.abs(weight(single)) : apart <= most) continue;
      [single, most] = [j, apart];
    }
  }
  if (single >= 0) return order.indexOf(single);
  const largest = Math.max(...order.map((j) => Math.abs(weight(j))));
  return columns + order.findIndex((j) => Math.abs(weight(j)) >= largest - rounding);
}

function permuted({ columns, data }: Matrix, rows: readonly number[], order: readonly number[]): Matrix {
  const result = matrix(rows.length, columns);
  rows.forEach((i, a) =>
    order.forEach((j, b) => {
      result.data[a * columns + b] = data[i * columns + j] as number;
    }),
  );
  return result;
}
