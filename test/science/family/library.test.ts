/** The library as somebody meets it who has only `import … from 'colophon/science'`, with and without types. */
import { describe, expect, it } from 'vitest';
import * as science from '../../../src/science/index.ts';

const { criticalPoint, familyNames, NoSuchPoint, series, spectrum, threshold } = science;
const untyped = (query: unknown) => query as never;

describe('the library', () => {
  it('gives every family at odd dimensions, from its end to 10^9', () => {
    for (const family of familyNames) {
      for (const d of [9.25, 20, 1e7, 1e9]) {
        const { point, lines, minEigenvalue } = spectrum({ family, d });
        expect([point.family, point.d, point.k]).toEqual([family, d, d]);
        expect(point.gradientNorm).toBeLessThan(1e-17);
        expect(minEigenvalue).toBe(Math.min(...lines.map(({ eigenvalue }) => eigenvalue)));
        const copies = lines.reduce((sum, { multiplicity }) => sum + multiplicity, 0);
        expect(copies / (d * d)).toBeCloseTo(1, 12);
      }
    }
  });

  it('says index and nullity for integer d alone', () => {
    expect(spectrum({ family: 'A', d: 5.75 })).toMatchObject({ index: null, nullity: null });
    expect(spectrum({ family: 'A', d: 5 }).index).toBeGreaterThan(0);
    expect(spectrum({ family: 'A', d: 6 })).toMatchObject({ index: 0, nullity: 0 });
  });

  it('finds no threshold of the global minimum', () => {
    expect(threshold({ family: 'global' })).toBeUndefined();
    expect(threshold({ family: 'A' })?.d).toBeCloseTo(5.7638127349, 9);
  });

  it.each([
    [{ family: 'B', d: 10 }, '"B" is no spurious family: they are A, I, II, 2, 3, 4, 5, 6'],
    [{ family: 'A+1', d: 10 }, '"A+1" is no spurious family'],
    [{ family: '7', d: 10 }, '"7" is no spurious family'],
    [{ family: 'A', d: '10' }, 'a dimension is a finite number, not "10"'],
    [{ family: 'A', d: Number.NaN }, 'a dimension is a finite number'],
    [{ family: 'A' }, 'a dimension is a finite number, not undefined'],
    [{ family: 'A', d: 8, k: 9 }, 'a target of 9 orthogonal neurons needs as many inputs, not 8'],
  ])('refuses %j', (query, message) => {
    expect(() => criticalPoint(untyped(query))).toThrow(message);
    expect(() => spectrum(untyped(query))).toThrow(RangeError);
  });

  it('says how far down a branch goes', () => {
    expect(() => criticalPoint({ family: 'I', d: 2.5 })).toThrow(NoSuchPoint);
    expect(() => criticalPoint({ family: '2', d: 3.2 })).toThrow(/followed as far as d = 3\.43/);
    expect(() => criticalPoint({ family: 'A', d: -3 })).toThrow(NoSuchPoint);
  });

  it('refuses series that are none', () => {
    expect(() => series({ family: 'A', quantity: 'diag2' })).toThrow('family A has no quantity diag2');
    expect(() => series({ family: 'A', terms: 0 })).toThrow('1 to 12 terms');
    expect(() => series(untyped({ family: 'Z' }))).toThrow('no spurious family');
  });
});
