import { describe, expect, it } from 'vitest';
import { identity } from '../../../src/science/math/matrix.ts';
import { randomStream } from '../../../src/base/random.ts';
import { digestOf } from '../../../src/base/digest.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { safranShamir, xavierStart } from '../../../src/science/network/protocol.ts';
import { train } from '../../../src/science/network/train.ts';
import { wasmEngine } from '../../../src/science/network/wasm-engine.ts';
import { shortcuts } from '../../../src/science/network/watch.ts';
import { spectrum, spectrumOf } from '../../../src/science/network/spectrum.ts';
import { gaussian } from './samples.ts';

const c = 1 / (2 * Math.PI);

/** The roots of x² − sum·x + product. */
function roots(sum: number, product: number): [number, number] {
  const half = Math.sqrt(sum * sum - 4 * product);
  return [(sum - half) / 2, (sum + half) / 2];
}

/**
 * The levels at W = V = I, by hand: on x and on one copy of s H is 1/4 − 1/2π, on y 1/4 + 1/2π, on the other two
 * copies of s and the two of t it is a 2x2 matrix.
 */
function levelsAtIdentity(d: number): [number, number][] {
  const standard = (0.5 - c) * (d / 16 - c * c + c / 4) - c / 16 - (d - 1) / 64;
  const [s, t] = roots(0.5 + d / 4, standard / (0.25 - c));
  const diagonal = 0.5 + c * (d - 1);
  const off = d / 4 + c;
  const [low, high] = roots(diagonal + off, diagonal * off - (d - 1) / 16);
  const levels: [number, number][] = [
    [0.25 - c, ((d - 1) * (d - 2)) / 2 + (d - 1)],
    [0.25 + c, (d * (d - 3)) / 2],
    [s, d - 1],
    [t, d - 1],
    [low, 1],
    [high, 1],
  ];
  return levels.sort(([a], [b]) => a - b);
}

describe('the spectrum', () => {
  it('at the global minimum has the levels and multiplicities found by hand, 1/4 − 1/2π the least', () => {
    for (const d of [4, 6, 9]) {
      const found = spectrum(identity(d), identity(d));
      const expected = levelsAtIdentity(d);
      expect(found.levels.map(({ multiplicity }) => multiplicity)).toEqual(
        expected.map(([, count]) => count),
      );
      found.levels.forEach(({ eigenvalue }, level) =>
        expect(eigenvalue).toBeCloseTo(expected[level]![0], 13),
      );
      expect(found.levels[0]!.eigenvalue).toBeCloseTo(0.25 - c, 14);
      expect(found).toMatchObject({ status: 'separated', index: 0, nullity: 0 });
      expect(found.spread).toBeLessThan(1e-13);
      expect(found.gap).toBeGreaterThan(0.05);
      expect(found.eigenvalues).toHaveLength(d * d);
    }
  });

  it('counts negative eigenvalues and those that are zero', () => {
    expect(spectrumOf(Float64Array.of(-2, -2, 0, 1e-13, 3))).toMatchObject({
      index: 2,
      nullity: 2,
      status: 'separated',
    });
  });

  it('takes values that rounding alone sets apart for one level, with its mean and spread', () => {
    const { levels, gap } = spectrumOf(Float64Array.of(1, 1 + 2e-14, 1 + 4e-14, 2));
    expect(levels.map(({ multiplicity }) => multiplicity)).toEqual([3, 1]);
    expect(levels[0]!.eigenvalue).toBeCloseTo(1 + 2e-14, 16);
    expect(levels[0]!.spread).toBeCloseTo(4e-14, 16);
    expect(gap).toBeCloseTo(1, 10);
  });

  it('does not decide where distances are neither rounding nor clear', () => {
    expect(spectrumOf(Float64Array.of(1, 1 + 1e-9, 2)).status).toBe('undecided');
    expect(spectrumOf(Float64Array.of(1, 1 + 1e-4, 2)).status).toBe('separated');
  });

  it('of weights in general position has simple levels', () => {
    const { levels, eigenvalues } = spectrum(gaussian(3, 3, 51), identity(3));
    expect(levels).toHaveLength(9);
    expect([...eigenvalues]).toEqual(levels.map(({ eigenvalue }) => eigenvalue));
  });

  it('is found for minima of twenty neurons, whose levels are wide clusters', () => {
    const target = identity(20);
    const stream = randomStream(digestOf('ss18-20-20'));
    const starts = [3, 5, 6].map((run) => ({ run, weights: xavierStart(stream, run, 20, 20) }));
    const engine = wasmEngine({ neurons: 20, target });
    for (const { weights } of train(
      engine,
      target,
      starts,
      safranShamir,
      shortcuts(20, target, safranShamir),
    )) {
      const { eigenvalues, index } = spectrum(weights, target);
      expect(index).toBe(0);
      expect(eigenvalues[0]).toBeGreaterThan(0.01);
      // The trace: no eigenvalue is missing.
      const { data } = hessian(weights, target);
      const trace = Array.from({ length: 400 }, (_, i) => data[401 * i]!).reduce((sum, x) => sum + x, 0);
      expect(eigenvalues.reduce((sum, x) => sum + x, 0)).toBeCloseTo(trace, 10);
    }
  });

  it('refuses what has none', () => {
    expect(() => spectrumOf(new Float64Array())).toThrow(RangeError);
    expect(() => spectrumOf(Float64Array.of(Number.NaN))).toThrow(RangeError);
  });
});
