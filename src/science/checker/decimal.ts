/** Reads decimals exactly, and the half unit that each claims. */
import { type Arithmetic, type Enclosure } from './arithmetic.ts';

/** The rational number numerator/10^places. */
export interface Decimal {
  readonly numerator: bigint;
  readonly places: number;
}

/** Reads `-12.34`. Throws SyntaxError for anything but digits with at most one sign and one point. */
export function decimalOf(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new SyntaxError(`${JSON.stringify(text)} is no decimal`);
  const [, sign, whole, fraction = ''] = match;
  const magnitude = BigInt(`${whole}${fraction}`);
  return { numerator: sign === '-' ? -magnitude : magnitude, places: fraction.length };
}

/** The decimal itself. */
export function exactly(a: Arithmetic, text: string): Enclosure {
  const { numerator, places } = decimalOf(text);
  return a.ratio(numerator, power(places));
}

/** All numbers within half a unit of the last digit. Throws SyntaxError where no digit follows the point. */
export function within(a: Arithmetic, text: string): Enclosure {
  const { numerator, places } = decimalOf(text);
  if (places === 0) throw new SyntaxError(`${JSON.stringify(text)} has no digit after the point`);
  const denominator = 2n * power(places);
  return {
    lo: a.ratio(2n * numerator - 1n, denominator).lo,
    hi: a.ratio(2n * numerator + 1n, denominator).hi,
  };
}

/** The two ends of that range, each as an enclosure. */
export function endsOf(a: Arithmetic, text: string): readonly [Enclosure, Enclosure] {
  const { numerator, places } = decimalOf(text);
  const denominator = 2n * power(places);
  return [a.ratio(2n * numerator - 1n, denominator), a.ratio(2n * numerator + 1n, denominator)];
}

function power(places: number): bigint {
  return BigInt(`1${'0'.repeat(places)}`);
}
