import { describe, expect, it } from 'vitest';
import { scaleFor } from '../../../src/science/figure/scale.ts';
import {
  decadeOf,
  decimalText,
  integerTicks,
  linearTicks,
  logMinorTicks,
  logTicks,
  powerOfTen,
  squareRootTicks,
} from '../../../src/science/figure/ticks.ts';

const labels = (ticks: readonly { label: string }[]) => ticks.map(({ label }) => label);

describe('decimals', () => {
  it('are exact, whatever the double nearest to them', () => {
    expect(decimalText(3, -1)).toBe('0.3');
    expect(decimalText(-25, -1)).toBe('−2.5');
    expect(decimalText(7, 3)).toBe('7000');
    expect(decimalText(0, 2)).toBe('0');
    expect(decimalText(1, -4)).toBe('0.0001');
  });

  it('know the decade of a number at its very borders', () => {
    for (let exponent = -300; exponent < 300; exponent += 7) {
      expect(decadeOf(powerOfTen(exponent))).toBe(exponent);
      expect(decadeOf(powerOfTen(exponent) * (1 - 1e-15))).toBe(exponent - 1);
    }
    expect(() => decadeOf(0)).toThrow(RangeError);
  });
});

describe('linear ticks', () => {
  it('are multiples of 1, 2 or 5 times a power of ten, inside the interval', () => {
    expect(labels(linearTicks(0, 1, 5).ticks)).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(labels(linearTicks(-0.3, 0.12, 5).ticks)).toEqual(['−0.3', '−0.2', '−0.1', '0.0', '0.1']);
    expect(labels(linearTicks(5.3, 24.6, 6).ticks)).toEqual(['10', '15', '20']);
    expect(linearTicks(0, 0.7, 7).ticks.map(({ value }) => value)).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7,
    ]);
  });

  it('come in about the number asked for, for any interval', () => {
    for (let i = 1; i < 400; i++) {
      const [low, high] = [i * 0.0137 - 2, i * 0.0137 - 2 + i * i * 0.01 + 0.001];
      const { ticks } = linearTicks(low, high, 6);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(10);
      for (const { value } of ticks) {
        expect(value).toBeGreaterThanOrEqual(low - 1e-9 * (high - low));
        expect(value).toBeLessThanOrEqual(high + 1e-9 * (high - low));
      }
    }
  });

  it('leave out a common factor of very large and very small numbers', () => {
    expect(linearTicks(0, 3e6, 3)).toMatchObject({
      power: 6,
      ticks: [{ label: '0' }, { label: '1' }, { label: '2' }, { label: '3' }],
    });
    expect(linearTicks(0, 4e-9, 2).power).toBe(-9);
    expect(labels(linearTicks(0, 4e-9, 2).ticks)).toEqual(['0', '2', '4']);
    expect(linearTicks(0, 0.05, 5).power).toBe(0);
    expect(linearTicks(1, 1.0002, 4).power).toBe(0);
  });

  it('count in whole numbers where asked to', () => {
    expect(labels(integerTicks(0.5, 6.5, 3))).toEqual(['2', '4', '6']);
    expect(labels(integerTicks(0.5, 3.5, 20))).toEqual(['1', '2', '3']);
  });
});

describe('logarithmic ticks', () => {
  it('are powers of ten, thinned where there are many', () => {
    expect(labels(logTicks(1, 1e6, 7))).toEqual(
      ['0', '1', '2', '3', '4', '5', '6'].map((power) => `$10^{${power}}$`),
    );
    expect(logTicks(1e-12, 1, 5).map(({ value }) => value)).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
    expect(labels(logTicks(0.01, 1000, 9))).toEqual(['0.01', '0.1', '1', '10', '100', '1000']);
  });

  it('have 2 and 5 between them over few decades, and round numbers within one', () => {
    expect(logTicks(3, 300, 6).map(({ value }) => value)).toEqual([5, 10, 20, 50, 100, 200]);
    expect(labels(logTicks(2.1, 2.4, 3))).toEqual(['2.1', '2.2', '2.3', '2.4']);
    expect(labels(logTicks(9000, 60000, 4))).toEqual(['$10^{4}$', '$2\\times 10^{4}$', '$5\\times 10^{4}$']);
  });

  it('have marks at every digit between', () => {
    expect(logMinorTicks(8, 30)).toEqual([8, 9, 10, 20, 30]);
    expect(logMinorTicks(1, 1e12)).toEqual(Array.from({ length: 13 }, (_, i) => powerOfTen(i)));
  });
});

describe('ticks under a square root', () => {
  it('begin at zero and lie apart', () => {
    const ticks = squareRootTicks(0, 800, 4);
    expect(ticks[0]).toEqual({ value: 0, label: '0' });
    expect(ticks.at(-1)!.value).toBe(500);
    const roots = ticks.map(({ value }) => Math.sqrt(value));
    for (let i = 1; i < roots.length; i++) expect(roots[i]! - roots[i - 1]!).toBeGreaterThan(4);
    expect(squareRootTicks(3, 40, 4).map(({ value }) => value)).toEqual([5, 10, 20]);
  });
});

describe('scales', () => {
  it('take the ends of the domain to 0 and 1, whichever is larger', () => {
    for (const kind of ['linear', 'log', 'sqrt'] as const)
      for (const domain of [
        [2, 50],
        [50, 2],
      ] as const) {
        const scale = scaleFor({ kind, domain }, []);
        expect(scale.at(domain[0])).toBe(0);
        expect(scale.at(domain[1])).toBe(1);
        expect(scale.at(10)).toBeGreaterThan(0);
      }
  });

  it('space decades and squares evenly', () => {
    const log = scaleFor({ kind: 'log', domain: [1e-3, 1e3] }, []);
    for (let i = -3; i <= 3; i++) expect(log.at(powerOfTen(i))).toBeCloseTo((i + 3) / 6, 14);
    const root = scaleFor({ kind: 'sqrt', domain: [0, 100] }, []);
    for (let i = 0; i <= 10; i++) expect(root.at(i * i)).toBeCloseTo(i / 10, 14);
    expect(log.at(0)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('fit the data with a margin, from zero where asked to', () => {
    const [low, high] = scaleFor({}, [3, 13, Number.NaN]).domain;
    expect([low, high]).toEqual([2.6, 13.4]);
    expect(scaleFor({ zero: true }, [3, 13]).domain[0]).toBe(0);
    expect(scaleFor({ kind: 'log' }, [-1, 0, 10, 1000]).domain[0]).toBeGreaterThan(5);
    expect(scaleFor({ kind: 'sqrt' }, [0, 9]).domain[0]).toBe(0);
  });

  it('are there for one value, and for none', () => {
    expect(scaleFor({}, [4]).domain).toEqual([2, 6]);
    expect(scaleFor({}, [0]).domain).toEqual([-0.5, 0.5]);
    expect(scaleFor({ kind: 'log' }, []).domain).toEqual([1, 10]);
  });

  it('refuse domains that are none', () => {
    expect(() => scaleFor({ domain: [1, 1] }, [])).toThrow('no linear scale from 1 to 1');
    expect(() => scaleFor({ kind: 'sqrt', domain: [-1, 1] }, [])).toThrow('no sqrt scale from -1 to 1');
  });
});
