/**
 * The equations of tangency arcs: points W = C + r u, |u| = 1, with ∇L(W) = μ (W − C), that is, critical points of
 * L on the spheres around a critical point C (Y. Arjevani, arXiv:2312.16819).
 *
 * In the unknowns (u, μ, r) they are ∇L(C + r u)/r = μ u and (|u|² − 1)/2 = 0. At r = 0 the first is H(C) u = μ u, so
 * that arcs begin at eigenvectors, and W = C itself, which solves ∇L = μ (W − C) for every μ, is no solution.
 */
import { dot, type Matrix, matrix } from '../math/matrix.ts';
import { symmetricEigenvalues } from '../math/linear.ts';
import type { Landscape } from './landscape.ts';

/** A point of an arc; r < 0 stands for the same as (−u, −r). */
export interface ArcPoint {
  readonly u: Float64Array;
  readonly mu: number;
  readonly r: number;
}

/** The residual of the equations at a point, with their derivatives. */
export interface Linearised {
  /** size + 1 entries: the equation of each coordinate, then that of the length. */
  readonly residual: Float64Array;
  /** (size + 1) × (size + 2): by u, μ, r. */
  readonly jacobian: Matrix;
}

/** Under this radius ∇L(C + r u)/r is taken to be H u: it is that to O(r), where its rounding would be larger. */
const tiny = 1e-7;

/** W = C + r u. */
export function placeOf(centre: Float64Array, { u, r }: ArcPoint): Float64Array {
  return centre.map((value, i) => value + r * (u[i] as number));
}

/** The equations around `centre`. Throws RangeError where the function has no derivative. */
export function linearise(landscape: Landscape, centre: Float64Array, point: ArcPoint): Linearised {
  const n = landscape.size;
  const { u, mu, r } = point;
  const place = placeOf(centre, point);
  const curvature = landscape.hessian(place);
  const turned = times(curvature, u);
  const near = Math.abs(r) < tiny;
  const slope = near ? turned : landscape.gradient(place).map((value) => value / r);
  const jacobian = matrix(n + 1, n + 2);
  const residual = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const at = i * (n + 2);
    for (let j = 0; j < n; j++) jacobian.data[at + j] = entry(curvature, i, j) - (i === j ? mu : 0);
    jacobian.data[at + n] = -(u[i] as number);
    jacobian.data[at + n + 1] = near ? 0 : ((turned[i] as number) - (slope[i] as number)) / r;
    jacobian.data[n * (n + 2) + i] = u[i] as number;
    residual[i] = (slope[i] as number) - mu * (u[i] as number);
  }
  residual[n] = (dot(u, u) - 1) / 2;
  return { residual, jacobian };
}

/** The entry of a symmetric matrix of which the lower triangle counts. */
function entry({ columns, data }: Matrix, i: number, j: number): number {
  return (i >= j ? data[i * columns + j] : data[j * columns + i]) as number;
}

function times(a: Matrix, x: Float64Array): Float64Array {
  return x.map((_, i) => x.reduce((sum, value, j) => sum + entry(a, i, j) * value, 0));
}

/**
 * How many directions along the sphere lower L to second order: the negative eigenvalues of ∇²L − μ on the
 * complement of u. The matrix bordered by u has those and one pair more.
 */
export function indexOnSphere(curvature: Matrix, { u, mu }: ArcPoint): number {
  const n = u.length;
  const bordered = matrix(n + 1, n + 1);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) bordered.data[i * (n + 1) + j] = entry(curvature, i, j) - (i === j ? mu : 0);
    bordered.data[n * (n + 1) + i] = u[i] as number;
  }
  return symmetricEigenvalues(bordered).filter((value) => value < 0).length - 1;
}
