/**
 * Gradient descent on the population loss of a ReLU student, two runs at a time: lane 0 and lane 1 of every
 * 128-bit vector belong to two runs that share nothing but the target. So each lane does exactly the operations
 * of the plain implementation (network/plain.ts), in its order, and a run's bits do not depend on its partner.
 *
 * An entry is a vector, 16 bytes. Matrices are row-major, their rows padded with zeros to multiples of 4 entries.
 * Constants are loaded from a table: V8 builds a literal vector anew at each use, which costs a fifth of the time.
 */

import { heap } from './memory';

export { heap } from './memory';

const table: usize = memory.data<f64>(
  [
    3.141592653589793, 3.141592653589793, 1.5707963267948966, 1.5707963267948966, 1, 1, 2, 2, 0.5, 0.5, 0.9, 0.9,
    -0.010749050339697808, -0.010749050339697808, 0.0078029494773533175, 0.0078029494773533175,
    0.013929652902326633, 0.013929652902326633, 0.02237204763174451, 0.02237204763174451,
    0.044642857103423646, 0.044642857103423646, 0.1666666666666665, 0.1666666666666665,
    0.028169218060881414, 0.028169218060881414, 0.01603551434914882, 0.01603551434914882,
    0.011875494382636922, 0.011875494382636922, 0.017355259955786323, 0.017355259955786323,
    0.03038194736709848, 0.03038194736709848, 0.07500000000020764, 0.07500000000020764,
  ],
  16,
);
const PI: usize = 0;
const HALF_PI: usize = 16;
const ONE: usize = 32;
const TWO: usize = 48;
const HALF: usize = 64;
/** Beyond this |cosine| one minus it is taken from the chord between the unit vectors. */
const STEEP: usize = 80;
const EVEN: usize = 96;
const ODD: usize = 192;

let neurons: i32 = 0;
let width: i32 = 0;
let targets: i32 = 0;
let orthonormal: bool = false;
/** Bytes of a row with an entry per input, per neuron, per target. */
let perInput: usize = 0;
let perNeuron: usize = 0;
let perTarget: usize = 0;

let target: usize = 0;
let targetUnit: usize = 0;
let targetColumns: usize = 0;
let targetNorm: usize = 0;
let weight: usize = 0;
let unit: usize = 0;
let unitColumns: usize = 0;
let norm: usize = 0;
let inverse: usize = 0;
/** Between neurons: first the cosines, then π − θ, on the diagonal the whole factor of the row itself. */
let own: usize = 0;
/** To the targets: first the cosines, then π − θ. */
let cross: usize = 0;
/** Σ_j |w_j| sin θ_ij over the other neurons. */
let sine: usize = 0;
/** 2π times the gradient. */
let gradient: usize = 0;
let pull: usize = 0;
let settings: usize = 0;
let free: usize = 0;
let largest: v128 = f64x2.splat(0);

/** Lays out memory for `n` neurons, `m` targets in `d` inputs; the host then writes the target. */
export function prepare(n: i32, d: i32, m: i32, unitTarget: bool): void {
  neurons = n;
  width = d;
  targets = m;
  orthonormal = unitTarget;
  perInput = padded(d);
  perNeuron = padded(n);
  perTarget = padded(m);
  const start = (heap() + 15) & ~15;
  free = start;
  target = take(perInput * m);
  targetUnit = take(perInput * m);
  targetColumns = take(perTarget * d);
  targetNorm = take(perTarget);
  weight = take(perInput * n);
  unit = take(perInput * n);
  unitColumns = take(perNeuron * d);
  norm = take(perNeuron);
  inverse = take(perNeuron);
  own = take(perNeuron * n);
  cross = take(perTarget * n);
  sine = take(perNeuron);
  gradient = take(perInput * n);
  pull = take(perInput * n);
  settings = take(48);
  const pages = <i32>((free + 0xffff) >> 16) - memory.size();
  if (pages > 0) memory.grow(pages);
  memory.fill(start, 0, free - start);
}

function padded(entries: i32): usize {
  return <usize>((entries + 3) & ~3) << 4;
}

function take(bytes: usize): usize {
  const at = free;
  free += bytes;
  return at;
}

/** Where the host writes the target, each entry in both lanes. */
export function targetAt(): usize {
  return target;
}
/** Where the host writes and reads the weights, and reads 2π times the gradient. */
export function weightAt(): usize {
  return weight;
}
export function gradientAt(): usize {
  return gradient;
}
/** The bytes from a row of these three to the next. */
export function rowBytes(): usize {
  return perInput;
}
/** Three vectors: the step (on 2π times the gradient), the squared norm to stop at, the one that is divergence. */
export function settingsAt(): usize {
  return settings;
}
/** The largest squared row norm of 2π times the gradient, in a lane, at the weights in memory. */
export function largestSquare(lane: i32): f64 {
  return lane == 0 ? f64x2.extract_lane(largest, 0) : f64x2.extract_lane(largest, 1);
}

