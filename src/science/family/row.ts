/** Computes with rows that are constant on every block but for one entry, whatever the sizes of the blocks. */
import type { Field } from '../math/precision/field.ts';
import { type Coordinate, familySize, type Space } from './space.ts';

/**
 * A row vector: `levels[b]` on block b, and `spike` more at one input of block `block` (-1: nowhere). It stands
 * for `count` rows, those of its family; two of them differ in the input that carries the spike.
 */
export interface Row<T> {
  readonly block: number;
  readonly count: T;
  readonly spike: T;
  readonly levels: readonly T[];
}

/** The student rows that the entries `values` (in the order of `coordinates`) describe. */
export function studentRows<T>(
  field: Field<T>,
  space: Space,
  sizes: readonly T[],
  coordinates: readonly Coordinate[],
  values: readonly T[],
): Row<T>[] {
  return space.students.map((student, family) => {
    const levels = space.blocks.map(() => field.zero);
    let diagonal = field.zero;
    coordinates.forEach((coordinate, index) => {
      if (coordinate.family !== family) return;
      if (coordinate.role === 'diag') diagonal = values[index] as T;
      else levels[coordinate.block] = values[index] as T;
    });
    const block = student.kind === 'tied' ? student.block : -1;
    const spike = block < 0 ? field.zero : field.sub(diagonal, levels[block] as T);
    return { block, count: familySize(field, student, sizes), spike, levels };
  });
}

/** Reads the entry at a coordinate out of its family's row. */
export function entryOf<T>(field: Field<T>, row: Row<T>, { block, role }: Coordinate): T {
  const level = row.levels[block] as T;
  return role === 'diag' ? field.add(row.spike, level) : level;
}

/** The row `left·a + right·b`, with the spikes at the same input. */
export function combine<T>(field: Field<T>, left: Row<T>, a: T, right: Row<T>, b: T): Row<T> {
  const { add, mul } = field;
  return {
    block: Math.max(left.block, right.block),
    count: left.count,
    spike: add(mul(left.spike, a), mul(right.spike, b)),
    levels: left.levels.map((level, index) => add(mul(level, a), mul(right.levels[index] as T, b))),
  };
}

/**
 * The inner product; `same` says that both spikes, if in one block, are at the same input. What is exactly `zero` in `v`,
 * which the directions of coordinates mostly are, is passed over.
 */
export function dot<T>(field: Field<T>, sizes: readonly T[], v: Row<T>, w: Row<T>, same: boolean): T {
  const { add, mul, zero } = field;
  let sum = zero;
  for (let b = 0; b < sizes.length; b++) {
    const level = v.levels[b] as T;
    if (level !== zero) sum = add(sum, mul(sizes[b] as T, mul(level, w.levels[b] as T)));
  }
  const spiked = v.block >= 0 && v.spike !== zero;
  if (spiked) sum = add(sum, mul(v.spike, w.levels[v.block] as T));
  if (w.block >= 0 && v.levels[w.block] !== zero) sum = add(sum, mul(w.spike, v.levels[w.block] as T));
  return same && spiked && v.block === w.block ? add(sum, mul(v.spike, w.spike)) : sum;
}

/** The sum of a family's rows, block by block: the same at each input of a block. */
export function columnSums<T>(field: Field<T>, row: Row<T>): T[] {
  return row.levels.map((level, block) => {
    const sum = field.mul(row.count, level);
    return block === row.block ? field.add(sum, row.spike) : sum;
  });
}

/** Inputs at which two rows have the values v and w, and how many there are. */
interface Cell<T> {
  readonly count: T;
  readonly v: T;
  readonly w: T;
}

function cellsOf<T>(
  field: Field<T>,
  space: Space,
  sizes: readonly T[],
  v: Row<T>,
  w: Row<T>,
  same: boolean,
): Cell<T>[] {
  const cells: Cell<T>[] = [];
  space.blocks.forEach((kind, block) => {
    if (kind === 'blank') return;
    const levels = { v: v.levels[block] as T, w: w.levels[block] as T };
    const marked = markedCells(field, levels, v, w, block, same);
    cells.push(...marked);
    if (kind === 'single' && marked.length > 0) return;
    cells.push({ count: field.sub(sizes[block] as T, field.fromNumber(marked.length)), ...levels });
  });
  return cells;
}

/** The inputs of a block at which one of the rows, or both, have their spike. */
function markedCells<T>(
  field: Field<T>,
  levels: { readonly v: T; readonly w: T },
  v: Row<T>,
  w: Row<T>,
  block: number,
  same: boolean,
): Cell<T>[] {
  const inV = v.block === block;
  const inW = w.block === block;
  const peakV = field.add(levels.v, v.spike);
  const peakW = field.add(levels.w, w.spike);
  if (inV && inW && same) return [{ count: field.one, v: peakV, w: peakW }];
  const cells: Cell<T>[] = [];
  if (inV) cells.push({ count: field.one, v: peakV, w: levels.w });
  if (inW) cells.push({ count: field.one, v: levels.v, w: peakW });
  return cells;
}

/**
 * |v|²|w|² − (v·w)² by Lagrange's identity, a sum over pairs of cells of squared 2×2 minors, which keeps its
 * digits when v and w are nearly parallel. It holds for any real counts.
 */
export function areaSquared<T>(
  field: Field<T>,
  space: Space,
  sizes: readonly T[],
  v: Row<T>,
  w: Row<T>,
  same: boolean,
): T {
  const { add, sub, mul } = field;
  const cells = cellsOf(field, space, sizes, v, w, same);
  let sum = field.zero;
  cells.forEach((first, index) => {
    for (const second of cells.slice(index + 1)) {
      const minor = sub(mul(first.v, second.w), mul(first.w, second.v));
      sum = add(sum, mul(mul(first.count, second.count), mul(minor, minor)));
    }
  });
  return sum;
}
