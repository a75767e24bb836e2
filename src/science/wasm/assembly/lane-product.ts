/** Products of matrices whose entries are 128-bit vectors: each lane is a product of its own. */

/**
 * out[i][c] = Σ_r left[i][r]·right[r][c], summed in order of r, for all columns c of rows of `stride` bytes; with
 * `slope` = 1 only for those right of the diagonal (and a few more).
 */
export function product(
  left: usize, leftStride: usize, count: i32, right: usize, rows: i32, stride: usize, slope: i32, out: usize,
): void {
  let i = 0;
  for (; i + 1 < count; i += 2) {
    const row = left + leftStride * i;
    const to = out + stride * i;
    for (let c = <usize>((slope * (i + 1)) & ~3) << 4; c < stride; c += 64)
      twoRows(row, row + leftStride, right + c, rows, stride, to + c, to + stride + c);
  }
  if (i == count) return;
  for (let c = <usize>((slope * (i + 1)) & ~3) << 4; c < stride; c += 64)
    oneRow(left + leftStride * i, right + c, rows, stride, out + stride * i + c);
}

function twoRows(row: usize, next: usize, from: usize, rows: i32, stride: usize, out: usize, outNext: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let g = a;
  let h = a;
  for (const end = row + (<usize>rows << 4); row < end; row += 16, next += 16, from += stride) {
    const x = v128.load(row);
    const y = v128.load(next);
    const p = v128.load(from, 0);
    a = f64x2.add(a, f64x2.mul(x, p));
    e = f64x2.add(e, f64x2.mul(y, p));
    const q = v128.load(from, 16);
    b = f64x2.add(b, f64x2.mul(x, q));
    f = f64x2.add(f, f64x2.mul(y, q));
    const r = v128.load(from, 32);
    c = f64x2.add(c, f64x2.mul(x, r));
    g = f64x2.add(g, f64x2.mul(y, r));
    const s = v128.load(from, 48);
    d = f64x2.add(d, f64x2.mul(x, s));
    h = f64x2.add(h, f64x2.mul(y, s));
  }
  store(out, a, b, c, d);
  store(outNext, e, f, g, h);
}

function oneRow(row: usize, from: usize, rows: i32, stride: usize, out: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (const end = row + (<usize>rows << 4); row < end; row += 16, from += stride) {
    const x = v128.load(row);
    a = f64x2.add(a, f64x2.mul(x, v128.load(from, 0)));
    b = f64x2.add(b, f64x2.mul(x, v128.load(from, 16)));
    c = f64x2.add(c, f64x2.mul(x, v128.load(from, 32)));
    d = f64x2.add(d, f64x2.mul(x, v128.load(from, 48)));
  }
  store(out, a, b, c, d);
}

// @ts-ignore: decorator
@inline
function store(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(to, a, 0);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
  v128.store(to, d, 48);
}
