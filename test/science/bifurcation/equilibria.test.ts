import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { branches, choose, counts, onAxis, turningPoint } from '../../../src/science/bifurcation/branches.ts';
import {
  type Model,
  basis,
  eigenvalues,
  equilibrium,
  field,
  linearisation,
} from '../../../src/science/bifurcation/vector-field.ts';
import { verifiedBranches } from '../../../src/science/bifurcation/verify.ts';

const norm = (x: ArrayLike<number>) =>
  Math.sqrt(Array.from(x).reduce((sum, entry) => sum + entry * entry, 0));

/** Points of H with entries of size about 1. */
function samples(n: number, count: number): number[][] {
  const stream = randomStream('5a'.repeat(16));
  return Array.from({ length: count }, () => {
    const x = Array.from({ length: n }, () => 2 * stream.uniform() - 1);
    const mean = x.reduce((sum, entry) => sum + entry, 0) / n;
    return x.map((entry) => entry - mean);
  });
}

describe('the vector field', () => {
  const model: Model = { n: 5, lambda: 0.7, beta: 0.3, c: [-3, -1, 0, 1, 3] };

  test('stays in H', () => {
    for (const x of samples(5, 5))
      expect(field(model, x).reduce((sum, entry) => sum + entry, 0)).toBeCloseTo(0, 13);
  });

  test('commutes with permutations where c = 0', () => {
    const rotate = (x: ArrayLike<number>) => Array.from(x, (_, i) => x[(i + 1) % 5]!);
    for (const x of samples(5, 3)) {
      const image = field({ ...model, c: [0, 0, 0, 0, 0] }, rotate(x));
      const moved = rotate(field({ ...model, c: [0, 0, 0, 0, 0] }, x));
      image.forEach((entry, i) => expect(entry).toBeCloseTo(moved[i]!, 13));
    }
  });

  test('has the linearisation that differences give', () => {
    const vectors = basis(5);
    const h = 1e-5;
    for (const x of samples(5, 4)) {
      const exact = linearisation(model, x);
      vectors.forEach((v, j) => {
        const ahead = field(
          model,
          x.map((entry, k) => entry + h * v[k]!),
        );
        const behind = field(
          model,
          x.map((entry, k) => entry - h * v[k]!),
        );
        vectors.forEach((u, i) => {
          const slope = u.reduce((sum, part, k) => sum + part * (ahead[k]! - behind[k]!), 0) / (2 * h);
          expect(Math.abs(exact.data[i * 4 + j]! - slope)).toBeLessThan(1e-8);
        });
      });
    }
  });

  test('is written in an orthonormal basis of H', () => {
    const vectors = basis(6);
    vectors.forEach((u, i) => {
      expect(u.reduce((sum, part) => sum + part, 0)).toBeCloseTo(0, 14);
      vectors.forEach((v, j) =>
        expect(u.reduce((sum, part, k) => sum + part * v[k]!, 0)).toBeCloseTo(i === j ? 1 : 0, 14),
      );
    });
  });
});

describe('the branches', () => {
  test('are t = −λp(n−p)/(n−2p) for p < n/2 without a cubic term', () => {
    for (let n = 3; n <= 12; n++)
      for (const lambda of [-0.8, 1.3]) {
        const found = branches(n, lambda, 0);
        expect(found.map(({ p }) => p)).toEqual(
          Array.from({ length: Math.ceil(n / 2) - 1 }, (_, i) => i + 1),
        );
        for (const { p, t } of found) expect(t).toBeCloseTo((-lambda * p * (n - p)) / (n - 2 * p), 12);
      }
  });

  test('have n−p−1 positive and p negative eigenvalues for λ > 0, and the reverse for λ < 0', () => {
    for (let n = 3; n <= 12; n++) {
      for (const branch of branches(n, 1, 0))
        expect(counts(branch)).toEqual({ positive: n - branch.p - 1, negative: branch.p });
      for (const branch of branches(n, -1, 0))
        expect(counts(branch)).toEqual({ positive: branch.p, negative: n - branch.p - 1 });
    }
  });

  test('are equilibria, with the eigenvalues that a dense solver finds', () => {
    for (const [n, lambda, beta] of [
      [3, 1, 0],
      [7, -2, 0],
      [12, 0.5, 0],
      [6, 0.001, 1],
      [6, -0.001, 1],
    ] as const)
      for (const branch of branches(n, lambda, beta)) {
        const x = onAxis(n, branch.p, branch.t);
        expect(norm(field({ n, lambda, beta }, x))).toBeLessThan(1e-13 * Math.max(1, norm(x)));
        const expected = branch.levels.flatMap(({ value, multiplicity }) =>
          Array<number>(multiplicity).fill(value),
        );
        const found = eigenvalues({ n, lambda, beta }, x);
        expect(found).toHaveLength(n - 1);
        expected
          .sort((a, b) => a - b)
          .forEach((value, i) => expect(found[i]! / norm(x)).toBeCloseTo(value / norm(x), 10));
      }
  });

  test('of even n with a cubic term have a pitchfork of S_p×S_p for λ > 0 alone, unstable from n = 4 on', () => {
    for (const n of [4, 6, 8, 10, 12]) {
      const middle = (lambda: number) => branches(n, lambda, 0.5).filter(({ p }) => 2 * p === n);
      expect(middle(-0.001)).toEqual([]);
      const [branch] = middle(0.001);
      expect(branch!.t).toBeCloseTo(Math.sqrt((0.001 * n) / 2), 12);
      expect(counts(branch!)).toEqual({ positive: n / 2 - 1, negative: n / 2 });
    }
  });

  test('of p < n/2 turn where the cubic term balances the quadratic one', () => {
    const { lambda, t } = turningPoint(6, 1, 0.5);
    expect(branches(6, lambda * 1.0001, 0.5).filter(({ p }) => p === 1)).toEqual([]);
    const near = branches(6, lambda * 0.999999, 0.5).filter(({ p }) => p === 1);
    expect(near).toHaveLength(2);
    for (const branch of near) expect(Math.abs(branch.t / t - 1)).toBeLessThan(0.002);
  });

  test('are all that Newton’s method finds from many starts', () => {
    for (const n of [3, 4, 5]) {
      const found = new Set<string>();
      for (const start of samples(n, 400)) {
        const { status, x } = equilibrium(
          { n, lambda: 1, beta: 0 },
          start.map((entry) => 5 * entry),
        );
        if (status === 'converged' && norm(x) > 1e-6 && norm(x) < 1e3)
          found.add(Array.from(x, (entry) => (Math.round(entry * 1e6) + 0).toString()).join());
      }
      const all = branches(n, 1, 0).reduce((sum, { copies }) => sum + copies, 0);
      expect(found.size).toBe(all);
      expect(all).toBe(n % 2 === 1 ? 2 ** (n - 1) - 1 : 2 ** (n - 1) - choose(n, n / 2) / 2 - 1);
    }
  });

  test('come out of Newton’s method and a dense eigensolver as of the closed forms', () => {
    for (const [n, lambda, beta] of [
      [5, 1, 0],
      [12, -1, 0],
      [8, 0.001, 1],
    ] as const)
      for (const found of verifiedBranches(n, lambda, beta)) {
        expect(found.status).toBe('converged');
        expect(found.positionError).toBeLessThan(1e-12);
        expect(found.eigenvalueError).toBeLessThan(1e-12);
        expect(found.agrees).toBe(true);
      }
  });
});
