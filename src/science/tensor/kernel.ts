/**
 * Inner products of symmetric tensors w^{⊗n}, as kernels κ(w, v) = a p^n + b |w|²|v|² p with p = w·v: the Frobenius
 * norm (a = 1, b = 0), and for n = 3 the cubic Gaussian norm E (w·x)³(v·x)³ = 6 p³ + 9 |w|²|v|² p, x ∼ N(0, I)
 * (arXiv:2103.06234).
 */

/** One of the norms. `b` is 0 unless the order is 3. */
export interface TensorNorm {
  readonly name: string;
  readonly order: number;
  readonly a: number;
  readonly b: number;
}

export type TensorNormName = 'frobenius-3' | 'frobenius-4' | 'frobenius-5' | 'gaussian-3';

/** The norm of a name. */
export function tensorNorm(name: TensorNormName): TensorNorm {
  if (name === 'gaussian-3') return { name, order: 3, a: 6, b: 9 };
  return { name, order: Number(name.slice(-1)), a: 1, b: 0 };
}

/** x^n for an integer n ≥ 0. */
export function powerOf(x: number, n: number): number {
  let product = 1;
  for (let i = 0; i < n; i++) product *= x;
  return product;
}

type Vector = Float64Array;

export function inner(w: Vector, v: Vector): number {
  let sum = 0;
  for (let i = 0; i < w.length; i++) sum += w[i]! * v[i]!;
  return sum;
}

/** κ(w, v). */
export function kernel({ order, a, b }: TensorNorm, w: Vector, v: Vector): number {
  const p = inner(w, v);
  return a * powerOf(p, order) + (b === 0 ? 0 : b * inner(w, w) * inner(v, v) * p);
}

/** Adds `factor` times ∂κ/∂w to `into`. */
export function addSlope(
  { order, a, b }: TensorNorm,
  w: Vector,
  v: Vector,
  factor: number,
  into: Vector,
): void {
  const p = inner(w, v);
  const [ww, vv] = [inner(w, w), inner(v, v)];
  const alongV = factor * (a * order * powerOf(p, order - 1) + b * ww * vv);
  const alongW = factor * 2 * b * vv * p;
  for (let i = 0; i < w.length; i++) into[i]! += alongV * v[i]! + alongW * w[i]!;
}

/** Where a d×d block lies: entry (i, j) is data[at + i · stride + j]. */
export interface Block {
  readonly data: Float64Array;
  readonly at: number;
  readonly stride: number;
}

/** Adds `factor` times ∂²κ/∂w∂w = a n(n−1) p^{n−2} vvᵀ + 2b|v|² (vwᵀ + wvᵀ + p I). */
export function addCurvature(
  { order, a, b }: TensorNorm,
  w: Vector,
  v: Vector,
  factor: number,
  into: Block,
): void {
  const p = inner(w, v);
  const pure = factor * a * order * (order - 1) * powerOf(p, order - 2);
  const mixed = factor * 2 * b * inner(v, v);
  addEntries(into, w.length, (i, j) => {
    const diagonal = i === j ? mixed * p : 0;
    return pure * v[i]! * v[j]! + mixed * (v[i]! * w[j]! + w[i]! * v[j]!) + diagonal;
  });
}

function addEntries(
  { data, at, stride }: Block,
  width: number,
  entry: (i: number, j: number) => number,
): void {
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) data[at + i * stride + j]! += entry(i, j);
}

/**
 * Adds `factor` times ∂²κ/∂w∂v (rows by w, columns by v)
 * = (a n p^{n−1} + b|w|²|v|²) I + a n(n−1) p^{n−2} vwᵀ + 2b (|w|² vvᵀ + |v|² wwᵀ + 2p wvᵀ).
 */
export function addCross(
  { order, a, b }: TensorNorm,
  w: Vector,
  v: Vector,
  factor: number,
  into: Block,
): void {
  const p = inner(w, v);
  const [ww, vv] = [inner(w, w), inner(v, v)];
  const diagonal = factor * (a * order * powerOf(p, order - 1) + b * ww * vv);
  const pure = factor * a * order * (order - 1) * powerOf(p, order - 2);
  const mixed = factor * 2 * b;
  addEntries(into, w.length, (i, j) => {
    const norms = ww * v[i]! * v[j]! + vv * w[i]! * w[j]! + 2 * p * w[i]! * v[j]!;
    return pure * v[i]! * w[j]! + mixed * norms + (i === j ? diagonal : 0);
  });
}
