import { describe, expect, it } from 'vitest';
import { exactField } from '../../../../src/science/math/precision/exact-field.ts';
import { type PiNumber, piNumbers } from '../../../../src/science/math/precision/pi-number.ts';
import { seriesField } from '../../../../src/science/math/precision/series-field.ts';
import { NoPivot, solveSeries } from '../../../../src/science/math/precision/series-linear.ts';
import {
  monomial,
  type Series,
  seriesOf,
  type SeriesRing,
} from '../../../../src/science/math/precision/series.ts';

const base = exactField(piNumbers(1));
const ring: SeriesRing<PiNumber> = { base, terms: 6, isNegligible: base.isZero, dot: base.dot };
const field = seriesField(ring);
const t = (power: number, factor = 1) => monomial(ring, base.fromNumber(factor), power);

/** Whether no known term of a − b is other than zero. */
function agree(a: Series<PiNumber>, b: Series<PiNumber>): boolean {
  return field.sub(a, b).coefficients.length === 0;
}

describe('linear equations in series', () => {
  it('are solved with entries of many powers, and the terms lost are not counted', () => {
    const matrix = [
      [t(-4), t(-4, 2), t(0)],
      [t(-4, 2), field.add(t(-4, 4), t(-2, 3)), t(1)],
      [t(0), t(1), field.add(t(0, 5), field.mul(field.pi, t(2)))],
    ];
    const solution = [field.add(t(0), t(3)), t(1, -2), field.mul(field.pi, t(-1))];
    const right = matrix.map((row) =>
      row.map((entry, j) => field.mul(entry, solution[j] as Series<PiNumber>)).reduce(field.add),
    );
    const found = solveSeries(ring, matrix, right);
    found.forEach((x, i) => expect(agree(x, solution[i] as Series<PiNumber>)).toBe(true));
    expect(Math.min(...found.map(({ coefficients }) => coefficients.length))).toBeGreaterThan(1);
    expect(found[0]!.coefficients.length).toBeLessThan(ring.terms);
  });

  it('need a pivot of which a term is known', () => {
    const unknown = seriesOf(ring, 3, []);
    expect(() => solveSeries(ring, [[unknown]], [t(0)])).toThrow(NoPivot);
    const dependent = [
      [t(0), t(1)],
      [t(0, 2), t(1, 2)],
    ];
    expect(() => solveSeries(ring, dependent, [t(0), t(0)])).toThrow(NoPivot);
  });

  it('with a zero in the corner exchange rows', () => {
    const [x, y] = solveSeries(
      ring,
      [
        [field.zero, t(0, 2)],
        [t(2), t(0)],
      ],
      [t(1, 4), t(1, 3)],
    );
    expect(agree(y!, t(1, 2))).toBe(true);
    expect(agree(x!, t(-1))).toBe(true);
  });
});
