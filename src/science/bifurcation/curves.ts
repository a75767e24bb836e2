/**
 * The equilibria of x' = λx + Q(x) − β|x|²x + c on H, c with distinct entries of sum 0, as explicit curves.
 *
 * With ℓ = λ − β|x|² and m = |x|²/n an equilibrium has x_i² + ℓx_i = m − c_i, so x_i = −ℓ/2 ± √(ℓ²/4 + m − c_i).
 * Let a be the place of the largest c, ℓ²/4 + m = c_a + s², δ_i = c_a − c_i > 0: then x_a = −ℓ/2 + s and
 * x_i = −ℓ/2 + σ_i √(s² + δ_i) for one choice of signs σ, and Σ x_i = 0 gives
 *     ℓ(s) = (2/n) (s + Σ σ_i √(s² + δ_i)),   λ(s) = ℓ + βn (c_a + s² − ℓ²/4).
 * Conversely each (σ, s) gives an equilibrium at λ(s). So the set of all equilibria (x, λ) is the disjoint union of
 * 2^{n−1} smooth curves, one for each σ, and its folds are the zeros of λ'(s). Nothing else is left out.
 */
import { sumError } from '../math/exact.ts';
import type { Field } from '../math/precision/field.ts';

/** One of the 2^{n−1} curves. */
export interface Curve {
  readonly n: number;
  readonly beta: number;
  /** c_a. */
  readonly top: number;
  /** Place of the largest entry of c. */
  readonly place: number;
  /** By place, σ_i δ_i with 0 at `place`; the entries of c are such that the differences are exact. */
  readonly signs: readonly (1 | -1)[];
  readonly offsets: readonly number[];
}

/**
 * The curves of c. Throws RangeError unless the sum is exactly 0, the largest entry stands alone, and sums and differences
 * of entries are doubles, so that what is proved of the offsets is proved of c.
 */
export function curvesOf(c: readonly number[], beta: number): Curve[] {
  const n = c.length;
  const top = Math.max(...c);
  const place = c.indexOf(top);
  let sum = 0;
  for (const entry of c) {
    if (sumError(sum, entry, sum + entry) !== 0 || sumError(top, -entry, top - entry) !== 0)
      throw new RangeError('sums and differences of the entries of c are no doubles');
    sum += entry;
  }
  if (sum !== 0) throw new RangeError('the entries of c have a sum other than 0');
  if (c.lastIndexOf(top) !== place) throw new RangeError('the largest entry of c occurs twice');
  const offsets = c.map((entry) => top - entry);
  return Array.from({ length: 1 << (n - 1) }, (_, choice) => {
    let bit = 0;
    const signs = c.map((_entry, i) => (i === place || ((choice >>> bit++) & 1) === 0 ? 1 : -1));
    return { n, beta, top, place, signs, offsets };
  });
}

/** Σ σ_i: how the curve ends. */
export function balance({ signs, place }: Curve): number {
  return signs.reduce<number>((sum, sign, i) => sum + (i === place ? 0 : sign), 0);
}

/** λ, λ' and λ'' at s. */
export interface Jet<T> {
  readonly lambda: T;
  readonly slope: T;
  readonly bend: T;
}

/** λ and its derivatives at s, in the arithmetic given. */
export function jet<T>(F: Field<T>, { n, beta, top, place, signs, offsets }: Curve, s: T): Jet<T> {
  const square = F.mul(s, s);
  let [sum, first, second] = [s, F.one, F.zero];
  offsets.forEach((offset, i) => {
    if (i === place) return;
    const delta = F.fromNumber(offset);
    const under = F.add(square, delta);
    const root = F.sqrt(under);
    const sign = signs[i]!;
    sum = F.add(sum, F.scale(root, sign));
    first = F.add(first, F.scale(F.div(s, root), sign));
    second = F.add(second, F.scale(F.div(delta, F.mul(under, root)), sign));
  });
  const half = F.div(F.one, F.fromNumber(n));
  const over = (value: T) => F.scale(F.mul(value, half), 2);
  const [l, dl, ddl] = [over(sum), over(first), over(second)];
  if (beta === 0) return { lambda: l, slope: dl, bend: ddl };
  const weight = F.scale(F.fromNumber(beta), n);
  const norm = F.sub(F.add(F.fromNumber(top), square), F.scale(F.mul(l, l), 0.25));
  const dnorm = F.sub(F.scale(s, 2), F.scale(F.mul(l, dl), 0.5));
  const ddnorm = F.sub(F.fromNumber(2), F.scale(F.add(F.mul(dl, dl), F.mul(l, ddl)), 0.5));
  return {
    lambda: F.add(l, F.mul(weight, norm)),
    slope: F.add(dl, F.mul(weight, dnorm)),
    bend: F.add(ddl, F.mul(weight, ddnorm)),
  };
}

/** x at s. */
export function pointAt<T>(F: Field<T>, { n, place, signs, offsets }: Curve, s: T): T[] {
  const square = F.mul(s, s);
  const parts = offsets.map((offset, i) =>
    i === place ? s : F.scale(F.sqrt(F.add(square, F.fromNumber(offset))), signs[i]!),
  );
  const mean = F.div(
    parts.reduce((sum, part) => F.add(sum, part), F.zero),
    F.fromNumber(n),
  );
  return parts.map((part) => F.sub(part, mean));
}
