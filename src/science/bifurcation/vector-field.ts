/**
 * The vector field x' = λx + Q(x) − β|x|²x + c on H = {x ∈ Rⁿ : Σ x_i = 0}, with Q_i = x_i² − (1/n) Σ x_j²: the normal
 * form of bifurcation on the standard representation of S_n (arXiv:2107.02422), and its forced
 * symmetry breaking by c.
 */
import { type Matrix, matrix } from '../math/matrix.ts';
import { solve, symmetricEigenvalues } from '../math/linear.ts';

/** One field. `c` has n entries of sum 0; left out it is 0. */
export interface Model {
  readonly n: number;
  readonly lambda: number;
  readonly beta: number;
  readonly c?: readonly number[];
}

/** f(x) for x ∈ H, n entries. */
export function field({ n, lambda, beta, c }: Model, x: ArrayLike<number>): Float64Array {
  const square = squares(x, n);
  return Float64Array.from({ length: n }, (_, i) => {
    const at = x[i]!;
    return lambda * at + (at * at - square / n) - beta * square * at + (c?.[i] ?? 0);
  });
}

/**
 * Df(x) on H, (n−1)×(n−1), in the orthonormal basis of {@link basis}. It is symmetric: f is the gradient of
 * λ|x|²/2 + Σx³/3 − β|x|⁴/4 + c·x, so that f = −∇L with Hessian −Df.
 */
export function linearisation({ n, lambda, beta }: Model, x: ArrayLike<number>): Matrix {
  const square = squares(x, n);
  const vectors = basis(n);
  const along = vectors.map((u) => inner(u, x));
  const a = matrix(n - 1, n - 1);
  vectors.forEach((u, i) => {
    vectors.forEach((v, j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += 2 * x[k]! * u[k]! * v[k]!;
      const diagonal = i === j ? lambda - beta * square : 0;
      a.data[i * (n - 1) + j] = diagonal + sum - 2 * beta * along[i]! * along[j]!;
    });
  });
  return a;
}

/** The n−1 Helmert vectors (1, …, 1, −i, 0, …)/√(i(i+1)), an orthonormal basis of H. */
export function basis(n: number): Float64Array[] {
  return Array.from({ length: n - 1 }, (_, at) => {
    const i = at + 1;
    const norm = Math.sqrt(i * (i + 1));
    return Float64Array.from({ length: n }, (_entry, k) => (k < i ? 1 / norm : k === i ? -i / norm : 0));
  });
}

/** A zero of the field, as Newton's method left it. */
export interface Equilibrium {
  /** `converged` where ‖f‖ is 1e-15 of its parts or less, or small and no longer shrinks; `lost` where it did not get there in 50 steps or met a singular Df. */
  readonly status: 'converged' | 'lost';
  readonly x: Float64Array;
  /** ‖f(x)‖. */
  readonly residual: number;
}

const steps = 50;
const converged = 1e-15;
const small = 1e-11;

/** Newton's method in H from `start`, whose mean is taken off first. */
export function equilibrium(model: Model, start: ArrayLike<number>): Equilibrium {
  const vectors = basis(model.n);
  let x = centred(start, model.n);
  let [residual, last] = [residualAt(model, x), Infinity];
  for (let step = 0; step < steps; step++) {
    const scale = sizeOf(model, x);
    if (residual <= converged * scale || (residual >= last && last <= small * scale))
      return { status: 'converged', x, residual };
    const value = field(model, x);
    const jacobian = linearisation(model, x);
    const change = solve(
      jacobian,
      Float64Array.from(vectors, (u) => inner(u, value)),
    );
    if (change.status === 'singular') break;
    const next = x.map((entry, k) => vectors.reduce((sum, u, i) => sum - change.x[i]! * u[k]!, entry));
    if (!next.every((entry) => Number.isFinite(entry))) break;
    [x, last] = [next, residual];
    residual = residualAt(model, x);
  }
  return { status: 'lost', x, residual };
}

function residualAt(model: Model, x: Float64Array): number {
  const value = field(model, x);
  return Math.sqrt(inner(value, value));
}

/** The size of the parts that cancel in f(x). */
function sizeOf({ n, lambda, beta, c }: Model, x: Float64Array): number {
  const square = squares(x, n);
  const size = Math.sqrt(square);
  return (
    Math.abs(lambda) * size +
    square +
    Math.abs(beta) * square * size +
    Math.sqrt(squares(c ?? [], c?.length ?? 0))
  );
}

/** The eigenvalues of Df(x) on H, ascending. */
export function eigenvalues(model: Model, x: ArrayLike<number>): Float64Array {
  return symmetricEigenvalues(linearisation(model, x));
}

function centred(x: ArrayLike<number>, n: number): Float64Array {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i]!;
  return Float64Array.from({ length: n }, (_, i) => x[i]! - sum / n);
}

function squares(x: ArrayLike<number>, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i]! * x[i]!;
  return sum;
}

function inner(u: Float64Array, v: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * v[i]!;
  return sum;
}
