/** Holds a point of a family of tensor decompositions against the dense gradient and Hessian of the whole matrix. */
import { plain } from '../family/arithmetic.ts';
import { studentRows } from '../family/row.ts';
import { symmetricEigenvalues } from '../math/linear.ts';
import { frobenius, type Matrix, matrix } from '../math/matrix.ts';
import { type DescribedPoint } from './families.ts';
import type { Setting } from './family-path.ts';
import { gradient, hessian, loss } from './objective.ts';
import { describe } from './point.ts';
import { plainProblem } from './reduced-refine.ts';

/** How the reduced and the dense computation agree. */
export interface DenseCheck {
  readonly d: number;
  /** The group that fixes the matrix, signed for even order. */
  readonly isotropy: string;
  readonly index: number;
  readonly nullity: number;
  readonly gradientNorm: number;
  /** The difference of the losses over max(1, L). */
  readonly lossError: number;
  /** The largest difference of sorted eigenvalues over max(1, ‖H‖). */
  readonly eigenvalueError: number;
}

/** The d×d matrix of a point with isotropy Δ(S_{d−m}×S_m), entries rounded to doubles. */
export function familyMatrix({ norm, m }: Setting, d: number, entries: readonly number[]): Matrix {
  const { space, sizes, coordinates } = plainProblem(norm, d, m);
  const full = matrix(d, d);
  let at = 0;
  for (const row of studentRows(plain(), space, sizes, coordinates, entries))
    for (let place = 0; place < row.count; place++)
      sizes.forEach((size, block) => {
        for (let j = 0; j < size; j++)
          full.data[at++] = row.levels[block]! + (row.block === block && j === place ? row.spike : 0);
      });
  return full;
}

/** The check at an integer d. */
export function denseCheck(setting: Setting, point: DescribedPoint): DenseCheck {
  const { norm } = setting;
  const weights = familyMatrix(setting, point.d, point.entries);
  const level = loss(norm, weights);
  const gradientNorm = frobenius(gradient(norm, weights));
  const found = describe(
    norm,
    { status: 'converged', weights, loss: level, gradientNorm, steps: 0 },
    'newton',
  );
  const dense = symmetricEigenvalues(hessian(norm, weights));
  const reduced = Float64Array.from(
    point.levels.flatMap(({ values, multiplicity }) =>
      Array.from({ length: multiplicity }, () => values).flat(),
    ),
  ).sort();
  const size = Math.max(1, Math.abs(dense[0]!), Math.abs(dense.at(-1)!));
  return {
    d: point.d,
    isotropy: found.isotropy,
    index: found.inertia.index,
    nullity: found.inertia.nullity,
    gradientNorm,
    lossError: Math.abs(level - point.loss) / Math.max(1, point.loss),
    eigenvalueError:
      dense.reduce((most, value, i) => Math.max(most, Math.abs(value - reduced[i]!)), 0) / size,
  };
}
