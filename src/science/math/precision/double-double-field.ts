/** Offers double-doubles as the arithmetic of a formula. */
import { angle, pi } from './double-double-angle.ts';
import {
  add,
  divide,
  type DoubleDouble,
  fromDouble,
  multiply,
  negate,
  scale,
  squareRoot,
  subtract,
} from './double-double.ts';
import type { Field } from './field.ts';

/** The field of double-doubles: about 31 digits at some ten times the cost of doubles. */
export function doubleDoubleField(): Field<DoubleDouble> {
  return {
    zero: fromDouble(0),
    one: fromDouble(1),
    pi: pi(),
    fromNumber: finite,
    toNumber: (value) => value.hi + value.lo,
    isZero: (value) => value.hi === 0,
    neg: negate,
    add,
    sub: subtract,
    mul: multiply,
    div: divide,
    scale,
    sqrt: squareRoot,
    atan2: angle,
  };
}

function finite(value: number): DoubleDouble {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number to compute with`);
  return fromDouble(value);
}
