/** Pinned bits of everything dense, below and above the size at which WebAssembly takes over: every engine must give them. */
import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  choleskyFactor,
  choleskySolve,
  luFactor,
  solve,
  symmetricEigen,
} from '../../../../src/science/math/linear.ts';
import { multiply, multiplyTransposed } from '../../../../src/science/math/matrix.ts';
import { randomDefinite, randomMatrix, randomSymmetric } from '../support/matrices.ts';

/** Digest of doubles, little-endian. */
const digest = (...arrays: readonly Float64Array[]) =>
  hash('sha256', new Uint8Array(Float64Array.of(...arrays.flatMap((x) => [...x])).buffer), 'hex').slice(
    0,
    32,
  );

function dense(n: number): Record<string, string> {
  const [a, b] = [randomMatrix(n, n, 4001), randomMatrix(n, n, 4002)];
  const definite = randomDefinite(n, 4003);
  const lu = luFactor(a);
  const solution = solve(a, b.data.slice(0, n));
  const factor = choleskyFactor(definite);
  const { values, vectors } = symmetricEigen(randomSymmetric(n, 4004));
  if (lu.status === 'singular' || solution.status === 'singular' || factor === undefined) return {};
  return {
    product: digest(multiply(a, b).data, multiplyTransposed(a, b).data),
    lu: digest(lu.factors.data, Float64Array.of(lu.reciprocalCondition), solution.x),
    cholesky: digest(factor.data, choleskySolve(factor, b.data.slice(0, n))),
    eigen: digest(values, vectors.data),
  };
}

describe('pinned bits', () => {
  it.each([
    [
      5,
      {
        product: '1f9690a5416dda3430f1577b964b268f',
        lu: 'fffc80590c9caed8389876f5a962b258',
        cholesky: 'c0728092e563902a84e27593c01491d1',
        eigen: '96b134e317a93bce7fc89d5fd6cd1851',
      },
    ],
    [
      30,
      {
        product: '1667fcfa707d898e91a242659c302d4e',
        lu: 'b1be2ea6a67567783e6b1dace94389c5',
        cholesky: 'ea112613989cf226048c613b7e620ef6',
        eigen: 'e7852cb1b35754f5fdfe2ab5c8c7a836',
      },
    ],
    [
      131,
      {
        product: '8b351cfc8f8aa81f8ab1bc48f95943d3',
        lu: '9fcdb2491019dcf643f711981af2aaa3',
        cholesky: 'd0b60246361679dda9459a2a62388823',
        eigen: '0d4846905d852c4ad90a82427983e5b9',
      },
    ],
  ])('at n = %i', (n, pins) => {
    expect(dense(n)).toEqual(pins);
  });
});
