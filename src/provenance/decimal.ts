/** Decimal numbers as they are written, compared exactly: never through doubles. */

/** mantissa · 10^exponent. */
export interface Decimal {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const pattern = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Reads `-12.50e-3`; undefined where the text is no decimal number. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = pattern.exec(text.trim().replace('−', '-'));
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const magnitude = BigInt(whole + fraction);
  return { mantissa: sign === '-' ? -magnitude : magnitude, exponent: Number(power) - fraction.length };
}

/** Negative, zero or positive as `a` is below, at or above `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const difference = scaled(a, exponent) - scaled(b, exponent);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { mantissa: scaled(a, exponent) + scaled(b, exponent), exponent };
}

export function negate({ mantissa, exponent }: Decimal): Decimal {
  return { mantissa: -mantissa, exponent };
}

/** Half a unit in the last written place: what `rounds to` allows around a decimal. */
export function halfUnit({ exponent }: Decimal): Decimal {
  return { mantissa: 5n, exponent: exponent - 1 };
}

function scaled({ mantissa, exponent }: Decimal, to: number): bigint {
  let power = 1n;
  for (let i = exponent; i > to; i--) power *= 10n;
  return mantissa * power;
}
