/** Decimal numbers as they are written, compared exactly: never through doubles. */

/** `digits` × 10^`exponent`; `0.30` is 30 × 10^-2, so the places it was written with are kept. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** What is read as a decimal: `3`, `-0.25`, `.5`, `1e-9`; exponents have at most four digits. */
const decimalPattern = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,4})?$/;

/** The decimal that the text spells, or undefined where it spells none. */
export function parseDecimal(text: string): Decimal | undefined {
  if (!decimalPattern.test(text)) return undefined;
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return {
    digits: BigInt(`${whole}${fraction}`.replace('+', '')),
    exponent: Number(exponent) - fraction.length,
  };
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const [left, right] = [scaled(a, exponent), scaled(b, exponent)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether two texts spell one decimal: `6` and `6.0` do. False where either spells none. */
export function areSameDecimal(a: string, b: string): boolean {
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  return left !== undefined && right !== undefined && compareDecimals(left, right) === 0;
}

/** The exact sum, with as many places as the term that has more. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
}

export function negate({ digits, exponent }: Decimal): Decimal {
  return { digits: -digits, exponent };
}

/** Half a unit in the last place that was written: 0.005 for `0.30`. */
export function halfUnit({ exponent }: Decimal): Decimal {
  return { digits: 5n, exponent: exponent - 1 };
}

/** The digits of the same decimal with a lower exponent. */
function scaled({ digits, exponent }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(exponent - to);
}

/** The decimal with so many places (0 or more), a half rounded away from zero; without exponent: `-0.30`, `0`. */
export function roundedText(value: Decimal, places: number): string {
  const [digits, unit] = [
    value.digits < 0n ? -value.digits : value.digits,
    10n ** BigInt(Math.max(0, -places - value.exponent)),
  ];
  const rounded = scaled(
    { digits: (digits + unit / 2n) / unit, exponent: Math.max(value.exponent, -places) },
    -places,
  );
  const text = String(rounded).padStart(places + 1, '0');
  const point = text.length - places;
  const sign = value.digits < 0n && rounded !== 0n ? '-' : '';
  return `${sign}${text.slice(0, point)}${places === 0 ? '' : `.${text.slice(point)}`}`;
}
