/** The loss of networks with the error function as activation, under standard Gaussian inputs. */
import { atan2 } from '../math/elementary.ts';
import { dot, type Matrix, matrix } from '../math/matrix.ts';
import { sum } from '../math/sum.ts';

/** 2/π. */
const twoOverPi = 0.6366197723675814;

/** What the kernel needs of two rows: A = 1 + |w|², B = 1 + |v|², c = w·v, D = AB − c² > 0. */
interface Pair {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** D as 1 + |w|² + |v|² + (|w|²|v|² − c²), whose last term is no less than 0. */
function pairOf(w: Float64Array, v: Float64Array): Pair {
  const [p, q, c] = [dot(w, w), dot(v, v), dot(w, v)];
  return { a: 1 + p, b: 1 + q, c, d: 1 + p + q + Math.max(0, p * q - c * c) };
}

/**
 * E erf(w·x/√2) erf(v·x/√2) for x ~ N(0, I): (2/π) asin(c/√(AB)) = (2/π) atan2(c, √D). Source: C. Williams,
 * "Computing with infinite networks", NIPS 1996; D. Saad, S. Solla, Phys. Rev. E 52 (1995).
 */
export function erfKernel(w: Float64Array, v: Float64Array): number {
  const { c, d } = pairOf(w, v);
  return twoOverPi * atan2(c, Math.sqrt(d));
}

/** ½ Σ K(w_i, w_j) − Σ K(w_i, v_j) + ½ Σ K(v_i, v_j), for weights n × d and a target m × d; the sum is compensated. */
export function erfLoss(weights: Matrix, target: Matrix): number {
  const [students, teachers] = [rowsOf(weights), rowsOf(target)];
  const terms: number[] = [];
  const add = (left: readonly Float64Array[], right: readonly Float64Array[], factor: number) => {
    for (const w of left) for (const v of right) terms.push(factor * erfKernel(w, v));
  };
  add(students, students, 0.5);
  add(students, teachers, -1);
  add(teachers, teachers, 0.5);
  return sum(terms);
}

/** ∇_w K = (2/π)(v − (c/A) w)/√D, summed over the rows of student and target. */
export function erfGradient(weights: Matrix, target: Matrix): Matrix {
  const [students, teachers] = [rowsOf(weights), rowsOf(target)];
  const result = matrix(weights.rows, weights.columns);
  students.forEach((w, i) => {
    const row = result.data.subarray(i * w.length, (i + 1) * w.length);
    const pull = (v: Float64Array, sign: 1 | -1) => {
      const { a, c, d } = pairOf(w, v);
      const factor = (sign * twoOverPi) / Math.sqrt(d);
      for (let l = 0; l < w.length; l++)
        (row[l] as number) += factor * ((v[l] as number) - (c / a) * (w[l] as number));
    };
    for (const v of students) pull(v, 1);
    for (const v of teachers) pull(v, -1);
  });
  return result;
}

/** The Hessian, nd × nd: blocks H_ii = Σ_j K_ww(w_i, w_j) + K_wv(w_i, w_i) − Σ_j K_ww(w_i, v_j), H_ij = K_wv(w_i, w_j). */
export function erfHessian(weights: Matrix, target: Matrix): Matrix {
  const [students, teachers] = [rowsOf(weights), rowsOf(target)];
  const width = weights.columns;
  const result = matrix(weights.data.length, weights.data.length);
  students.forEach((w, i) => {
    const add = (j: number, entry: (l: number, m: number) => number) => {
      for (let l = 0; l < width; l++)
        for (let m = 0; m < width; m++)
          (result.data[(i * width + l) * result.columns + j * width + m] as number) += entry(l, m);
    };
    for (const v of students) add(i, ownBend(w, v, 1));
    for (const v of teachers) add(i, ownBend(w, v, -1));
    students.forEach((v, j) => add(j, mixedBend(w, v)));
  });
  return result;
}

/** ±K_ww = ±(2/π√D) [(v − (c/A)w)(cv − Bw)ᵀ/D − wvᵀ/A + (2c/A²)wwᵀ − (c/A)I]. */
function ownBend(w: Float64Array, v: Float64Array, sign: 1 | -1): (l: number, m: number) => number {
  const { a, b, c, d } = pairOf(w, v);
  const factor = (sign * twoOverPi) / Math.sqrt(d);
  return (l, m) => {
    const [wl, wm, vl, vm] = [w[l] as number, w[m] as number, v[l] as number, v[m] as number];
    const turned = ((vl - (c / a) * wl) * (c * vm - b * wm)) / d;
    return factor * (turned - (wl * vm) / a + ((2 * c) / (a * a)) * wl * wm - (l === m ? c / a : 0));
  };
}

/** K_wv = (2/π√D) [(v − (c/A)w)(cw − Av)ᵀ/D + I − wwᵀ/A]. */
function mixedBend(w: Float64Array, v: Float64Array): (l: number, m: number) => number {
  const { a, c, d } = pairOf(w, v);
  const factor = twoOverPi / Math.sqrt(d);
  return (l, m) => {
    const [wl, wm, vl, vm] = [w[l] as number, w[m] as number, v[l] as number, v[m] as number];
    const turned = ((vl - (c / a) * wl) * (c * wm - a * vm)) / d;
    return factor * (turned + (l === m ? 1 : 0) - (wl * wm) / a);
  };
}

function rowsOf({ rows, columns, data }: Matrix): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => data.subarray(i * columns, (i + 1) * columns));
}
