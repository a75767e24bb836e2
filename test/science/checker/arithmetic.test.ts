import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import {
  arithmetic,
  centre,
  type Enclosure,
  signOf,
  Undecided,
} from '../../../src/science/checker/arithmetic.ts';
import { decimalOf, endsOf, exactly, within } from '../../../src/science/checker/decimal.ts';

const bits = 96;
const a = arithmetic(bits);
const fine = arithmetic(240);
const random = randomStream('c40d9b1e5f7a2863c40d9b1e5f7a2863');

/** A random rational n/2^40 in (−2^8, 2^8) as a point of the fine arithmetic. */
function numerator(): bigint {
  const magnitude = BigInt(Math.floor(random.uniform() * 2 ** 48));
  return random.bits() % 2 === 0 ? magnitude : -magnitude;
}

/** An enclosure around a random number, with that number exactly. */
function draw(): { wide: Enclosure; member: Enclosure } {
  const n = numerator();
  const exact = fine.ratio(n, 1n << 40n);
  const slack = BigInt(random.bits() % 1000) << BigInt(random.bits() % 60);
  const { lo, hi } = a.ratio(n, 1n << 40n);
  return { wide: { lo: lo - slack, hi: hi + slack }, member: exact };
}

/** Whether the coarse enclosure holds all of the fine one. */
function holds(coarse: Enclosure, value: Enclosure): boolean {
  const shift = BigInt(fine.bits - bits);
  return coarse.lo << shift <= value.hi && value.lo <= coarse.hi << shift;
}

function attempt(operation: () => Enclosure): Enclosure | undefined {
  try {
    return operation();
  } catch (error) {
    expect(error).toBeInstanceOf(Undecided);
    return undefined;
  }
}

