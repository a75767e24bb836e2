/** Arguments to try the elementary functions on, the same ones at every run. */
import { randomStream } from '../../../../src/base/random.ts';
import { powerOfTwo } from '../../../../src/science/math/elementary/bits.ts';

const stream = randomStream('e1e3e7a5c0ffee00e1e3e7a5c0ffee00');

type Draw = () => readonly number[];

/** A number in [2^from, 2^to) for integers, all binades alike: by exact operations, so that every engine draws the same. */
const size = (u: () => number, from: number, to: number) =>
  (1 + u()) * powerOfTwo(from + Math.floor((to - from) * u()));

/** The ways to draw arguments for each function: wide ranges, and where formulas change or cancel. */
export function draws(name: keyof typeof index): readonly Draw[] {
  const child = stream.split(index[name]);
  const u = () => child.uniform();
  const sign = () => (u() < 0.5 ? -1 : 1);
  const between =
    (a: number, b: number): Draw =>
    () => [a + (b - a) * u()];
  const sizes =
    (a: number, b: number): Draw =>
    () => [sign() * size(u, a, b)];
  const positive =
    (a: number, b: number): Draw =>
    () => [size(u, a, b)];
  const near =
    (x: number, most: number): Draw =>
    () => [x + sign() * size(u, -52, most)];
  const trigonometric = [between(-4, 4), sizes(-26, 21), sizes(20, 1023), nearMultiples(u)];
  const all: Record<keyof typeof index, readonly Draw[]> = {
    sin: trigonometric,
    cos: trigonometric,
    tan: trigonometric,
    acos: [between(-1, 1), sizes(-40, 0), () => [1 - size(u, -53, -1)], () => [size(u, -53, -1) - 1]],
    atan: [between(-4, 4), sizes(-40, 60)],
    atan2: [() => [2 * u() - 1, 2 * u() - 1], () => [sign() * size(u, -40, 40), sign() * size(u, -40, 40)]],
    exp: [between(-1, 1), between(-708, 709.7), sizes(-40, 9)],
    expm1: [between(-1, 1), between(-40, 80), sizes(-40, 9)],
    log: [between(0.5, 2), positive(-1022, 1023), near(1, -2)],
    log1p: [between(-0.9, 2), sizes(-40, 0), positive(0, 100)],
    tanh: [between(-2, 2), sizes(-40, 5)],
    erf: [between(-2, 2), between(-6, 6), sizes(-40, 2)],
    pow: [
      () => [size(u, -10, 10), 60 * u() - 30],
      () => [1 + 0.1 * (u() - 0.5), 4000 * u() - 2000],
      () => [size(u, -500, 500), 2 * u() - 1],
      () => [10 * u(), Math.round(40 * u()) - 20],
    ],
  };
  return all[name];
}

/** Near multiples of pi/2, where reduction cancels. */
function nearMultiples(u: () => number): Draw {
  return () => {
    const x = Math.floor(size(u, 0, 20)) * (Math.PI / 2);
    return [x * (1 + Math.floor(u() * 9 - 4) * powerOfTwo(-52))];
  };
}

/** `count` argument lists for a function. */
export function samples(name: keyof typeof index, count: number): (readonly number[])[] {
  const ways = draws(name);
  return Array.from({ length: count }, (_, i) => (ways[i % ways.length] as Draw)());
}

/** One random stream a function. */
const index = {
  sin: 0,
  cos: 1,
  tan: 2,
  acos: 3,
  atan: 4,
  atan2: 5,
  exp: 6,
  expm1: 7,
  log: 8,
  log1p: 9,
  tanh: 10,
  erf: 11,
  pow: 12,
};

export type FunctionName = keyof typeof index;
export const functionNames = Object.keys(index) as FunctionName[];
