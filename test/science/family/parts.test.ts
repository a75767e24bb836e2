import { describe, expect, it } from 'vitest';
import { fine, plain } from '../../../src/science/family/arithmetic.ts';
import { problemAt } from '../../../src/science/family/branch.ts';
import { branchOf } from '../../../src/science/family/families.ts';
import { foldBeyond } from '../../../src/science/family/fold.ts';
import { dimensionOf, type Irrep, irrepName } from '../../../src/science/family/irreps.ts';
import { isotropyName } from '../../../src/science/family/names.ts';
import { refine, solveFrom } from '../../../src/science/family/newton.ts';
import { deficit, normed, pairClasses, restOf } from '../../../src/science/family/pairs.ts';
import { type Curve, follow } from '../../../src/science/family/path.ts';
import { rootBetween } from '../../../src/science/family/root.ts';
import { areaSquared, columnSums, dot, type Row } from '../../../src/science/family/row.ts';
import {
  coordinateName,
  coordinatesOf,
  multiplicity,
  type Space,
} from '../../../src/science/family/space.ts';
import { eigenvaluesOf } from '../../../src/science/family/symmetric.ts';
import { denseRows, free, tied } from './support.ts';

const space: Space = { blocks: ['many', 'single', 'blank'], students: [tied(0), tied(1), free(2)] };

describe('the coordinates of a space', () => {
  it('are named as they are published, family by family', () => {
    expect(coordinatesOf(space).map(coordinateName)).toEqual([
      'diag1',
      'off1',
      'row1col2',
      'row2col1',
      'diag2',
      'row3col1',
      'row3col2',
    ]);
  });

  it('count the entries that share them, for real sizes too', () => {
    const sizes = [4.5, 1, 3];
    const counts = coordinatesOf(space).map((coordinate) => multiplicity(plain(), space, sizes, coordinate));
    expect(counts).toEqual([4.5, 4.5 * 3.5, 4.5, 4.5, 1, 9, 2]);
  });
});

const product = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

describe('rows with a spike', () => {
  const sizes = [4, 3];
  const two: Space = { blocks: ['many', 'many'], students: [tied(0), tied(1)] };
  const v: Row<number> = { block: 0, count: 4, spike: 1.25, levels: [0.5, -2] };
  const w: Row<number> = { block: 1, count: 3, spike: -0.75, levels: [0.25, 3] };
  const rows = (row: Row<number>) => {
    const { data, columns } = denseRows([row], sizes);
    return (i: number) => Array.from(data.subarray(i * columns, (i + 1) * columns));
  };

  it('have the inner products of the vectors they stand for', () => {
    expect(dot(plain(), sizes, v, v, true)).toBe(product(rows(v)(0), rows(v)(0)));
    expect(dot(plain(), sizes, v, v, false)).toBe(product(rows(v)(0), rows(v)(2)));
    expect(dot(plain(), sizes, v, w, false)).toBe(product(rows(v)(1), rows(w)(2)));
  });

  it('sum to the columns of their family', () => {
    const total = [0, 1, 2, 3].reduce(
      (sum, i) => sum.map((value, j) => value + (rows(v)(i)[j] as number)),
      Array.from({ length: 7 }, () => 0),
    );
    const [first, second] = columnSums(plain(), v) as [number, number];
    expect(total).toEqual([first, first, first, first, second, second, second]);
  });

  it.each([
    [v, v, true],
    [v, v, false],
    [v, w, false],
  ])('span the area that Lagrange gives', (left, right, same) => {
    const [a, b, c] = [
      dot(plain(), sizes, left, left, true),
      dot(plain(), sizes, right, right, true),
      dot(plain(), sizes, left, right, same),
    ];
    expect(areaSquared(plain(), two, sizes, left, right, same)).toBeCloseTo(a * b - c * c, 10);
  });

  it('keep the digits of the area where they are nearly parallel', () => {
    const near: Row<number> = { ...v, levels: [0.5, -2 + 2 ** -30] };
    // The minors of v and v + εe over the second block are ε times the entries of the first.
    const first = [1.75, 0.5, 0.5, 0.5];
    const expected = 3 * 2 ** -60 * product(first, first);
    expect(areaSquared(plain(), two, sizes, v, near, true) / expected).toBeCloseTo(1, 12);
  });
});

