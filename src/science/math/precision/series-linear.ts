/** Solves linear equations whose coefficients are truncated series. */
import {
  divideSeries,
  multiplySeries,
  addSeries,
  mapSeries,
  type Series,
  type SeriesRing,
} from './series.ts';

/** A system without a pivot of which a term is known. */
export class NoPivot extends Error {
  override readonly name = 'NoPivot';
}

/**
 * x with matrix·x = right, by elimination: each pivot is the entry of lowest leading power in its column, which loses
 * the fewest terms. Throws NoPivot where no term of a pivot is known.
 */
export function solveSeries<C>(
  ring: SeriesRing<C>,
  matrix: readonly (readonly Series<C>[])[],
  right: readonly Series<C>[],
): Series<C>[] {
  const rows = matrix.map((row, i) => [...row, right[i] as Series<C>]);
  const n = rows.length;
  const at = (i: number, j: number) => (rows[i] as Series<C>[])[j] as Series<C>;
  const minus = (a: Series<C>, b: Series<C>, c: Series<C>) =>
    addSeries(
      ring,
      a,
      mapSeries(ring, multiplySeries(ring, b, c), (term) => ring.base.neg(term)),
    );
  for (let column = 0; column < n; column++) {
    const pivot = pivotRow(rows, column);
    [rows[column], rows[pivot]] = [rows[pivot] as Series<C>[], rows[column] as Series<C>[]];
    for (let i = column + 1; i < n; i++) {
      if (at(i, column).power === Infinity) continue;
      const factor = divideSeries(ring, at(i, column), at(column, column));
      for (let j = column + 1; j <= n; j++)
        (rows[i] as Series<C>[])[j] = minus(at(i, j), factor, at(column, j));
    }
  }
  const solution: Series<C>[] = [];
  for (let i = n - 1; i >= 0; i--) {
    let rest = at(i, n);
    for (let j = i + 1; j < n; j++) rest = minus(rest, at(i, j), solution[j] as Series<C>);
    solution[i] = divideSeries(ring, rest, at(i, i));
  }
  return solution;
}

/** The row, from `column` on, with the entry of lowest power in that column. */
function pivotRow<C>(rows: readonly (readonly Series<C>[])[], column: number): number {
  let best = -1;
  for (let i = column; i < rows.length; i++) {
    const { power, coefficients } = (rows[i] as readonly Series<C>[])[column] as Series<C>;
    if (coefficients.length === 0) continue;
    if (best < 0 || power < ((rows[best] as readonly Series<C>[])[column] as Series<C>).power) best = i;
  }
  if (best < 0) throw new NoPivot(`no term of a pivot in column ${column} is known`);
  return best;
}
