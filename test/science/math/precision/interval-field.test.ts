import { describe, expect, it } from 'vitest';
import { randomStream, type RandomStream } from '../../../../src/base/random.ts';
import { directedDouble } from '../../../../src/science/math/precision/directed-double.ts';
import { directedFixed } from '../../../../src/science/math/precision/directed-fixed.ts';
import type { Directed } from '../../../../src/science/math/precision/directed.ts';
import { fixedField } from '../../../../src/science/math/precision/fixed-field.ts';
import { fixedOf } from '../../../../src/science/math/precision/fixed.ts';
import { intervalField } from '../../../../src/science/math/precision/interval-field.ts';
import { around, type Interval } from '../../../../src/science/math/precision/interval.ts';
import { randomDouble } from './random.ts';

const bits = 400;
const reference = fixedField(bits);
const narrow = 90;

interface Sort<E> {
  readonly name: string;
  readonly ends: Directed<E>;
  readonly exact: (end: E) => bigint;
  /** A relative width that no operation on points may exceed. */
  readonly tight: number;
}

const doubles: Sort<number> = {
  name: 'doubles',
  ends: directedDouble,
  exact: (end) => fixedOf(end, bits),
  tight: 2e-15,
};
const fixeds: Sort<bigint> = {
  name: 'fixed-point numbers',
  ends: directedFixed(narrow),
  exact: (end) => end << BigInt(bits - narrow),
  tight: 1e-18,
};

/** An interval between two random ends, with one of its members, and the member exactly. */
function draw<E>(random: RandomStream, sort: Sort<E>): { interval: Interval<E>; member: bigint } {
  const centre = randomDouble(random, 12);
  const width =
    random.uniform() < 0.5 ? Math.abs(centre) * random.uniform() * 1e-9 : Math.abs(randomDouble(random, 8));
  const low = around(sort.ends, centre);
  const high = around(sort.ends, centre + width);
  const interval = { lo: low.lo, hi: high.hi };
  const [from, to] = [sort.exact(interval.lo), sort.exact(interval.hi)];
  const place = random.uniform();
  if (place < 0.2) return { interval, member: from };
  if (place > 0.8) return { interval, member: to };
  return { interval, member: from + ((to - from) * BigInt(Math.floor(place * 1e9))) / 1000000000n };
}

/** Whether the interval holds the value, which the reference knows to within a few of its own units. */
function holds<E>(sort: Sort<E>, interval: Interval<E>, value: bigint): boolean {
  return sort.exact(interval.lo) <= value + 8n && value - 8n <= sort.exact(interval.hi);
}

/** The result, or undefined where the operation refuses its operands. */
function attempt<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const operations = ['add', 'sub', 'mul', 'div', 'atan2'] as const;

function laws<E>(sort: Sort<E>): void {
  const field = intervalField(sort.ends);

  it.each(operations)('%s holds the results of all members', (name) => {
    const random = randomStream('3e91b7c25f08d64a3e91b7c25f08d64a').split(operations.indexOf(name));
    let refused = 0;
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [draw(random, sort), draw(random, sort)];
      const result = attempt(() => field[name](a.interval, b.interval));
      if (result === undefined) refused++;
      else expect(holds(sort, result, reference[name](a.member, b.member))).toBe(true);
    }
    expect(refused).toBeLessThan(800);
  });

  it('roots and squares hold the results of all members', () => {
    const random = randomStream('8d27a6e0c5b1f9438d27a6e0c5b1f943');
    for (let i = 0; i < 2000; i++) {
      const { interval, member } = draw(random, sort);
      const square = field.mul(interval, interval);
      expect(holds(sort, square, reference.mul(member, member))).toBe(true);
      expect(sort.ends.compare(square.lo, sort.ends.zero)).toBeGreaterThanOrEqual(0);
      if (member >= 0n) expect(holds(sort, field.sqrt(interval), reference.sqrt(member))).toBe(true);
    }
  });

  it('results on points are tight', () => {
    const random = randomStream('61f4c83ad9e0b72561f4c83ad9e0b725');
    for (let i = 0; i < 500; i++) {
      const [a, b] = [around(sort.ends, randomDouble(random, 4)), around(sort.ends, randomDouble(random, 4))];
      for (const name of ['mul', 'div', 'atan2'] as const) {
        const result = field[name](a, b);
        const width = sort.ends.toNumber(result.hi) - sort.ends.toNumber(result.lo);
        expect(width).toBeLessThanOrEqual(sort.tight * Math.abs(field.toNumber(result)));
      }
    }
  });

  it('π is enclosed', () => {
    expect(holds(sort, field.pi, reference.pi)).toBe(true);
    expect(sort.ends.compare(field.pi.lo, field.pi.hi)).toBeLessThan(0);
  });

  it('zero and one stay exact', () => {
    const x = around(sort.ends, 0.3);
    expect(field.mul(x, field.zero)).toEqual(field.zero);
    expect(field.mul(x, field.one)).toEqual(x);
    expect(field.add(x, field.zero)).toEqual(x);
    expect(field.isZero(field.atan2(field.zero, field.one))).toBe(true);
    expect(field.isZero(x)).toBe(false);
  });

  it('what is undefined is refused, not guessed', () => {
    const zeroInside = { lo: sort.ends.neg(sort.ends.one), hi: sort.ends.one };
    expect(() => field.div(field.one, zeroInside)).toThrow(RangeError);
    expect(() => field.div(field.one, field.zero)).toThrow(RangeError);
    expect(() => field.sqrt(field.neg(field.one))).toThrow(RangeError);
    expect(() => field.atan2(zeroInside, zeroInside)).toThrow(RangeError);
    expect(() => field.atan2(zeroInside, field.neg(field.one))).toThrow(RangeError);
    expect(() => field.fromNumber(Number.NaN)).toThrow(RangeError);
  });

  it('a root cuts off the part below zero', () => {
    const root = field.sqrt({ lo: sort.ends.neg(sort.ends.one), hi: sort.ends.one });
    expect(sort.ends.compare(root.lo, sort.ends.zero)).toBe(0);
  });
}

describe('intervals of doubles', () => laws(doubles));
describe('intervals of fixed-point numbers', () => laws(fixeds));