describe('what the kernel has beyond the perfect squares', () => {
  const sizes = [3];
  const one: Space = { blocks: ['many'], students: [tied(0)] };
  const pairFor = (level: number, spike: number) => {
    const w = normed(plain(), sizes, { block: 0, count: 3, spike, levels: [level] });
    const v = normed(plain(), sizes, { block: 0, count: 3, spike: 1, levels: [0] });
    const pairs = pairClasses(plain(), one, sizes, [w, v], 1);
    const found = pairs.find(({ right, relation }) => right === 1 && relation === 'same');
    return (found as (typeof pairs)[number]).pair;
  };

  it('is the kernel less |w||v| and the mean of w·v', () => {
    const pair = pairFor(0.4, -1.3);
    const kernel = pair.delta + pair.c * (Math.PI - Math.acos(pair.c / pair.root));
    expect(restOf(plain(), pair)).toBeCloseTo(kernel - pair.root - (Math.PI / 2) * pair.c, 13);
  });

  it.each([1e-3, 1e-6, -1e-6])(
    'vanishes like the square of the angle beside parallel rows (level %f)',
    (level) => {
      for (const sense of [1, -1]) {
        const pair = pairFor(level, sense);
        const angle = pair.delta / pair.root;
        expect(deficit(plain(), pair) / ((Math.PI / 4) * angle * angle)).toBeCloseTo(1, 2);
      }
    },
  );
});

describe('the eigenvalues of a small symmetric matrix', () => {
  it('are those of a matrix made from them', () => {
    // H = I − 2uuᵀ with u = (1, 2, 2)/3 is orthogonal: H diag(λ) H has the eigenvalues λ.
    const u = [1 / 3, 2 / 3, 2 / 3];
    const h = u.map((a, i) => u.map((b, j) => (i === j ? 1 : 0) - 2 * a * b));
    const lambda = [-3, 1e-3, 7];
    const matrix = h.map((row) =>
      h.map((other) => row.reduce((sum, x, k) => sum + x * (other[k] as number) * (lambda[k] as number), 0)),
    );
    const found = eigenvaluesOf(plain(), matrix, 1e-16);
    found.forEach((value, i) => expect(value).toBeCloseTo(lambda[i] as number, 14));
  });

  it('keep 25 digits in double-doubles, beside one 10^6 times as large', () => {
    const field = fine();
    const [a, b, c] = [1e6, 1, 0.25].map((value) => field.fromNumber(value)) as [never, never, never];
    const low = eigenvaluesOf(
      field,
      [
        [a, b],
        [b, c],
      ],
      1e-30,
    )[0] as typeof field.zero;
    // λ satisfies λ² − (a + c)λ + ac − 1 = 0.
    const residual = field.sub(field.mul(field.sub(low, a), field.sub(low, c)), field.one);
    expect(Math.abs(field.toNumber(residual))).toBeLessThan(1e-22);
  });

  it('of a diagonal matrix are its entries, in order', () => {
    expect(
      eigenvaluesOf(
        plain(),
        [
          [2, 0],
          [0, -1],
        ],
        1e-16,
      ),
    ).toEqual([-1, 2]);
  });
});

describe('a bracketed zero', () => {
  it('is found to the tolerance, with an interval where the sign changes', () => {
    const { at, width, evaluations } = rootBetween((x) => x * x * x - 2, 0.5, 3, 1e-14);
    expect(at ** 3).toBeCloseTo(2, 12);
    expect(width).toBeLessThan(3e-14);
    expect(evaluations).toBeLessThan(30);
  });

  it('is found where the function is flat on one side', () => {
    const { at } = rootBetween((x) => (x < 1 ? -1e-9 : x - 1 + 1e-12), 0, 5, 1e-13);
    expect(at).toBeCloseTo(1, 12);
  });

  it('is refused where the signs agree', () => {
    expect(() => rootBetween((x) => x * x + 1, -1, 1, 1e-10)).toThrow(RangeError);
  });
});

