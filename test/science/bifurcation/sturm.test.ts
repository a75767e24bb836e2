import { describe, expect, test } from 'vitest';
import { countZeros } from '../../../src/science/bifurcation/sturm.ts';
import { plus, type Polynomial, times } from '../../../src/science/math/precision/integer-polynomial.ts';

/** (x − r₁)(x − r₂)… */
const withZeros = (...zeros: readonly bigint[]): Polynomial =>
  zeros.reduce<Polynomial>((product, zero) => times(product, [-zero, 1n]), [1n]);

describe('polynomials over the integers', () => {
  test('have the real zeros that they were made with, each counted once', () => {
    expect(countZeros(withZeros(-7n, 0n, 1n, 2n, 3n))).toEqual({ real: 5, all: 5 });
    expect(countZeros(withZeros(2n, 2n, 2n, 5n))).toEqual({ real: 2, all: 2 });
    // (x² + 1)(x − 4)(x + 3).
    expect(countZeros(times([1n, 0n, 1n], withZeros(4n, -3n)))).toEqual({ real: 2, all: 4 });
    expect(countZeros([5n])).toEqual({ real: 0, all: 0 });
    expect(() => countZeros([])).toThrow(/everywhere/);
  });

  test('tell zeros apart that doubles would not', () => {
    const far = 10n ** 30n;
    expect(countZeros(withZeros(far, far + 1n)).real).toBe(2);
    expect(countZeros(plus(times([-far, 1n], [-far, 1n]), [1n])).real).toBe(0);
  });
});
