/** Applies recorded sweeps of plane rotations to the rows of a matrix, eight columns at a time. */
import { at, get, set } from './memory';

/** Columns that stay in the nearest cache while all sweeps pass over them. */
const columns: i32 = 8;

/** A sweep rotates rows (i, i + 1) for i from high - 1 down to low; its pairs (cos, sin) lie one after the other. */
@unmanaged
export class Sweep {
  high: i32;
  low: i32;
  pairs: usize;
}

/** Applies `count` sweeps to the n x n matrix at q. `packed` points to 8 n doubles. */
export function applySweeps(n: i32, count: i32, sweeps: usize, q: usize, packed: usize): void {
  for (let j = 0; j < n; j += columns) {
    const width = min(columns, n - j);
    copyColumns(n, width, at(q, j), n, packed, columns);
    for (let k = 0; k < count; k++) {
      const sweep = changetype<Sweep>(sweeps + <usize>k * offsetof<Sweep>());
      applySweep(at(packed, sweep.high * columns), sweep.high - sweep.low, sweep.pairs);
    }
    copyColumns(n, width, packed, columns, at(q, j), n);
  }
}

function copyColumns(n: i32, width: i32, from: usize, fromStride: i32, to: usize, toStride: i32): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < width; j++) set(to, i * toStride + j, get(from, i * fromStride + j));
}

/** Rotates `count` pairs of neighbouring rows of eight, upwards from the row at p, which stays in registers. */
function applySweep(p: usize, count: i32, pairs: usize): void {
  let u0 = v128.load(p, 0);
  let u1 = v128.load(p, 16);
  let u2 = v128.load(p, 32);
  let u3 = v128.load(p, 48);
  for (let i = 0; i < count; i++) {
    const c = v128.load_splat<f64>(pairs, 0);
    const s = v128.load_splat<f64>(pairs, 8);
    const r = p - columns * 8;
    let z = v128.load(r, 0);
    v128.store(p, f64x2.add(f64x2.mul(s, z), f64x2.mul(c, u0)), 0);
    u0 = f64x2.sub(f64x2.mul(c, z), f64x2.mul(s, u0));
    z = v128.load(r, 16);
    v128.store(p, f64x2.add(f64x2.mul(s, z), f64x2.mul(c, u1)), 16);
    u1 = f64x2.sub(f64x2.mul(c, z), f64x2.mul(s, u1));
    z = v128.load(r, 32);
    v128.store(p, f64x2.add(f64x2.mul(s, z), f64x2.mul(c, u2)), 32);
    u2 = f64x2.sub(f64x2.mul(c, z), f64x2.mul(s, u2));
    z = v128.load(r, 48);
    v128.store(p, f64x2.add(f64x2.mul(s, z), f64x2.mul(c, u3)), 48);
    u3 = f64x2.sub(f64x2.mul(c, z), f64x2.mul(s, u3));
    p = r;
    pairs += 16;
  }
  v128.store(p, u0, 0);
  v128.store(p, u1, 16);
  v128.store(p, u2, 32);
  v128.store(p, u3, 48);
}
