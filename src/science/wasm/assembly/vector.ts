/** Loops over vectors of doubles in stated orders. */
import { at, get, set } from './memory';

/** y -= f x, for n entries. */
export function subtractMultiple(n: i32, f: f64, x: usize, y: usize): void {
  const factor = f64x2.splat(f);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    const p = at(x, j);
    const q = at(y, j);
    v128.store(q, f64x2.sub(v128.load(q), f64x2.mul(factor, v128.load(p))));
    v128.store(q, f64x2.sub(v128.load(q, 16), f64x2.mul(factor, v128.load(p, 16))), 16);
  }
  for (; j < n; j++) set(y, j, get(y, j) - f * get(x, j));
}

/** The scalar product of n entries: eight running sums over blocks of eight, then the rest in order. */
export function dot(n: i32, x: usize, y: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let j = 0;
  for (; j + 8 <= n; j += 8) {
    const p = at(x, j);
    const q = at(y, j);
    s0 = f64x2.add(s0, f64x2.mul(v128.load(p), v128.load(q)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(p, 16), v128.load(q, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(p, 32), v128.load(q, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(p, 48), v128.load(q, 48)));
  }
  s0 = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (; j < n; j++) sum += get(x, j) * get(y, j);
  return sum;
}

/** Swaps the n entries of x and y. */
export function swap(n: i32, x: usize, y: usize): void {
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    const t = v128.load(at(x, j));
    v128.store(at(x, j), v128.load(at(y, j)));
    v128.store(at(y, j), t);
  }
  if (j < n) {
    const t = get(x, j);
    set(x, j, get(y, j));
    set(y, j, t);
  }
}