describe('enclosures', () => {
  it.each(['add', 'sub', 'mul', 'div'] as const)('%s holds the results of the members', (name) => {
    for (let i = 0; i < 5000; i++) {
      const [x, y] = [draw(), draw()];
      const result = attempt(() => a[name](x.wide, y.wide));
      if (result !== undefined) expect(holds(result, fine[name](x.member, y.member))).toBe(true);
    }
  });

  it('square, root, arctangent and multiples hold the results of the members', () => {
    for (let i = 0; i < 1500; i++) {
      const { wide, member } = draw();
      expect(holds(a.square(wide), fine.square(member))).toBe(true);
      expect(holds(a.times(-7, wide), fine.times(-7, member))).toBe(true);
      if (signOf(member) <= 0) continue;
      expect(holds(a.sqrt(wide), fine.sqrt(member))).toBe(true);
      if (wide.lo > 0n) expect(holds(a.atan(wide), fine.atan(member))).toBe(true);
    }
  });

  it('know π to its published decimals, and the arctangent by Machin', () => {
    const digits = 31415926535897932384626433832795028841971693993751n;
    const published = { lo: fine.ratio(digits, 10n ** 49n).lo, hi: fine.ratio(digits + 1n, 10n ** 49n).hi };
    expect(fine.pi.lo >= published.lo && fine.pi.hi <= published.hi).toBe(true);
    const machin = fine.sub(
      fine.times(16, fine.atan(fine.ratio(1n, 5n))),
      fine.times(4, fine.atan(fine.ratio(1n, 239n))),
    );
    expect(machin.lo <= fine.pi.hi && fine.pi.lo <= machin.hi).toBe(true);
    expect(machin.hi - machin.lo < 1n << 20n).toBe(true);
  });

  it('are exact for squares of integers, so that parallel unit vectors are seen to be parallel', () => {
    expect(a.sqrt(a.times(9, a.one))).toEqual(a.times(3, a.one));
    expect(a.sqrt(a.zero)).toEqual(a.zero);
  });

  it('multiply and divide as tightly as the four corners', () => {
    const ends = [-5n, -3n, -1n, 0n, 1n, 2n, 7n].map((n) => n << 50n);
    const pairs = ends.flatMap((lo) => ends.filter((hi) => hi >= lo).map((hi) => ({ lo, hi })));
    const exact = (values: bigint[]) => {
      const sorted = values.sort((x, y) => (x < y ? -1 : 1));
      return { lo: sorted[0], hi: sorted.at(-1) };
    };
    for (const x of pairs)
      for (const y of pairs) {
        const corners = (f: (n: bigint, m: bigint) => bigint) =>
          exact([f(x.lo, y.lo), f(x.lo, y.hi), f(x.hi, y.lo), f(x.hi, y.hi)]);
        expect(a.mul(x, y)).toEqual(corners((n, m) => (n * m) >> BigInt(bits)));
        const { lo, hi } = attempt(() => a.div(x, y)) ?? { lo: 0n, hi: -1n };
        if (lo > hi) continue;
        const scaled = corners((n, m) => (30n * (n << BigInt(bits))) / m);
        expect([lo * 30n <= scaled.lo!, scaled.hi! <= hi * 30n]).toEqual([true, true]);
        expect([scaled.lo! < lo * 30n + 30n, hi * 30n - 30n < scaled.hi!]).toEqual([true, true]);
      }
  });

  it('know the roots of squares and of their neighbours', () => {
    for (let i = 0; i < 400; i++) {
      const root = (BigInt(Math.floor(random.uniform() * 2 ** 40)) << BigInt(random.bits() % 90)) + 1n;
      for (const n of [root * root - 1n, root * root, root * root + 1n]) {
        const { lo, hi } = arithmetic(0).sqrt({ lo: n, hi: n });
        expect([lo * lo <= n, (lo + 1n) * (lo + 1n) > n]).toEqual([true, true]);
        expect(hi).toBe(lo * lo === n ? lo : lo + 1n);
      }
    }
  });

  it('take the arctangent of narrow enclosures as tightly as of their ends', () => {
    for (let i = 0; i < 500; i++) {
      const lo = BigInt(Math.floor(random.uniform() * 2 ** 50)) << BigInt(random.bits() % 60);
      const hi = lo + BigInt(random.bits() % 1000);
      const [low, high] = [a.atan({ lo, hi: lo }), a.atan({ lo: hi, hi })];
      const both = a.atan({ lo, hi });
      expect(both.lo <= low.lo && high.lo <= both.hi).toBe(true);
      expect(both.hi - both.lo <= high.hi - low.lo + 3n).toBe(true);
    }
  });

  it('refuse what has no value', () => {
    const around = { lo: -1n, hi: 1n };
    expect(() => a.div(a.one, around)).toThrow(Undecided);
    expect(() => a.sqrt({ lo: -2n, hi: -1n })).toThrow(Undecided);
    expect(a.sqrt({ lo: -2n, hi: 0n })).toEqual(a.zero);
  });

  it('have signs and centres', () => {
    expect([signOf({ lo: 1n, hi: 2n }), signOf({ lo: 0n, hi: 2n }), signOf({ lo: -3n, hi: -1n })]).toEqual([
      1, 0, -1,
    ]);
    expect(centre({ lo: 3n, hi: 8n })).toEqual({ lo: 5n, hi: 5n });
  });
});

describe('decimals', () => {
  it('are read exactly, and nothing else is', () => {
    expect(decimalOf('-12.340')).toEqual({ numerator: -12340n, places: 3 });
    expect(decimalOf('7')).toEqual({ numerator: 7n, places: 0 });
    for (const text of ['', '.5', '1.', '+1', '1e5', ' 1', '0x1', '1.2.3', '--1', 'NaN'])
      expect(() => decimalOf(text)).toThrow(SyntaxError);
  });

  it('claim half a unit of their last digit on either side', () => {
    const x = within(a, '0.25');
    expect(x.lo <= exactly(a, '0.245').hi && x.hi >= exactly(a, '0.255').lo).toBe(true);
    expect(x.lo > exactly(a, '0.2449999').hi && x.hi < exactly(a, '0.2550001').lo).toBe(true);
    const [low, high] = endsOf(a, '-0.5');
    expect(signOf(a.sub(low, exactly(a, '-0.55')))).toBe(0);
    expect(signOf(a.sub(high, exactly(a, '-0.45')))).toBe(0);
    expect(() => within(a, '3')).toThrow(SyntaxError);
  });
});
