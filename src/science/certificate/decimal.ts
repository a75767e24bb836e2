/** Turns fixed-point numbers into rounded decimals, and decimals into numbers. */
import { floorDivide, shift } from '../math/precision/fixed.ts';
import { between, type Interval } from '../math/precision/interval.ts';
import { directedFixed } from '../math/precision/directed-fixed.ts';

/** n·2^-bits rounded to so many decimal places, ties upwards. */
export function roundedDecimal(n: bigint, bits: number, places: number): string {
  const units = shift(2n * n * powerOfTen(places) + (1n << BigInt(bits)), -bits - 1);
  return decimalText(units, places);
}

/** units·10^-places as text. */
export function decimalText(units: bigint, places: number): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${units < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}

/** 10^places. */
export function powerOfTen(places: number): bigint {
  return BigInt(`1${'0'.repeat(places)}`);
}

/** A decimal as units·10^-places. */
export interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

/** Reads `-12.34`; a finite number is read as its shortest decimal. Throws RangeError for anything else. */
export function parseDecimal(value: string | number): Decimal {
  const text = typeof value === 'number' && Number.isInteger(value) ? String(BigInt(value)) : String(value);
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`${text} is no plain decimal`);
  const fraction = match[2] ?? '';
  return { units: BigInt(`${match[1]}${fraction}`), places: fraction.length };
}

/** The decimal as an interval one unit wide. */
export function enclose({ units, places }: Decimal, bits: number): Interval<bigint> {
  return ratio(units, powerOfTen(places), bits);
}

/** All numbers within half a unit of the last place. */
export function roundingBox({ units, places }: Decimal, bits: number): Interval<bigint> {
  const [low, high] = roundingEnds({ units, places }, bits);
  return between(directedFixed(bits), low.lo, high.hi);
}

/** The two ends of that range. */
export function roundingEnds({ units, places }: Decimal, bits: number): [Interval<bigint>, Interval<bigint>] {
  const denominator = 2n * powerOfTen(places);
  return [ratio(2n * units - 1n, denominator, bits), ratio(2n * units + 1n, denominator, bits)];
}

function ratio(numerator: bigint, denominator: bigint, bits: number): Interval<bigint> {
  const scaled = numerator << BigInt(bits);
  return { lo: floorDivide(scaled, denominator), hi: -floorDivide(-scaled, denominator) };
}