/** To be called once the target is written: keeps what its rows give. */
export function measureTarget(): void {
  measureRows(target, targets, targetUnit, targetNorm, pull);
  transpose(targetUnit, perInput, targets, targetColumns, perTarget);
}

/**
 * Takes up to `limit` steps in both lanes; before each, looks whether a lane is done (its largest row at or under its
 * stop, or not under its ceiling). Returns the number of steps taken; the gradient then belongs to the weights.
 */
export function descend(limit: i32): i32 {
  const step = v128.load(settings, 0);
  const stop = v128.load(settings, 16);
  const ceiling = v128.load(settings, 32);
  const bytes = perInput * neurons;
  for (let taken = 0; taken < limit; taken++) {
    evaluate();
    const runs = v128.and(f64x2.gt(largest, stop), f64x2.lt(largest, ceiling));
    if (!i64x2.all_true(runs)) return taken;
    for (let at: usize = 0; at < bytes; at += 16) {
      const change = f64x2.mul(step, v128.load(gradient + at));
      v128.store(weight + at, f64x2.sub(v128.load(weight + at), change));
    }
  }
  evaluate();
  return limit;
}

/** The gradient and its largest row at the weights in memory. */
function evaluate(): void {
  measureRows(weight, neurons, unit, norm, inverse);
  transpose(unit, perInput, neurons, unitColumns, perNeuron);
  pairWithin();
  pairWithTarget();
  combine();
}

function transpose(from: usize, fromRow: usize, rows: i32, to: usize, toRow: usize): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < width; j++)
      v128.store(to + toRow * j + (<usize>i << 4), v128.load(from + fromRow * i + (<usize>j << 4)));
}

/** Norms of rows, their inverses, and the unit rows. */
function measureRows(rows: usize, count: i32, units: usize, norms: usize, inverses: usize): void {
  const bytes = <usize>width << 4;
  for (let i = 0; i < count; i++) {
    const row = rows + perInput * i;
    let sum = f64x2.splat(0);
    for (let l: usize = 0; l < bytes; l += 16) {
      const x = v128.load(row + l);
      sum = f64x2.add(sum, f64x2.mul(x, x));
    }
    const length = f64x2.sqrt(sum);
    const factor = f64x2.div(v128.load(table, ONE), length);
    v128.store(norms + (<usize>i << 4), length);
    v128.store(inverses + (<usize>i << 4), factor);
    const to = units + perInput * i;
    for (let l: usize = 0; l < bytes; l += 16) v128.store(to + l, f64x2.mul(v128.load(row + l), factor));
  }
}

/** π − θ between neurons into `own`, and `sine`. */
function pairWithin(): void {
  product(unit, perInput, neurons, unitColumns, width, perNeuron, 1, own);
  memory.fill(sine, 0, perNeuron);
  for (let i = 0; i < neurons; i++) {
    const at = <usize>i << 4;
    const row = unit + perInput * i;
    const angles = own + perNeuron * i;
    const length = v128.load(norm + at);
    let sum = v128.load(sine + at);
    for (let j = i + 1; j < neurons; j++) {
      const to = <usize>j << 4;
      const c = v128.load(angles + to);
      const size = f64x2.abs(c);
      const wide = f64x2.gt(size, v128.load(table, HALF));
      let gap = f64x2.sub(v128.load(table, ONE), size);
      let open = upright(c);
      if (v128.any_true(wide)) {
        gap = oneMinus(c, gap, row, unit + perInput * j);
        open = v128.bitselect(leaning(c, gap), open, wide);
      }
      v128.store(angles + to, open);
      v128.store(own + perNeuron * j + at, open);
      const s = sineOf(gap);
      sum = f64x2.add(sum, f64x2.mul(v128.load(norm + to), s));
      v128.store(sine + to, f64x2.add(v128.load(sine + to), f64x2.mul(length, s)));
    }
    v128.store(sine + at, sum);
  }
}

/** π − θ to the targets into `cross`, and the diagonal of `own`. */
function pairWithTarget(): void {
  if (!orthonormal) product(unit, perInput, neurons, targetColumns, width, perTarget, 0, cross);
  for (let i = 0; i < neurons; i++) {
    const at = <usize>i << 4;
    const row = unit + perInput * i;
    const angles = cross + perTarget * i;
    const cosines = orthonormal ? row : angles;
    let sum = f64x2.splat(0);
    for (let j = 0; j < targets; j++) {
      const to = <usize>j << 4;
      const c = v128.load(cosines + to);
      const size = f64x2.abs(c);
      const wide = f64x2.gt(size, v128.load(table, HALF));
      let gap = f64x2.sub(v128.load(table, ONE), size);
      let open = upright(c);
      if (v128.any_true(wide)) {
        gap = oneMinus(c, gap, row, targetUnit + perInput * j);
        open = v128.bitselect(leaning(c, gap), open, wide);
      }
      v128.store(angles + to, open);
      sum = f64x2.add(sum, f64x2.mul(v128.load(targetNorm + to), sineOf(gap)));
    }
    const net = f64x2.mul(f64x2.sub(v128.load(sine + at), sum), v128.load(inverse + at));
    v128.store(own + perNeuron * i + at, f64x2.add(v128.load(table, PI), net));
  }
}

