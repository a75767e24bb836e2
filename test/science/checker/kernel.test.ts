import { describe, expect, it } from 'vitest';
import { arithmetic, type Enclosure } from '../../../src/science/checker/arithmetic.ts';
import { exactly } from '../../../src/science/checker/decimal.ts';
import {
  angleOf,
  kernel,
  mixedCurvature,
  ownCurvature,
  parallel,
  type Shadow,
  slope,
} from '../../../src/science/checker/kernel.ts';

const a = arithmetic(200);
const number = ({ lo, hi }: Enclosure) => Number((lo + hi) / 2n) / 2 ** 200;
const value = (x: number) => exactly(a, x.toFixed(12));
const width = ({ lo, hi }: Enclosure) => Number(hi - lo) / 2 ** 200;

/** The angle of rows of lengths 2 and 3 with the given θ. */
const at = (theta: number) => angleFrom(value(2), value(3), value(6 * Math.cos(theta)));
/** The angle of rows of lengths w and v and inner product c. */
function angleFrom(w: Enclosure, v: Enclosure, c: Enclosure) {
  return angleOf(a, w, v, c, a.sqrt(a.sub(a.square(a.mul(w, v)), a.square(c))));
}

describe('the angle of two rows', () => {
  it.each([0.001, 0.5, 1, Math.PI / 2, 2, 3.1])('has the sine, cosine and opening of θ = %d', (theta) => {
    const { cosine, sine, opening } = at(theta);
    expect(number(cosine)).toBeCloseTo(Math.cos(theta), 11);
    expect(number(sine)).toBeCloseTo(Math.sin(theta), 8);
    expect(number(opening)).toBeCloseTo(Math.PI - theta, 8);
    expect(width(opening)).toBeLessThan(1e-50);
  });

  it('is exact for parallel and for opposite rows', () => {
    const same = angleFrom(a.times(2, a.one), a.times(3, a.one), a.times(6, a.one));
    const opposite = angleFrom(a.times(2, a.one), a.times(3, a.one), a.times(-6, a.one));
    expect([same.sine, opposite.sine]).toEqual([a.zero, a.zero]);
    expect([same.opening, opposite.opening]).toEqual([a.pi, a.zero]);
    expect(parallel(a)).toEqual({ cosine: a.one, sine: a.zero, opening: a.pi });
  });

  it('encloses a range that holds θ = 0, where the sine may be 0', () => {
    const wide = angleFrom(a.one, a.one, { lo: value(1 - 1e-10).lo, hi: a.one.hi + 5n });
    expect(wide.sine.lo).toBe(0n);
    expect(number(wide.sine)).toBeLessThan(1e-4);
    expect(wide.opening.hi >= a.pi.lo).toBe(true);
  });
});

describe('the kernel', () => {
  it('is |w||v|(sin θ + (π − θ) cos θ), π|w|² on the diagonal and 0 for opposite rows', () => {
    const theta = 0.7;
    const expected = 6 * (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta));
    expect(number(kernel(a, at(theta), value(2), value(3)))).toBeCloseTo(expected, 9);
    expect(number(kernel(a, parallel(a), value(2), value(2)))).toBeCloseTo(4 * Math.PI, 14);
    const opposite = angleFrom(a.one, a.one, a.neg(a.one));
    expect(number(kernel(a, opposite, value(1), value(1)))).toBe(0);
  });
});

/** Derivatives in the plane of w = (2, 0) and v = 3(cos θ, sin θ), by central differences of the kernel. */
describe('the derivatives of the kernel', () => {
  const theta = 1.1;
  const w = [2, 0];
  const v = [3 * Math.cos(theta), 3 * Math.sin(theta)];
  const dot = (x: number[], y: number[]) => x[0]! * y[0]! + x[1]! * y[1]!;
  const plane = (x: number[], y: number[]) => {
    const [p, q] = [Math.sqrt(dot(x, x)), Math.sqrt(dot(y, y))];
    const t = Math.acos(dot(x, y) / (p * q));
    return p * q * (Math.sin(t) + (Math.PI - t) * Math.cos(t));
  };
  const moved = (x: number[], u: number[], h: number) => [x[0]! + h * u[0]!, x[1]! + h * u[1]!];
  const shadow = (u: number[]): Shadow => ({
    onFirst: value(dot(u, w) / 2),
    onSecond: value(dot(u, v) / 3),
    squared: value(dot(u, u)),
  });
  const [p, q] = [
    [0.3, -0.8],
    [0.5, 0.4],
  ] as [number[], number[]];
  const h = 1e-4;

  it('agree with differences: the slope', () => {
    const difference = (plane(moved(w, p, h), v) - plane(moved(w, p, -h), v)) / (2 * h);
    expect(number(slope(a, at(theta), value(3), shadow(p)))).toBeCloseTo(difference, 6);
  });

  it('agree with differences: the curvature in one row', () => {
    const second = (i: number, j: number) => plane(moved(moved(w, p, i * h), q, j * h), v);
    const difference = (second(1, 1) - second(1, -1) - second(-1, 1) + second(-1, -1)) / (4 * h * h);
    const found = ownCurvature(a, at(theta), value(1.5), value(dot(p, q)), shadow(p), shadow(q));
    expect(number(found)).toBeCloseTo(difference, 5);
  });

  it('agree with differences: the curvature between the rows', () => {
    const second = (i: number, j: number) => plane(moved(w, p, i * h), moved(v, q, j * h));
    const difference = (second(1, 1) - second(1, -1) - second(-1, 1) + second(-1, -1)) / (4 * h * h);
    const found = mixedCurvature(a, at(theta), value(dot(p, q)), shadow(p), shadow(q));
    expect(number(found)).toBeCloseTo(difference, 5);
  });

  it('are only bounded where the sine may vanish, and exact where it does', () => {
    const nearly = angleFrom(a.one, a.one, { lo: value(1 - 1e-8).lo, hi: a.one.hi + 5n });
    const unit: Shadow = { onFirst: a.zero, onSecond: a.zero, squared: a.one };
    const own = ownCurvature(a, nearly, a.one, a.one, unit, unit);
    const mixed = mixedCurvature(a, nearly, a.one, unit, unit);
    expect(own.lo <= 0n && own.hi > 0n && width(own) < 1e-3).toBe(true);
    expect(mixed.lo < a.pi.lo && mixed.hi >= a.pi.hi && width(mixed) < 2e-3).toBe(true);
    expect(ownCurvature(a, parallel(a), a.one, a.one, unit, unit)).toEqual(a.zero);
    expect(mixedCurvature(a, parallel(a), a.one, unit, unit)).toEqual(a.mul(a.pi, a.one));
  });
});
