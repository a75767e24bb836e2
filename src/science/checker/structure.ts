/**
 * Describes a fixed-point space by row types and by points, so that sums over rows and inputs become short sums
 * with real counts.
 */
import type { Arithmetic, Enclosure } from './arithmetic.ts';

/** A type of rows: the students' or the teacher's, tied to a block, or (block −1) equal on every input of a block. */
export interface RowType {
  /** 1 for students, −1 for the teacher's rows. */
  readonly side: 1 | -1;
  /** The block whose inputs the rows go with, or −1. */
  readonly block: number;
  readonly count: Enclosure;
  /** The entry at the row's own input, for tied rows. */
  readonly diagonal: Enclosure;
  /** The entry at the (other) inputs of each block. */
  readonly levels: readonly Enclosure[];
}

export interface Space {
  readonly sizes: readonly Enclosure[];
  /** Whether a block has exactly one input. */
  readonly single: readonly boolean[];
  /** Students first. */
  readonly types: readonly RowType[];
  readonly students: number;
}

/**
 * A row picked by name. A tied row is named as the input it goes with. Names 0, 1, … are those that a direction
 * marks; `here` and `there` name two unmarked ones.
 */
export interface RowAt {
  readonly type: number;
  readonly name: number;
}

/** An input, or `count` alike ones (name `rest`), of a block. */
export interface Point {
  readonly block: number;
  readonly name: number;
  readonly count: Enclosure;
}

export const here = 100;
const there = 101;
const rest = -1;

/** The marked names: the block of each marked input, and the row type of each marked extra row. */
export interface Marks {
  readonly inputs: readonly { readonly name: number; readonly block: number }[];
  readonly rows: readonly { readonly name: number; readonly type: number }[];
}

/** The entry of a row at a point. */
export function entryAt({ types }: Space, row: RowAt, point: Point): Enclosure {
  const type = types[row.type] as RowType;
  const own = type.block === point.block && row.name === point.name;
  return own ? type.diagonal : (type.levels[point.block] as Enclosure);
}

/** The inputs as seen by some rows: each marked or named one by itself, and the others of its block together. */
export function pointsFor(a: Arithmetic, space: Space, marks: Marks, rows: readonly RowAt[]): Point[] {
  const named = new Map<number, number>();
  for (const { name, block } of marks.inputs) named.set(name, block);
  for (const { type, name } of rows) {
    const { block } = space.types[type] as RowType;
    if (block >= 0) named.set(name, block);
  }
  return space.sizes.flatMap((size, block) => {
    const own = [...named].filter(([, where]) => where === block).map(([name]) => name);
    const points = own.map((name): Point => ({ block, name, count: a.one }));
    if (space.single[block] === true && own.length > 0) return points;
    return [...points, { block, name: rest, count: a.sub(size, a.times(own.length, a.one)) }];
  });
}

/** A row that stands for `count` alike ones. */
export interface RowClass {
  readonly row: RowAt;
  readonly count: Enclosure;
}

/** The rows of every type: each marked one by itself, the others of its type together under the name `here`. */
export function rowClasses(a: Arithmetic, space: Space, marks: Marks): RowClass[] {
  return space.types.flatMap(({ block, count }, type) => {
    const names = markedRows(space, marks, type);
    const classes = names.map((name): RowClass => ({ row: { type, name }, count: a.one }));
    if (block >= 0 && space.single[block] === true && names.length > 0) return classes;
    return [...classes, { row: { type, name: here }, count: a.sub(count, a.times(names.length, a.one)) }];
  });
}

function markedRows({ types }: Space, marks: Marks, type: number): number[] {
  const { block } = types[type] as RowType;
  if (block < 0) return marks.rows.filter((mark) => mark.type === type).map(({ name }) => name);
  return marks.inputs.filter((mark) => mark.block === block).map(({ name }) => name);
}

/**
 * The rows other than `row`, as that one sees them: of its own class one fewer, under the name `there`; a row of
 * another type under the name `here` splits into the one at the same input and the others.
 */
export function othersOf(a: Arithmetic, space: Space, classes: readonly RowClass[], row: RowAt): RowClass[] {
  const { block } = space.types[row.type] as RowType;
  return classes.flatMap(({ row: other, count }): RowClass[] => {
    const isSelf = other.type === row.type && other.name === row.name;
    if (isSelf && row.name !== here) return [];
    if (other.name !== here || row.name !== here) return [{ row: other, count }];
    if (isSelf) return fewer(a, space, { ...other, name: there }, count);
    const sameInput = block >= 0 && (space.types[other.type] as RowType).block === block;
    if (!sameInput) return [{ row: { ...other, name: there }, count }];
    return [{ row: other, count: a.one }, ...fewer(a, space, { ...other, name: there }, count)];
  });
}

/** One fewer of the rows: none at all in a block of one input, or of a single extra row. */
function fewer(a: Arithmetic, space: Space, row: RowAt, count: Enclosure): RowClass[] {
  const { block } = space.types[row.type] as RowType;
  const left = a.sub(count, a.one);
  const none = block >= 0 ? space.single[block] === true : left.lo === 0n && left.hi === 0n;
  return none ? [] : [{ row, count: left }];
}