/** 2π times the gradient, own·W − cross·V, and the largest squared norm of its rows. */
function combine(): void {
  product(own, perNeuron, neurons, weight, neurons, perInput, 0, gradient);
  if (!orthonormal) product(cross, perTarget, neurons, target, targets, perInput, 0, pull);
  const minus = orthonormal ? cross : pull;
  largest = f64x2.splat(0);
  for (let i = 0; i < neurons; i++) {
    const out = gradient + perInput * i;
    const row = minus + perInput * i;
    let sum = f64x2.splat(0);
    for (let l: usize = 0; l < <usize>width << 4; l += 16) {
      const x = f64x2.sub(v128.load(out + l), v128.load(row + l));
      v128.store(out + l, x);
      sum = f64x2.add(sum, f64x2.mul(x, x));
    }
    largest = f64x2.max(largest, sum);
  }
}

/**
 * out[i][c] = Σ_r left[i][r]·right[r][c], summed in order of r, for all columns c of rows of `stride` bytes; with
 * `slope` = 1 only for those right of the diagonal (and a few more).
 */
function product(
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

/** 1 − |cos θ|: `plain` where that is good, else half the squared chord of the unit vectors. */
// @ts-ignore: decorator
@inline
function oneMinus(c: v128, plain: v128, w: usize, v: usize): v128 {
  const steep = f64x2.gt(f64x2.abs(c), v128.load(table, STEEP));
  return v128.any_true(steep) ? v128.bitselect(halfChord(c, w, v), plain, steep) : plain;
}

function halfChord(c: v128, w: usize, v: usize): v128 {
  const negative = f64x2.lt(c, f64x2.splat(0));
  let sum = f64x2.splat(0);
  for (let l: usize = 0; l < <usize>width << 4; l += 16) {
    const b = v128.load(v + l);
    const x = f64x2.sub(v128.load(w + l), v128.bitselect(f64x2.neg(b), b, negative));
    sum = f64x2.add(sum, f64x2.mul(x, x));
  }
  return f64x2.mul(v128.load(table, HALF), sum);
}

/** sin θ from 1 − |cos θ|. */
// @ts-ignore: decorator
@inline
function sineOf(gap: v128): v128 {
  return f64x2.sqrt(f64x2.mul(gap, f64x2.sub(v128.load(table, TWO), gap)));
}

/** π − θ where |cos θ| ≤ 1/2. */
// @ts-ignore: decorator
@inline
function upright(c: v128): v128 {
  return f64x2.add(v128.load(table, HALF_PI), arcSine(c, f64x2.mul(c, c)));
}

/** π − θ where |cos θ| > 1/2: θ or its supplement is twice the arc sine of half the chord. */
function leaning(c: v128, gap: v128): v128 {
  const z = f64x2.mul(gap, v128.load(table, HALF));
  const half = arcSine(f64x2.sqrt(z), z);
  const whole = f64x2.add(half, half);
  return v128.bitselect(whole, f64x2.sub(v128.load(table, PI), whole), f64x2.lt(c, f64x2.splat(0)));
}

/**
 * asin x for z = x² ≤ 1/4: x + x z p(z), p interpolated at the 12 Chebyshev nodes of [0, 1/4] and split into its even
 * and odd powers; the cut is below 3e-17.
 */
// @ts-ignore: decorator
@inline
function arcSine(x: v128, z: v128): v128 {
  const w = f64x2.mul(z, z);
  let even = v128.load(table, EVEN);
  even = f64x2.add(v128.load(table, EVEN + 16), f64x2.mul(w, even));
  even = f64x2.add(v128.load(table, EVEN + 32), f64x2.mul(w, even));
  even = f64x2.add(v128.load(table, EVEN + 48), f64x2.mul(w, even));
  even = f64x2.add(v128.load(table, EVEN + 64), f64x2.mul(w, even));
  even = f64x2.add(v128.load(table, EVEN + 80), f64x2.mul(w, even));
  let odd = v128.load(table, ODD);
  odd = f64x2.add(v128.load(table, ODD + 16), f64x2.mul(w, odd));
  odd = f64x2.add(v128.load(table, ODD + 32), f64x2.mul(w, odd));
  odd = f64x2.add(v128.load(table, ODD + 48), f64x2.mul(w, odd));
  odd = f64x2.add(v128.load(table, ODD + 64), f64x2.mul(w, odd));
  odd = f64x2.add(v128.load(table, ODD + 80), f64x2.mul(w, odd));
  return f64x2.add(x, f64x2.mul(f64x2.mul(x, z), f64x2.add(even, f64x2.mul(z, odd))));
}
