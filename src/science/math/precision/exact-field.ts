/** Offers Q(π)(√m) as the arithmetic of a formula: exact, with the angles 0, ±π/2 and π only. */
import type { Field } from './field.ts';
import { piFixed } from './fixed-angle.ts';
import { bitLength, divideFixed, multiplyFixed, numberOf, sqrtFixed } from './fixed.ts';
import {
  denominatorOf,
  dot,
  inverse,
  isZero,
  negative,
  type PiNumber,
  piNumber,
  type PiNumbers,
  plus,
  product,
  rootOf,
} from './pi-number.ts';
import { evaluate } from './pi-polynomial.ts';

/** An angle or a root that is not in the field. */
export class OutsideField extends RangeError {
  override readonly name = 'OutsideField';
}

/** The field, with the numbers it is made of. */
export interface ExactField extends Field<PiNumber> {
  readonly numbers: PiNumbers;
  readonly dot: (xs: readonly PiNumber[], ys: readonly PiNumber[]) => PiNumber;
}

/** The value as a fixed-point number, within a unit or two. */
export function valueOf(numbers: PiNumbers, x: PiNumber, bits: number): bigint {
  const below = denominatorOf(numbers, x);
  const all = [...x.plain, ...x.root, ...below];
  // Room for what cancels in numerator and denominator; in steps, so that π is not computed for each number.
  const height = Math.max(0, ...all.map(bitLength)) + 2 * all.length;
  const room = bits + 256 * Math.ceil((64 + 2 * height) / 256);
  const pi = piFixed(room);
  const root = sqrtFixed(BigInt(numbers.radical) << BigInt(room), room);
  const above = evaluate(x.plain, pi, room) + multiplyFixed(evaluate(x.root, pi, room), root, room);
  return divideFixed(above, evaluate(below, pi, room), room) >> BigInt(room - bits);
}

/** The field over `numbers`. Angles other than of the axes, and roots outside the field, throw OutsideField. */
export function exactField(numbers: PiNumbers): ExactField {
  const mul = (x: PiNumber, y: PiNumber) => product(numbers, x, y);
  const fromNumber = (value: number) => dyadic(numbers, value);
  const pi = piNumber(numbers, [0n, 1n], [], [1n]);
  const [zero, half] = [fromNumber(0), fromNumber(0.5)];
  const toNumber = (value: PiNumber) => numberOf(valueOf(numbers, value, 128), 128);
  return {
    numbers,
    zero,
    one: fromNumber(1),
    pi,
    fromNumber,
    toNumber,
    isZero,
    neg: negative,
    add: (x, y) => plus(numbers, x, y),
    sub: (x, y) => plus(numbers, x, negative(y)),
    mul,
    dot: (xs, ys) => dot(numbers, xs, ys),
    div: (x, y) => mul(x, inverse(numbers, y)),
    scale: (x, factor) => scaled(numbers, x, factor),
    sqrt: (x) => positiveRoot(numbers, x, toNumber),
    atan2: (y, x) => {
      if (isZero(y) && !isZero(x)) return toNumber(x) > 0 ? zero : pi;
      if (!isZero(x) || isZero(y)) throw new OutsideField('no multiple of a right angle');
      const quarter = mul(pi, half);
      return toNumber(y) > 0 ? quarter : negative(quarter);
    },
  };
}

/** The double as a fraction. */
function dyadic(numbers: PiNumbers, value: number): PiNumber {
  if (!Number.isFinite(value)) throw new RangeError(`no number is ${value}`);
  let [mantissa, over] = [value, 1n];
  while (!Number.isInteger(mantissa)) [mantissa, over] = [mantissa * 2, over * 2n];
  return piNumber(numbers, mantissa === 0 ? [] : [BigInt(mantissa)], [], [over]);
}

function scaled(numbers: PiNumbers, x: PiNumber, factor: number): PiNumber {
  if (factor === 1) return x;
  return factor === -1 ? negative(x) : product(numbers, x, dyadic(numbers, factor));
}

function positiveRoot(numbers: PiNumbers, x: PiNumber, toNumber: (value: PiNumber) => number): PiNumber {
  if (toNumber(x) < 0) throw new RangeError('no square root of a negative number');
  const root = rootOf(numbers, x);
  if (root === undefined) throw new OutsideField('a root outside the field');
  return toNumber(root) < 0 ? negative(root) : root;
}
