/** The value of the loss, the O(d²) terms of which never meet in a sum. */
import type { Field } from '../math/precision/field.ts';
import { deficit, type NormedRow, type PairClass, pairClasses, restOf } from './pairs.ts';
import { matchesOf, type State } from './problem.ts';
import type { Row } from './row.ts';

/** 2π times the loss. */
export function valueAt<T>(state: State<T>): T {
  const { problem, normGap, sumGap } = state;
  const { field, sizes, linear } = problem;
  const { add, mul, scale } = field;
  let squares = field.zero;
  sumGap.forEach((gap, block) => {
    squares = add(squares, mul(sizes[block] as T, mul(gap, gap)));
  });
  const tied = scale(mul(mul(field.pi, linear), squares), 0.25);
  const perfect = add(scale(mul(normGap, normGap), 0.5), tied);
  return add(perfect, restsOf(state));
}

/** Half the signed sum of X over all ordered pairs, a row with itself and two teachers included. */
function restsOf<T>(state: State<T>): T {
  const { problem, rows, students } = state;
  const { field, space, sizes, teachers } = problem;
  const { add, mul, scale } = field;
  const matches = matchesOf(rows.slice(0, students), teachers);
  let sum = field.zero;
  const among = pairClasses(field, space, sizes, teachers, teachers.length);
  for (const { left, each, pair } of among) {
    const total = mul((teachers[left] as Row<T>).count, each);
    sum = add(sum, scale(mul(total, restOf(field, pair)), 0.5));
  }
  for (const pairs of state.classes) {
    const { left, right, relation, each, pair } = pairs;
    const row = rows[left] as Row<T>;
    const total = mul(row.count, each);
    const matched = relation === 'same' && matches[left] === right - students;
    if (matched)
      sum = add(sum, mul(total, missing(field, pair, row as NormedRow<T>, rows[right] as NormedRow<T>)));
    else sum = add(sum, scale(mul(total, restOf(field, pair)), right < students ? 0.5 : -1));
  }
  rows.forEach((row, index) => {
    const matched = index < students ? (matches[index] as number) >= 0 : matches.includes(index - students);
    if (!matched) sum = add(sum, mul(row.count, selfRest(field, row.squaredNorm)));
  });
  return sum;
}

/** ½X of a row with itself: ½(π/2 − 1)|w|². */
function selfRest<T>(field: Field<T>, squaredNorm: T): T {
  return field.scale(field.mul(field.sub(field.scale(field.pi, 0.5), field.one), squaredNorm), 0.5);
}

/** ½X(w,w) − X(w,v) + ½X(v,v), small where w is near v. */
function missing<T>(field: Field<T>, pair: PairClass<T>['pair'], w: NormedRow<T>, v: NormedRow<T>): T {
  const gap = field.sub(w.norm, v.norm);
  return field.add(deficit(field, pair), selfRest(field, field.mul(gap, gap)));
}
