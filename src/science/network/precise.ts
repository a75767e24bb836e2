/** Evaluates the population loss, and its gradient, in any arithmetic: double-doubles, fixed point, intervals. */
import type { Matrix } from '../math/matrix.ts';
import { matrix } from '../math/matrix.ts';
import { doubleDoubleField } from '../math/precision/double-double-field.ts';
import { dot, type Field } from '../math/precision/field.ts';
import { RowError } from './rows.ts';

/** A row of numbers with its length and direction. */
interface Measured<T> {
  readonly row: readonly T[];
  readonly length: T;
  readonly unit: readonly T[];
}

interface Angle<T> {
  readonly supplement: T;
  readonly sine: T;
  readonly cosine: T;
}

/** The entries of a matrix in the arithmetic of `field`, exactly. */
export function rowsIn<T>(field: Field<T>, a: Matrix): T[][] {
  return Array.from({ length: a.rows }, (_, i) =>
    Array.from(a.data.subarray(i * a.columns, (i + 1) * a.columns), field.fromNumber),
  );
}

/**
 * L of rows `weights` against rows `target`, all of one width. Its absolute error is a few units of the arithmetic
 * times the terms, |w||v|/2π each. Throws RowError for a zero row. Source: as `loss`.
 */
export function lossIn<T>(
  field: Field<T>,
  weights: readonly (readonly T[])[],
  target: readonly (readonly T[])[],
): T {
  const student = weights.map((row, i) => measure(field, row, i, 'weights'));
  const teacher = target.map((row, j) => measure(field, row, j, 'target'));
  let total = field.add(within(field, student), within(field, teacher));
  for (const w of student)
    for (const v of teacher) total = field.sub(total, field.scale(scaledKernel(field, w, v), 2));
  return field.div(total, field.scale(field.pi, 4));
}

/** ∇L in the shape of `weights`, likewise. Source: as `gradient`. */
export function gradientIn<T>(
  field: Field<T>,
  weights: readonly (readonly T[])[],
  target: readonly (readonly T[])[],
): T[][] {
  const student = weights.map((row, i) => measure(field, row, i, 'weights'));
  const teacher = target.map((row, j) => measure(field, row, j, 'target'));
  return student.map((w, i) => {
    let sum = w.row.map((x) => field.mul(field.pi, x));
    student.forEach((other, j) => {
      if (j !== i) sum = plus(field, sum, pull(field, w, other), 1);
    });
    for (const v of teacher) sum = plus(field, sum, pull(field, w, v), -1);
    return sum.map((x) => field.div(x, field.scale(field.pi, 2)));
  });
}

/** L in double-doubles, rounded: right to about 1e-28, where `loss` drowns in cancellation. */
export function preciseLoss(weights: Matrix, target: Matrix): number {
  const field = doubleDoubleField();
  return field.toNumber(lossIn(field, rowsIn(field, weights), rowsIn(field, target)));
}

/** ∇L in double-doubles, rounded: the residual by which a critical point is judged, right to about 1e-28. */
export function preciseGradient(weights: Matrix, target: Matrix): Matrix {
  const field = doubleDoubleField();
  const rows = gradientIn(field, rowsIn(field, weights), rowsIn(field, target));
  return matrix(weights.rows, weights.columns, Float64Array.from(rows.flat(), field.toNumber));
}

function measure<T>(field: Field<T>, row: readonly T[], index: number, name: string): Measured<T> {
  const length = field.sqrt(dot(field, row, row));
  if (field.toNumber(length) === 0) throw new RowError(index, name, 'zero');
  return { row, length, unit: row.map((x) => field.div(x, length)) };
}

function plus<T>(field: Field<T>, x: readonly T[], y: readonly T[], sign: 1 | -1): T[] {
  return x.map((a, l) => (sign === 1 ? field.add(a, y[l] as T) : field.sub(a, y[l] as T)));
}

/** θ = 2 atan2(|ŵ − v̂|, |ŵ + v̂|), by what is accurate of it at 0 and at π. */
function angleOf<T>(field: Field<T>, w: Measured<T>, v: Measured<T>): Angle<T> {
  const sums = plus(field, w.unit, v.unit, 1);
  const differences = plus(field, w.unit, v.unit, -1);
  const near = field.sqrt(dot(field, sums, sums));
  const far = field.sqrt(dot(field, differences, differences));
  return {
    supplement: field.scale(field.atan2(near, far), 2),
    sine: field.scale(field.mul(near, far), 0.5),
    cosine: field.scale(field.mul(field.sub(near, far), field.add(near, far)), 0.25),
  };
}

/** 2π κ(w, v). */
function scaledKernel<T>(field: Field<T>, w: Measured<T>, v: Measured<T>): T {
  const { supplement, sine, cosine } = angleOf(field, w, v);
  const bracket = field.add(sine, field.mul(supplement, cosine));
  return field.mul(field.mul(w.length, v.length), bracket);
}

/** 2π Σ_ij κ over the rows of one matrix. */
function within<T>(field: Field<T>, rows: readonly Measured<T>[]): T {
  let total = field.zero;
  rows.forEach((w, i) => {
    total = field.add(total, field.mul(field.pi, field.mul(w.length, w.length)));
    for (const v of rows.slice(i + 1)) total = field.add(total, field.scale(scaledKernel(field, w, v), 2));
  });
  return total;
}

/** |v| sin θ ŵ + (π − θ) v. */
function pull<T>(field: Field<T>, w: Measured<T>, v: Measured<T>): T[] {
  const { supplement, sine } = angleOf(field, w, v);
  const along = field.mul(v.length, sine);
  return w.unit.map((x, l) => field.add(field.mul(along, x), field.mul(supplement, v.row[l] as T)));
}
