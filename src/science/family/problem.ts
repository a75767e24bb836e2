/**
 * The loss on a fixed-point space: what its value and derivatives are made of, closed formulas in the few free
 * entries and in the block sizes, which may be any real numbers.
 *
 * Everything here is 2π times the loss: 𝓛 = ½N² + (π/4)τ|r|² + (the rests X of all pairs), with
 * N = Σ|w_i| − Σ|v_j|, r = Σw_i − Σv_j and τ = 1 (more on the path from the linear network).
 */
import type { Field } from '../math/precision/field.ts';
import { type NormedRow, normed, type PairClass, pairClasses } from './pairs.ts';
import { columnSums, combine, dot, type Row, studentRows } from './row.ts';
import { type Coordinate, coordinatesOf, multiplicity, type Space } from './space.ts';

/** A fixed-point space with numbers: block sizes, teacher, and the weight of the linear part. */
export interface Problem<T> {
  readonly field: Field<T>;
  readonly space: Space;
  readonly coordinates: readonly Coordinate[];
  readonly sizes: readonly T[];
  readonly teachers: readonly NormedRow<T>[];
  /** τ: the weight of |r|², 1 for the ReLU network. */
  readonly linear: T;
}

/** A point of a problem with everything that its derivatives share. */
export interface State<T> {
  readonly problem: Problem<T>;
  /** Students, then teachers. */
  readonly rows: readonly NormedRow<T>[];
  readonly students: number;
  readonly classes: readonly PairClass<T>[];
  /** N = Σ|w_i| − Σ|v_j|. */
  readonly normGap: T;
  /** r = Σw_i − Σv_j, per block. */
  readonly sumGap: readonly T[];
  /** (π/2 − 1) + N/|w| + Σσ E/a for each student family: the factor of w in its gradient. */
  readonly pull: readonly T[];
}

/** The problem of the given structure; `teachers` are rows over the same blocks. */
export function problemOf<T>(
  field: Field<T>,
  space: Space,
  sizes: readonly T[],
  teachers: readonly Row<T>[],
  linear: T = field.one,
): Problem<T> {
  return {
    field,
    space,
    coordinates: coordinatesOf(space),
    sizes,
    teachers: teachers.map((row) => normed(field, sizes, row)),
    linear,
  };
}

/** Evaluates what the loss and its derivatives at `values` share. Throws RangeError at a zero row. */
export function stateAt<T>(problem: Problem<T>, values: readonly T[]): State<T> {
  const { field, space, sizes, coordinates, teachers } = problem;
  const own = studentRows(field, space, sizes, coordinates, values).map((row) => normed(field, sizes, row));
  const rows = [...own, ...teachers];
  const classes = pairClasses(field, space, sizes, rows, own.length);
  const gaps = gapsOf(problem, own);
  const pull = own.map((row, index) => pullOn(field, row, index, own.length, classes, gaps.norm));
  return { problem, rows, students: own.length, classes, normGap: gaps.norm, sumGap: gaps.sum, pull };
}

/** +1 for a student, −1 for a teacher. */
export function signOf<T>(state: Pick<State<T>, 'students'>, row: number): 1 | -1 {
  return row < state.students ? 1 : -1;
}

/** The teacher that stands for the target of each student family: the first of both in one block, or -1. */
export function matchesOf<T>(students: readonly Row<T>[], teachers: readonly Row<T>[]): number[] {
  return students.map((student, index) => {
    if (student.block < 0) return -1;
    const first = students.findIndex((other) => other.block === student.block) === index;
    return first ? teachers.findIndex((teacher) => teacher.block === student.block) : -1;
  });
}

/** N and r, matched rows subtracted before they are summed. */
function gapsOf<T>({ field, sizes, teachers }: Problem<T>, students: readonly NormedRow<T>[]) {
  const { add, mul, neg } = field;
  const matches = matchesOf(students, teachers);
  let norm = field.zero;
  let sum = sizes.map(() => field.zero);
  const count = (row: Row<T>, gap: T) => {
    norm = add(norm, mul(row.count, gap));
    sum = columnSums(field, row).map((value, block) => add(sum[block] as T, value));
  };
  students.forEach((student, index) => {
    const teacher = teachers[matches[index] as number];
    if (teacher === undefined) return count(student, student.norm);
    const difference = combine(field, student, field.one, teacher, neg(field.one));
    count(difference, normDifference(field, sizes, student, teacher, difference));
  });
  teachers.forEach((teacher, index) => {
    if (matches.includes(index)) return;
    count(combine(field, teacher, neg(field.one), teacher, field.zero), neg(teacher.norm));
  });
  return { norm, sum };
}

/** |w| − |v| = (w − v)·(w + v) / (|w| + |v|). */
function normDifference<T>(
  field: Field<T>,
  sizes: readonly T[],
  w: NormedRow<T>,
  v: NormedRow<T>,
  difference: Row<T>,
): T {
  const total = combine(field, w, field.one, v, field.one);
  return field.div(dot(field, sizes, difference, total, true), field.add(w.norm, v.norm));
}

function pullOn<T>(
  field: Field<T>,
  row: NormedRow<T>,
  index: number,
  students: number,
  classes: readonly PairClass<T>[],
  normGap: T,
): T {
  const { add, mul, div } = field;
  let sum = div(normGap, row.norm);
  for (const { left, right, each, pair } of classes) {
    if (left !== index) continue;
    sum = add(sum, field.scale(mul(each, div(pair.excess, pair.a)), signOf({ students }, right)));
  }
  return add(sum, field.sub(field.scale(field.pi, 0.5), field.one));
}

/** How many entries of the full matrix each coordinate stands for. */
export function multiplicities<T>({ field, space, sizes, coordinates }: Problem<T>): T[] {
  return coordinates.map((coordinate) => multiplicity(field, space, sizes, coordinate));
}
