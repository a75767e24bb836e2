/** The elementary functions against exact arithmetic, at their special values, and against pinned bits. */
import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as elementary from '../../../src/science/math/elementary.ts';
import { type Real, truth, ulps } from './support/oracle.ts';
import { type FunctionName, functionNames, samples } from './support/samples.ts';

const { acos, atan, atan2, cos, erf, exp, expm1, log, log1p, pow, sin, tan, tanh } = elementary;

type Function = (...args: readonly number[]) => number;
const ours = elementary as unknown as Record<FunctionName, Function>;
const exact = truth as unknown as Record<FunctionName, (...args: readonly number[]) => Real>;

/** Bounds in ulps: the largest errors seen over 200 000 points each, rounded up. */
const largestError: Record<FunctionName, number> = {
  sin: 0.79,
  cos: 0.77,
  tan: 0.81,
  acos: 0.87,
  atan: 0.78,
  atan2: 0.78,
  exp: 0.86,
  expm1: 0.8,
  log: 0.8,
  log1p: 0.81,
  tanh: 0.81,
  erf: 0.93,
  pow: 0.85,
};

/** sha256 of the results at 4000 samples each, as little-endian doubles. A change of one bit anywhere changes it. */
const pins: Record<FunctionName, string> = {
  sin: 'f86bbde61852dfa89991f106c326d67e',
  cos: 'e86dff3af5cb0ddabde058535c3c33d2',
  tan: 'f922be3bc3230d9a81c08a0ef48f7886',
  acos: '0478e21ed742c835c85d72ad6e869e4a',
  atan: '3c58b43130982c5c53f6ace7641db39a',
  atan2: '58fd75b6344009496db1e349c8cb7bf9',
  exp: '4732ff1132db2bc90bacf3b0908bb10a',
  expm1: '1f21376aa8b45ac3317e476931021bea',
  log: '8a2e808bf6eb98c1f12385383e3fbcbd',
  log1p: '9d6d93e6e70ea3c21f57800485073e2a',
  tanh: '787c88a24113a24fc025c81f33b51eed',
  erf: '9c64ab457efbf0ad77877dbb114b0599',
  pow: 'b2ced880c78a551c805e79f58c41558e',
};

describe.each(functionNames)('%s', (name) => {
  it('errs by less than 1 ulp', () => {
    let worst = 0;
    for (const at of samples(name, 2500)) {
      const value = ours[name](...at);
      if (!Number.isFinite(value)) continue;
      const error = ulps(value, exact[name](...at));
      expect(error, `at ${at.join(', ')}`).toBeLessThan(largestError[name]);
      worst = Math.max(worst, error);
    }
    expect(worst, 'the oracle sees rounding').toBeGreaterThan(0.5);
  });

  it('has the pinned bits, which every engine must give', () => {
    const results = Float64Array.from(samples(name, 4000), (at) => ours[name](...at));
    expect(hash('sha256', new Uint8Array(results.buffer), 'hex').slice(0, 32)).toBe(pins[name]);
  });

  it('gives NaN for NaN', () => {
    expect(ours[name](Number.NaN, 1)).toBeNaN();
    if (name === 'pow' || name === 'atan2') expect(ours[name](1.5, Number.NaN)).toBeNaN();
  });
});

describe('special values', () => {
  const zero = [sin, tan, atan, expm1, log1p, tanh, erf];

  it('odd functions keep zeros, with their sign, and the smallest number', () => {
    for (const f of zero) {
      expect(f(0)).toBe(0);
      expect(f(-0)).toBe(-0);
      expect(f(5e-324)).toBe(5e-324);
      expect(f(-5e-324)).toBe(-5e-324);
    }
  });

  it('at infinity', () => {
    expect([sin, cos, tan, acos].map((f) => f(Infinity))).toEqual(Array(4).fill(Number.NaN));
    expect([atan, exp, expm1, log, log1p, tanh, erf].map((f) => f(Infinity))).toEqual([
      Math.PI / 2,
      Infinity,
      Infinity,
      Infinity,
      Infinity,
      1,
      1,
    ]);
    expect([atan, exp, expm1, log, log1p, tanh, erf].map((f) => f(-Infinity))).toEqual([
      -Math.PI / 2,
      0,
      -1,
      Number.NaN,
      Number.NaN,
      -1,
      -1,
    ]);
  });

  it('at the ends of their domains', () => {
    expect([acos(1), acos(-1), acos(0)]).toEqual([0, Math.PI, Math.PI / 2]);
    expect([acos(1.0000000000000002), acos(-2)]).toEqual([Number.NaN, Number.NaN]);
    expect([log(1), log(0), log(-0), log(-1)]).toEqual([0, -Infinity, -Infinity, Number.NaN]);
    expect([log1p(-1), log1p(-1.0000000000000002)]).toEqual([-Infinity, Number.NaN]);
    expect([exp(0), exp(-0), cos(0), cos(-0)]).toEqual([1, 1, 1, 1]);
    expect([tanh(400), tanh(-400), erf(6), erf(-7)]).toEqual([1, -1, 1, -1]);
  });

  it('exp and expm1 go over to infinity and to the subnormals where they should', () => {
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(expm1(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019412)).toBe(0);
    expect(exp(-720)).toBe(2.0322308024e-313);
    expect(expm1(-38)).toBe(-1);
  });

  it('log of subnormal numbers', () => {
    expect(log(5e-324)).toBe(-744.4400719213812);
    expect(log(2.2250738585072014e-308)).toBe(-708.3964185322641);
  });

  it('sine and cosine near a multiple of pi/2 that almost hits a double', () => {
    // The double nearest to a multiple of pi/2: W. Kahan, "Minimizing q*m-n" (1983)
    const x = 5.319372648326541416707296656673541083813475031793921822105998164685e255;
    expect(Math.abs(cos(x))).toBeLessThan(5e-19);
    expect(ulps(cos(x), truth.cos(x))).toBeLessThan(1);
    expect(ulps(sin(1e22), truth.sin(1e22))).toBeLessThan(0.51);
    expect(sin(Math.PI)).toBe(1.2246467991473532e-16);
  });
});

