/** Chooses round numbers for axes, in exact decimal arithmetic. */

/** A place on an axis with its label (markup). */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Ticks of a linear axis; where numbers are very large or small, labels leave out a common factor 10^`power`. */
export interface LinearTicks {
  readonly ticks: readonly Tick[];
  readonly power: number;
}

/** 10^exponent, correctly rounded. */
export function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}

/** The largest e with 10^e ≤ value. Throws RangeError unless value is finite and positive. */
export function decadeOf(value: number): number {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`${value} lies in no decade`);
  let exponent = Number(value.toExponential().split('e')[1]);
  while (powerOfTen(exponent) > value) exponent--;
  while (powerOfTen(exponent + 1) <= value) exponent++;
  return exponent;
}

/** An integer times a power of ten in plain decimals, with a real minus sign: (−25, −1) is −2.5. */
export function decimalText(integer: number, exponent: number): string {
  const sign = integer < 0 ? '−' : '';
  const digits = String(Math.abs(integer));
  if (exponent >= 0) return integer === 0 ? '0' : sign + digits + '0'.repeat(exponent);
  const padded = digits.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

/**
 * Multiples of 1, 2 or 5 times a power of ten in [low, high], about `count` of them: the step nearest in ratio to
 * what would give just as many. Needs low < high, both finite.
 */
export function linearTicks(low: number, high: number, count: number): LinearTicks {
  const wanted = (high - low) / Math.max(count, 1);
  const decade = decadeOf(wanted);
  const ratio = decade >= 0 ? wanted / powerOfTen(decade) : wanted * powerOfTen(-decade);
  // About the geometric means of 1, 2, 5 and 10 part the steps.
  const [unit, exponent] =
    ratio < 1.4 ? [1, decade] : ratio < 3.2 ? [2, decade] : ratio < 7 ? [5, decade] : [1, decade + 1];
  const scaled = (value: number) =>
    exponent >= 0 ? value / powerOfTen(exponent) / unit : (value * powerOfTen(-exponent)) / unit;
  const first = Math.ceil(scaled(low) - 1e-9);
  const last = Math.floor(scaled(high) + 1e-9);
  const integers = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * unit);
  const power = commonPower(Math.max(Math.abs(low), Math.abs(high)), exponent);
  return {
    ticks: integers.map((integer) => ({
      value: exponent >= 0 ? integer * powerOfTen(exponent) : integer / powerOfTen(-exponent),
      label: decimalText(integer, exponent - power),
    })),
    power,
  };
}

/** The factor left out of labels: none from 0.001 to 100 000, else that of the largest number. */
function commonPower(largest: number, exponent: number): number {
  const decade = decadeOf(largest);
  return decade >= 5 || (exponent < -3 && decade < -1) ? decade : 0;
}

/** Integers in [low, high], about `count` of them, for axes that count. */
export function integerTicks(low: number, high: number, count: number): Tick[] {
  const most = Math.max(1, Math.floor(high - low));
  const { ticks } = linearTicks(low, high, Math.min(count, most));
  return ticks
    .filter(({ value }) => Number.isInteger(value))
    .map(({ value }) => ({ value, label: decimalText(value, 0) }));
}

/** Powers of ten in [low, high], thinned to about `count`; below three of them 2 and 5 times them as well. */
export function logTicks(low: number, high: number, count: number): Tick[] {
  const [least, most] = [low * 0.999_999_999, high * 1.000_000_001];
  const from = decadeOf(least);
  const decades = Array.from({ length: decadeOf(most) - from + 1 }, (_, i) => from + i);
  const inside = ([unit, exponent]: Power) =>
    unitTimesPower(unit, exponent) >= least && unitTimesPower(unit, exponent) <= most;
  const whole = decades.map((exponent): Power => [1, exponent]).filter(inside);
  if (whole.length >= 3) {
    const step = Math.ceil(whole.length / Math.max(count, 2));
    return powerTicks(whole.filter(([, exponent]) => exponent % step === 0));
  }
  const fine = decades.flatMap((exponent) => [1, 2, 5].map((unit): Power => [unit, exponent])).filter(inside);
  return fine.length >= 2 ? powerTicks(fine) : [...linearTicks(low, high, count).ticks];
}

/** A digit times ten to an exponent. */
type Power = readonly [digit: number, exponent: number];

/** Plain labels where all lie from 0.01 to 1000, else powers for all. */
function powerTicks(powers: readonly Power[]): Tick[] {
  const plain = powers.every(([, exponent]) => exponent >= -2 && exponent <= 3);
  return powers.map(([digit, exponent]) => {
    const factor = digit === 1 ? '' : `${digit}\\times `;
    const label = plain ? decimalText(digit, exponent) : `$${factor}10^{${exponent}}$`;
    return { value: unitTimesPower(digit, exponent), label };
  });
}

/** 1, 2, …, 9 times powers of ten in [low, high], for marks without labels; across ten decades and more only powers. */
export function logMinorTicks(low: number, high: number): number[] {
  const [from, to] = [decadeOf(low), decadeOf(high)];
  const digits = to - from < 10 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
    .flatMap((exponent) => digits.map((digit) => unitTimesPower(digit, exponent)))
    .filter((value) => value >= low && value <= high);
}

function unitTimesPower(unit: number, exponent: number): number {
  return exponent >= 0 ? unit * powerOfTen(exponent) : unit / powerOfTen(-exponent);
}

/** 1, 2 and 5 times powers of ten, and zero, that lie apart under a square root. Needs 0 ≤ low < high. */
export function squareRootTicks(low: number, high: number, count: number): Tick[] {
  const apart = (0.6 * (Math.sqrt(high) - Math.sqrt(low))) / Math.max(count, 1);
  const bottom: Tick[] = low === 0 ? [{ value: 0, label: '0' }] : [];
  const ticks: Tick[] = [];
  for (let exponent = decadeOf(high); ticks.length < 40; exponent--)
    for (const digit of [5, 2, 1]) {
      const value = unitTimesPower(digit, exponent);
      if (value > high) continue;
      if (value < low || Math.sqrt(value) - Math.sqrt(low) < (low === 0 ? apart : 0))
        return [...bottom, ...ticks];
      if (ticks.length === 0 || Math.sqrt(ticks[0]!.value) - Math.sqrt(value) >= apart)
        ticks.unshift({ value, label: decimalText(digit, exponent) });
    }
  return [...bottom, ...ticks];
}