/** y² = parameter, the branch nearest to the start; there is none for negative parameters. */
const parabola: Curve = {
  scales: () => [1],
  solve: (parameter, start) => {
    const root = Math.sqrt(Math.max(0, parameter));
    const values = [(start[0] as number) < 0 ? -root : root];
    return { status: parameter < 0 ? 'stalled' : 'converged', values, residual: 0, iterations: 1 };
  },
};

describe('a path', () => {
  const stride = { first: 0.05, longest: 0.3, shortest: 1e-6, correction: 0.05 };

  it('arrives at its end exactly', () => {
    const path = follow(parabola, { parameter: 1, values: [-1] }, 2.5, stride);
    expect(path.status).toBe('arrived');
    expect(path.points.at(-1)).toEqual({ parameter: 2.5, values: [-Math.sqrt(2.5)] });
    expect(path.correction).toBeLessThanOrEqual(0.05);
  });

  it('stays on its side and ends at a fold', () => {
    const path = follow(parabola, { parameter: 1, values: [-1] }, -1, stride);
    expect(path.status).toBe('ended');
    expect(path.points.every(({ values }) => (values[0] as number) <= 0)).toBe(true);
    expect(path.points.at(-1)?.parameter).toBeLessThan(0.01);
  });
});

describe('Newton on the reduced equations', () => {
  const branch = branchOf('2');
  const problem = problemAt(plain(), branch, 30);
  const start = [1, 0, 2 / 28, 1.3 / 28, -0.9, 1.9 / 28];
  const scales = [1, 1 / 30, 1 / 30, 1 / 30, 1, 1 / 30];

  it('converges from a start nearby, and refines to double-doubles', () => {
    const solved = solveFrom(problem, start, scales);
    expect(solved.status).toBe('converged');
    expect(solved.residual).toBeLessThan(1e-12);
    const refined = refine(problemAt(fine(), branch, fine().fromNumber(30)), problem, solved.values, 1e-28);
    expect(refined?.residual).toBeLessThan(1e-26);
    refined?.values.forEach(({ hi }, i) => expect(hi).toBeCloseTo(solved.values[i] as number, 12));
  });

  it('says so where it cannot refine', () => {
    const far = [5, 3, -2, 1, 4, -1];
    expect(refine(problemAt(fine(), branch, fine().fromNumber(30)), problem, far, 1e-28)).toBeUndefined();
  });

  it('does not claim a point for a start that is no matrix', () => {
    expect(solveFrom(problem, [Number.NaN, 0, 0, 0, 0, 0], scales).status).toBe('stalled');
  });
});

describe('a branch that does not fold', () => {
  it('has no fold', () => {
    const points = [8.1, 8].map((d) => {
      const { values } = solveFrom(problemAt(plain(), branchOf('A'), d), [2 / d - 1, 2 / d], [1, 1 / d]);
      return { parameter: 1 / Math.sqrt(d), values };
    });
    expect(foldBeyond(branchOf('A'), points)).toBeUndefined();
  });
});

describe('names', () => {
  it.each([
    [[20], [], 'ΔS_20'],
    [[19, 1], [], 'Δ(S_19×S_1)'],
    [[2, 5], [], 'Δ(S_5×S_2)'],
    [[19, 1], [1], 'Δ(S_19×S_1)'],
    [[20], [2], 'ΔS_20×S_2'],
  ])('of the isotropy of sizes %j with extra rows %j', (sizes, copies, name) => {
    expect(isotropyName(sizes, copies)).toBe(name);
  });

  it('of irreps on equal rows and blank inputs', () => {
    const irreps: Irrep[] = [
      { kind: 'free', family: 2 },
      { kind: 'free*s', family: 2, block: 0 },
      { kind: 'blank', block: 2, rows: { kind: 's', block: 0 } },
      { kind: 'blank', block: 2, rows: { kind: 'free', family: 2 } },
    ];
    expect(irreps.map((irrep) => irrepName(irrep, space))).toEqual(['e1', 'e1*s', 's*o', 'e1*o']);
    expect(irreps.map((irrep) => dimensionOf(irrep, space, [4, 1, 3]))).toEqual([1, 3, 9, 3]);
  });
});
