/**
 * The matrix product C += alpha op(A) op(B), row-major, in the manner of K. Goto, R. van de Geijn, "Anatomy of
 * high-performance matrix multiplication", ACM TOMS 34 (2008): packed panels and a kernel of 4 rows by 4 columns.
 * Each entry is a sum over k in order, in blocks of 256 that are added in order: the result depends on
 * nothing but the operands, not even on the sizes of the other dimensions.
 */
import { at, get, set } from './memory';

/** Rows and columns of the kernel's tile, and lanes of a panel: 8 sums fit the 16 registers of every processor. */
const width: i32 = 4;
const blockRows: i32 = 64;
const blockDepth: i32 = 256;
const blockColumns: i32 = 512;

/** Two packed blocks and a tile. */
const packedA = memory.data(blockRows * blockDepth * 8, 16);
const packedB = memory.data(blockColumns * blockDepth * 8, 16);
const tile = memory.data(width * width * 8, 16);

/** C (m x n, row stride ldc) += alpha op(A) op(B) with op(A) m x k and op(B) k x n; op transposes where told. */
export function gemm(
  transposeA: bool, transposeB: bool, m: i32, n: i32, k: i32, alpha: f64,
  a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32,
): void {
  const aRow = transposeA ? 1 : lda;
  const aColumn = transposeA ? lda : 1;
  const bRow = transposeB ? 1 : ldb;
  const bColumn = transposeB ? ldb : 1;
  for (let j = 0; j < n; j += blockColumns) {
    const columns = min(blockColumns, n - j);
    for (let p = 0; p < k; p += blockDepth) {
      const depth = min(blockDepth, k - p);
      pack(columns, depth, at(b, p * bRow + j * bColumn), bColumn, bRow, packedB);
      for (let i = 0; i < m; i += blockRows) {
        const rows = min(blockRows, m - i);
        pack(rows, depth, at(a, i * aRow + p * aColumn), aRow, aColumn, packedA);
        multiplyBlock(rows, columns, depth, alpha, at(c, i * ldc + j), ldc);
      }
    }
  }
}

/**
 * Packs `count` lanes of `depth` doubles into panels of four lanes, the lanes side by side. Lane i begins at `source + i stride`, and its entries are `step` apart; one of the two is 1. Lanes
 * missing in the last panel are zeros.
 */
function pack(count: i32, depth: i32, source: usize, stride: i32, step: i32, target: usize): void {
  const pitch = <usize>width << 3;
  for (let i = 0; i < count; i += width) {
    for (let q = 0; q < width; q += 2) {
      const lane = at(source, (i + q) * stride);
      const out = at(target, i * depth + q);
      if (i + q + 1 >= count) packLast(i + q < count, depth, lane, step, out, pitch);
      else if (stride == 1) copyPair(depth, lane, <usize>step << 3, out, pitch);
      else transposePair(depth, lane, at(lane, stride), out, pitch);
    }
  }
}

/** Two lanes that lie side by side. */
function copyPair(depth: i32, source: usize, step: usize, target: usize, pitch: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(target, v128.load(source));
    source += step;
    target += pitch;
  }
}

/** Two lanes that are rows of their own. */
function transposePair(depth: i32, first: usize, second: usize, target: usize, pitch: usize): void {
  let k = 0;
  for (; k + 2 <= depth; k += 2) {
    const x = v128.load(first);
    const y = v128.load(second);
    v128.store(target, v128.shuffle<f64>(x, y, 0, 2));
    v128.store(target + pitch, v128.shuffle<f64>(x, y, 1, 3));
    first += 16;
    second += 16;
    target += 2 * pitch;
  }
  if (k < depth) {
    store<f64>(target, load<f64>(first));
    store<f64>(target, load<f64>(second), 8);
  }
}

/** One lane, or none, and zeros beside it. */
function packLast(there: bool, depth: i32, source: usize, step: i32, target: usize, pitch: usize): void {
  for (let k = 0; k < depth; k++) {
    store<f64>(target, there ? get(source, k * step) : 0);
    store<f64>(target, 0, 8);
    target += pitch;
  }
}

/** C += alpha A B for packed blocks: panel by panel of B, which stays in the nearest cache. */
function multiplyBlock(rows: i32, columns: i32, depth: i32, alpha: f64, c: usize, ldc: i32): void {
  for (let j = 0; j < columns; j += width) {
    for (let i = 0; i < rows; i += width) {
      const out = at(c, i * ldc + j);
      const panelA = at(packedA, i * depth);
      const panelB = at(packedB, j * depth);
      const tall = min(width, rows - i);
      const wide = min(width, columns - j);
      if (tall == width && wide == width) kernel(depth, panelA, panelB, out, <usize>ldc << 3, alpha);
      else {
        copyTile(tall, wide, out, ldc, tile, width);
        kernel(depth, panelA, panelB, tile, <usize>width << 3, alpha);
        copyTile(tall, wide, tile, width, out, ldc);
      }
    }
  }
}

function copyTile(rows: i32, columns: i32, from: usize, fromStride: i32, to: usize, toStride: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) set(to, i * toStride + j, get(from, i * fromStride + j));
}

/** The 4 x 4 tile at c (rows `pitch` bytes apart) += alpha times the product of two panels: 8 sums in registers. */
function kernel(depth: i32, a: usize, b: usize, c: usize, pitch: usize, alpha: f64): void {
  let c00 = f64x2.splat(0);
  let c01 = f64x2.splat(0);
  let c10 = f64x2.splat(0);
  let c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0);
  let c21 = f64x2.splat(0);
  let c30 = f64x2.splat(0);
  let c31 = f64x2.splat(0);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    let s = v128.load_splat<f64>(a, 0);
    c00 = f64x2.add(c00, f64x2.mul(s, b0));
    c01 = f64x2.add(c01, f64x2.mul(s, b1));
    s = v128.load_splat<f64>(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(s, b0));
    c11 = f64x2.add(c11, f64x2.mul(s, b1));
    s = v128.load_splat<f64>(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(s, b0));
    c21 = f64x2.add(c21, f64x2.mul(s, b1));
    s = v128.load_splat<f64>(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(s, b0));
    c31 = f64x2.add(c31, f64x2.mul(s, b1));
    a += 32;
    b += 32;
  }
  const factor = f64x2.splat(alpha);
  accumulate(c, 0, factor, c00);
  accumulate(c, 16, factor, c01);
  c += pitch;
  accumulate(c, 0, factor, c10);
  accumulate(c, 16, factor, c11);
  c += pitch;
  accumulate(c, 0, factor, c20);
  accumulate(c, 16, factor, c21);
  c += pitch;
  accumulate(c, 0, factor, c30);
  accumulate(c, 16, factor, c31);
}

@inline
function accumulate(c: usize, offset: usize, factor: v128, value: v128): void {
  v128.store(c + offset, f64x2.add(v128.load(c + offset), f64x2.mul(factor, value)));
}