describe('atan2', () => {
  const pi = Math.PI;

  it('has the signed zeros and infinities of ECMAScript', () => {
    const values = [0, -0, 1, -1, Infinity, -Infinity];
    const table = values.map((y) => values.map((x) => atan2(y, x)));
    expect(table).toEqual([
      [0, pi, 0, pi, 0, pi],
      [-0, -pi, -0, -pi, -0, -pi],
      [pi / 2, pi / 2, pi / 4, (3 * pi) / 4, 0, pi],
      [-pi / 2, -pi / 2, -pi / 4, (-3 * pi) / 4, -0, -pi],
      [pi / 2, pi / 2, pi / 2, pi / 2, pi / 4, (3 * pi) / 4],
      [-pi / 2, -pi / 2, -pi / 2, -pi / 2, -pi / 4, (-3 * pi) / 4],
    ]);
  });

  it('depends on the direction only, up to extreme sizes', () => {
    for (const [y, x] of samples('atan2', 400) as [number, number][])
      for (const scale of [2 ** -900, 2 ** 900]) expect(atan2(y * scale, x * scale)).toBe(atan2(y, x));
    expect(atan2(5e-324, 5e-324)).toBe(pi / 4);
    expect(atan2(1.7976931348623157e308, 1.7976931348623157e308)).toBe(pi / 4);
    expect(atan2(1e-150, 1e155)).toBe(1e-305);
    expect(atan2(1e-310, -1)).toBe(pi);
  });

  it('agrees with atan', () => {
    for (const [x] of samples('atan', 1000) as [number][]) expect(atan2(x, 1)).toBe(atan(x));
  });
});

describe('pow', () => {
  it('has the special values of ECMAScript', () => {
    const bases = [0, -0, 0.25, -0.25, 1, -1, 4, -4, Infinity, -Infinity, Number.NaN];
    const powers = [0, -0, 0.5, -0.5, 1, -1, 2, -2, 3, -3, Infinity, -Infinity, Number.NaN];
    for (const x of bases) for (const y of powers) expect(pow(x, y), `${x}^${y}`).toBe(Math.pow(x, y));
  });

  it('is exact where the power is a double', () => {
    for (let base = 2; base < 40; base++) {
      let power = 1;
      for (let n = 0; power <= 2 ** 53; n++, power *= base) {
        expect(pow(base, n)).toBe(power);
        expect(pow(-base, n)).toBe(n % 2 === 0 ? power : -power);
      }
    }
    expect(pow(2, -1074)).toBe(5e-324);
    expect(pow(2, 1023)).toBe(2 ** 1023);
  });

  it('overflows and underflows at the right places', () => {
    expect(pow(2, 1024)).toBe(Infinity);
    expect(pow(2, -1075.0001)).toBe(0);
    expect(pow(1.0000000000000002, 1e300)).toBe(Infinity);
    expect(pow(0.9999999999999999, 1e300)).toBe(0);
    expect(pow(-1e200, 1e17 + 16)).toBe(Infinity);
    expect(pow(-1e200, 3)).toBe(-Infinity);
  });

  it('of subnormal numbers', () => {
    expect(pow(5e-324, 0.5)).toBe(2.2227587494850775e-162);
    expect(pow(1e-160, 2)).toBe(1e-320);
  });
});

function rising(f: (x: number) => number, from: number, step: number): void {
  for (let i = 0; i < 2000; i++) expect(f(from + i * step)).toBeLessThanOrEqual(f(from + (i + 1) * step));
}

describe('identities', () => {
  it('sine and cosine lie on the unit circle, also at huge arguments', () => {
    for (const [x] of samples('sin', 4000) as [number][])
      expect(sin(x) * sin(x) + cos(x) * cos(x)).toBeCloseTo(1, 15);
  });

  it('odd functions are odd and even ones even, to the bit', () => {
    for (const [x] of samples('tanh', 2000) as [number][]) {
      for (const f of [sin, tan, atan, tanh, erf]) expect(f(-x)).toBe(-f(x));
      expect(cos(-x)).toBe(cos(x));
    }
  });

  it('exp and log are inverse, expm1 and log1p too', () => {
    for (const [x] of samples('expm1', 2000) as [number][]) {
      if (x > 700 || x < -30) continue;
      expect(Math.abs(log(exp(x)) - x)).toBeLessThan(3e-16 * (1 + Math.abs(x)));
      const back = log1p(expm1(x));
      expect(Math.abs(back - x)).toBeLessThan(3e-16 * Math.abs(x) * Math.max(1, Math.exp(-x)));
    }
  });

  it('acos descends, exp and erf rise, where their formulas change', () => {
    rising((x) => -acos(x), -0.5 - 1000 * 2 ** -52, 2 ** -52);
    rising((x) => -acos(x), 0.5 - 1000 * 2 ** -53, 2 ** -53);
    rising(exp, 0.34657359 - 1000 * 2 ** -53, 2 ** -53);
    rising(erf, 0.84375 - 1000 * 2 ** -50, 2 ** -50);
    rising(erf, 1.25 - 1000 * 2 ** -50, 2 ** -50);
  });
});
