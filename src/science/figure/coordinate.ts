/** Writes coordinates in as few digits as three decimals allow, the same everywhere. */
import { invariant } from '../../base/invariant.ts';

/** The nearest multiple of 0.001, never −0. Throws InvariantError for what is not finite. */
export function rounded(value: number): number {
  invariant(Number.isFinite(value), `a coordinate is ${value}`);
  return Math.round(value * 1000) / 1000 + 0;
}

/** The rounded value in decimal digits, without exponent and without trailing zeros. */
export function coordinate(value: number): string {
  const thousandths = Math.round(rounded(value) * 1000);
  const digits = String(Math.abs(thousandths)).padStart(4, '0');
  const whole = digits.slice(0, -3);
  const decimals = digits.slice(-3).replace(/0+$/, '');
  const sign = thousandths < 0 ? '-' : '';
  return decimals === '' ? `${sign}${whole}` : `${sign}${whole}.${decimals}`;
}

/** Several coordinates, joined by spaces. */
export function coordinates(...values: readonly number[]): string {
  return values.map(coordinate).join(' ');
}
