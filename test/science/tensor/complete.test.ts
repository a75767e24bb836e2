/** In the space of ΔS_d nothing is missing: the critical points are the zeros of a polynomial over the integers. */
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { countZeros } from '../../../src/science/bifurcation/sturm.ts';
import {
  constant,
  minus,
  plus,
  type Polynomial,
  times,
} from '../../../src/science/math/precision/integer-polynomial.ts';
import { tensorNorm } from '../../../src/science/tensor/kernel.ts';
import { plainProblem } from '../../../src/science/tensor/reduced-refine.ts';
import { searchReduced } from '../../../src/science/tensor/reduced-search.ts';

function power(p: Polynomial, n: number): Polynomial {
  return Array.from({ length: n }, () => p).reduce<Polynomial>(
    (product, factor) => times(product, factor),
    [1n],
  );
}

/**
 * For W = α(I + x(11ᵀ − I)) and odd n, ∇L = 0 says αⁿA(x) = 1 and αⁿB(x) = xⁿ⁻¹ with
 * A = sⁿ⁻¹ + (d−1) x rⁿ⁻¹, B = x sⁿ⁻¹ + (1 + (d−2) x) rⁿ⁻¹, s = 1 + (d−1)x², r = 2x + (d−2)x² (the products of equal
 * and of different rows): so xⁿ⁻¹A = B, and one α for each such x with A ≠ 0. α = 0 gives W = 0 alone.
 */
function ratios(n: number, d: bigint): Polynomial {
  const s = power([1n, 0n, d - 1n], n - 1);
  const r = power([0n, 2n, d - 2n], n - 1);
  const a = plus(s, times([0n, d - 1n], r));
  const b = plus(times([0n, 1n], s), times(plus(constant(1n), [0n, d - 2n]), r));
  return minus(times(power([0n, 1n], n - 1), a), b);
}

describe('the critical points that ΔS_d fixes, in the Frobenius norm with odd n,', () => {
  test('are as many as the polynomial has real zeros, and W = 0: the search finds all', () => {
    for (const n of [3, 5] as const)
      for (const d of [4, 8, 20]) {
        const { real } = countZeros(ratios(n, BigInt(d)));
        const problem = plainProblem(tensorNorm(n === 3 ? 'frobenius-3' : 'frobenius-5'), d, 0);
        const { points } = searchReduced(problem, 40, randomStream('2d'.repeat(16)));
        expect([n, d, points.length]).toEqual([n, d, real + 1]);
      }
  });

  test('have the ratios 0 and 1 of the target and of rank one, and one more', () => {
    for (const n of [3, 5])
      for (const d of [3n, 8n, 1000n]) {
        const p = ratios(n, d);
        expect(p[0]).toBe(0n);
        expect(p.reduce((sum, value) => sum + value, 0n)).toBe(0n);
        expect(countZeros(p).real).toBe(3);
      }
  });
});
