/** Proves, in interval arithmetic, that the reduced equations have one zero in a box, and counts signs there. */
import { blockOf } from '../family/blocks.ts';
import { gradientAt } from '../family/gradient.ts';
import { multiplicities, type Problem, type State, stateAt } from '../family/problem.ts';
import { luFactor, luSolve } from '../math/linear.ts';
import { fromRows } from '../math/matrix.ts';
import type { Directed } from '../math/precision/directed.ts';
import {
  intersection,
  type Interval,
  isInside,
  magnitude,
  middle,
  sign,
} from '../math/precision/interval.ts';

/** Intervals between fixed-point numbers. */
export type Range = Interval<bigint>;

/** A box proved to hold exactly one zero. */
export interface ProvedZero {
  readonly box: readonly Range[];
  /** An upper bound of ‖I − Y F′‖ over the box given, in the maximum norm of orthonormal coordinates. */
  readonly contraction: number;
}

/**
 * Krawczyk's test of the reduced equations F = 0 on a box of entries: K(X) = c − Y F(c) + (I − Y F′(X))(X − c)
 * inside X proves that X holds exactly one zero, and that it lies in K(X). Undefined where the test fails, which
 * does not say that there is none. Throws RangeError where a row may be zero or an angle is out of reach.
 *
 * F is the gradient in orthonormal coordinates, entries times the root of their multiplicity; its derivative is
 * the block of the component t. Source: R. Krawczyk, Computing 4 (1969); A. Neumaier, Interval Methods for Systems
 * of Equations (1990), theorem 5.1.8.
 */
export function proveZero(
  ends: Directed<bigint>,
  problem: Problem<Range>,
  box: readonly Range[],
): ProvedZero | undefined {
  const { values, contraction } = krawczyk(ends, problem, box);
  const proved = values.every((value, i) => isInside(ends, value, box[i] as Range));
  return proved ? { box: values, contraction } : undefined;
}

/** Repeats Krawczyk's step on a box that holds a zero until it shrinks no more; gives the state on the last box. */
export function tighten(
  ends: Directed<bigint>,
  problem: Problem<Range>,
  box: readonly Range[],
): State<Range> {
  let current = [...box];
  for (;;) {
    const { values } = krawczyk(ends, problem, current);
    const next = current.map((value, i) => intersection(ends, value, values[i] as Range) ?? value);
    if (2n * totalWidth(next) > totalWidth(current)) return stateAt(problem, next);
    current = next;
  }
}

function totalWidth(box: readonly Range[]): bigint {
  return box.reduce((sum, { lo, hi }) => sum + hi - lo, 0n);
}

function krawczyk(ends: Directed<bigint>, problem: Problem<Range>, box: readonly Range[]) {
  const { field } = problem;
  const { add, sub, mul, div } = field;
  const lengths = multiplicities(problem).map((count) => field.sqrt(count));
  const centre = box.map((value) => {
    const point = middle(ends, value);
    return { lo: point, hi: point };
  });
  const slopes = gradientAt(stateAt(problem, centre)).map((value, i) => mul(value, lengths[i] as Range));
  const derivative = blockOf(stateAt(problem, box), { kind: 't' });
  const inverse = approximateInverse(derivative.map((row) => row.map((value) => field.toNumber(value))));
  const preconditioner = inverse.map((row) => row.map((value) => field.fromNumber(value)));
  const defect = preconditioner.map((row, i) =>
    box.map((_, j) => {
      const product = sumOf(
        field,
        row.map((value, k) => mul(value, (derivative[k] as Range[])[j] as Range)),
      );
      return sub(i === j ? field.one : field.zero, product);
    }),
  );
  const offsets = box.map((value, i) => mul(sub(value, centre[i] as Range), lengths[i] as Range));
  const values = box.map((_, i) => {
    const step = sumOf(
      field,
      (preconditioner[i] as Range[]).map((value, j) => mul(value, slopes[j] as Range)),
    );
    const spread = sumOf(
      field,
      (defect[i] as Range[]).map((value, j) => mul(value, offsets[j] as Range)),
    );
    return add(centre[i] as Range, div(sub(spread, step), lengths[i] as Range));
  });
  const rows = defect.map((row) =>
    row.reduce((sum, value) => sum + ends.toNumber(magnitude(ends, value)), 0),
  );
  return { values, contraction: Math.max(...rows) };
}

function sumOf({ add, zero }: Problem<Range>['field'], values: readonly Range[]): Range {
  return values.reduce((sum, value) => add(sum, value), zero);
}

/** A matrix near the inverse. Throws RangeError for a matrix without one. */
function approximateInverse(matrix: readonly (readonly number[])[]): number[][] {
  const lu = luFactor(fromRows(matrix));
  if (lu.status !== 'regular') throw new RangeError('the derivative of the reduced equations is singular');
  const columns = matrix.map((_, j) =>
    luSolve(
      lu,
      Float64Array.from(matrix, (_row, i) => Number(i === j)),
    ),
  );
  return matrix.map((_, i) => columns.map((column) => column[i] as number));
}

/**
 * How many eigenvalues of every symmetric matrix within the intervals are below `bound`: the negative pivots of
 * LDLᵀ of the matrix less the bound (Sylvester's law of inertia). Undefined where a pivot may vanish.
 */
export function countBelow(
  ends: Directed<bigint>,
  { sub, mul, div }: Problem<Range>['field'],
  matrix: readonly (readonly Range[])[],
  bound: Range,
): number | undefined {
  const rows = matrix.map((row, i) => row.map((value, j) => (i === j ? sub(value, bound) : value)));
  let count = 0;
  for (let k = 0; k < rows.length; k++) {
    const head = rows[k] as Range[];
    const pivot = head[k] as Range;
    const side = sign(ends, pivot);
    if (side === 0) return undefined;
    if (side < 0) count++;
    for (const row of rows.slice(k + 1)) {
      const factor = div(row[k] as Range, pivot);
      head.forEach((value, j) => {
        if (j > k) row[j] = sub(row[j] as Range, mul(factor, value));
      });
    }
  }
  return count;
}
