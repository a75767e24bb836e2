/** Evaluates the population loss of a student network against a teacher. */
import type { Matrix } from '../math/matrix.ts';
import { sum } from '../math/sum.ts';
import { kernelOf } from './kernel.ts';
import { measureBoth, type Rows } from './rows.ts';

/**
 * L(W) = ½ E (Σ_i φ(w_i·x) − Σ_j φ(v_j·x))², x ~ N(0, I), φ = max(0, ·), for weights W (n x d) and a target V (m x d),
 * as ½ Σ κ(w_i, w_j) − Σ κ(w_i, v_j) + ½ Σ κ(v_i, v_j).
 *
 * The terms are right to about 1e-15 of themselves and their sum is compensated, but they cancel: the error is near
 * 1e-15·(n + m)²/4π for rows of length 1, so below 1e-13 a loss is noise and may be negative. Where that matters
 * take `preciseLoss`. Throws RangeError for different widths, RowError for a zero row.
 * Source: I. Safran, O. Shamir, arXiv:1712.08968, section 4.1.
 */
export function loss(weights: Matrix, target: Matrix): number {
  const { student, teacher } = measureBoth(weights, target);
  const terms: number[] = [];
  addWithin(terms, student);
  for (let i = 0; i < student.count; i++)
    for (let j = 0; j < teacher.count; j++) terms.push(-kernelOf(student, i, teacher, j));
  addWithin(terms, teacher);
  return sum(terms);
}

/** ½ Σ_ij κ over the rows of one matrix; κ(w, w) = |w|²/2. */
function addWithin(terms: number[], rows: Rows): void {
  for (let i = 0; i < rows.count; i++) {
    const length = rows.lengths[i] as number;
    terms.push(0.25 * length * length);
    for (let j = i + 1; j < rows.count; j++) terms.push(kernelOf(rows, i, rows, j));
  }
}
