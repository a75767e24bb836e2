/** The gradient of the loss, row by row and entry by entry. */
import type { Field } from '../math/precision/field.ts';
import type { PairClass } from './pairs.ts';
import { signOf, type State } from './problem.ts';
import { columnSums, combine, entryOf, type Row } from './row.ts';

/** The gradient of 2π times the loss with respect to one row of each student family. */
function rowGradients<T>(state: State<T>): Row<T>[] {
  const { problem, rows, students, sumGap, pull } = state;
  const { field, linear } = problem;
  const { mul } = field;
  const quarter = mul(field.scale(field.pi, 0.5), linear);
  return rows.slice(0, students).map((row, index) => {
    const drift = sumGap.map((gap) => mul(quarter, gap));
    let sum = combine(field, row, pull[index] as T, { ...row, spike: field.zero, levels: drift }, field.one);
    for (const pairs of state.classes) {
      if (pairs.left !== index) continue;
      const angle = field.scale(pairs.pair.beta, signOf(state, pairs.right));
      sum = combine(field, sum, field.one, sumOver(field, rows[pairs.right] as Row<T>, pairs), angle);
    }
    return sum;
  });
}

/** The sum of the right rows of a class, for one left row: its spike, if any, is at the left row's input. */
function sumOver<T>(field: Field<T>, right: Row<T>, { relation, each }: PairClass<T>): Row<T> {
  if (relation === 'same') return right;
  if (relation === 'twin') return combine(field, right, each, right, field.zero);
  const all: Row<T> = { block: -1, count: field.one, spike: field.zero, levels: columnSums(field, right) };
  return relation === 'apart' ? all : combine(field, all, field.one, right, field.neg(field.one));
}

/** ∂(2πL)/∂(entry) for one entry of each coordinate; the derivative of the reduced loss is `multiplicity` times it. */
export function gradientAt<T>(state: State<T>): T[] {
  const rows = rowGradients(state);
  const { field, coordinates } = state.problem;
  return coordinates.map((coordinate) => entryOf(field, rows[coordinate.family] as Row<T>, coordinate));
}
