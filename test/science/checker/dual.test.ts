import { describe, expect, it } from 'vitest';
import { arithmetic, type Arithmetic, type Enclosure } from '../../../src/science/checker/arithmetic.ts';
import { dualArithmetic, motionOf, moving } from '../../../src/science/checker/dual.ts';

const a = arithmetic(160);
const dual = dualArithmetic(a);
const exact = (x: number) => a.ratio(BigInt(Math.round(x * 2 ** 40)), 1n << 40n);
const number = ({ lo, hi }: Enclosure) => Number((lo + hi) / 2n) / 2 ** 160;

/** f at x by the arithmetic, and its derivatives by central differences at 50 digits. */
function compare(f: (b: Arithmetic, x: Enclosure) => Enclosure, x: number) {
  const motion = motionOf(f(dual, moving(exact(x), a.one, a.zero)));
  const h = a.ratio(1n, 1n << 40n);
  const [less, middle, more] = [a.sub(exact(x), h), exact(x), a.add(exact(x), h)].map((at) => f(a, at)) as [
    Enclosure,
    Enclosure,
    Enclosure,
  ];
  const slope = a.div(a.sub(more, less), a.times(2, h));
  const bend = a.div(a.sub(a.add(more, less), a.times(2, middle)), a.square(h));
  expect(number(motion)).toBeCloseTo(number(middle), 14);
  expect(number(motion.velocity)).toBeCloseTo(number(slope), 12);
  expect(number(motion.acceleration)).toBeCloseTo(number(bend), 10);
}

describe('moving numbers', () => {
  it.each([
    ['products', (b: Arithmetic, x: Enclosure) => b.mul(b.add(x, b.one), b.mul(x, x))],
    ['squares', (b: Arithmetic, x: Enclosure) => b.square(b.sub(b.square(x), b.times(3, x)))],
    ['quotients', (b: Arithmetic, x: Enclosure) => b.div(b.add(b.one, b.square(x)), b.sub(b.pi, x))],
    ['roots', (b: Arithmetic, x: Enclosure) => b.sqrt(b.add(b.one, b.mul(x, b.square(x))))],
    ['angles', (b: Arithmetic, x: Enclosure) => b.atan(b.square(b.add(x, b.ratio(1n, 3n))))],
    ['signs', (b: Arithmetic, x: Enclosure) => b.neg(b.div(b.times(-2, x), b.add(x, b.one)))],
  ] as const)('obey the rules of differentiation: %s', (_, f) => {
    for (const x of [0.25, 1, 2.5]) compare(f, x);
  });

  it('stand still where they are constants', () => {
    for (const constant of [dual.zero, dual.one, dual.pi, dual.ratio(2n, 7n)])
      expect(motionOf(constant)).toMatchObject({ velocity: a.zero, acceleration: a.zero });
  });

  it('enclose the derivatives over a whole range', () => {
    const range = { lo: exact(1).lo, hi: exact(2).hi };
    const cube = motionOf(dual.mul(moving(range, a.one, a.zero), dual.square(moving(range, a.one, a.zero))));
    for (const x of [1, 1.3, 2]) {
      expect(cube.velocity.lo <= exact(3 * x * x).hi && exact(3 * x * x).lo <= cube.velocity.hi).toBe(true);
      expect(cube.acceleration.lo <= exact(6 * x).hi && exact(6 * x).lo <= cube.acceleration.hi).toBe(true);
    }
  });

  it('say so where a derivative was lost', () => {
    expect(() => dual.add(dual.one, { lo: -1n, hi: 1n })).toThrow('only bounded');
    expect(() => dual.sqrt({ lo: 1n, hi: 1n })).toThrow('only bounded');
  });
});
