/**
 * Gradient descent on the population loss of a ReLU student, two runs at a time: lane 0 and lane 1 of every
 * 128-bit vector belong to two runs that share nothing but the target. So each lane does exactly the operations
 * of the plain implementation (network/plain.ts), in its order, and a run's bits do not depend on its partner.
 *
 * An entry is a vector, 16 bytes. Matrices are row-major, their rows padded with zeros to multiples of 4 entries.
 */

import { arcSine, HALF, ONE, PI, sineOf, STEEP, table, upright } from './angle';
import { product } from './lane-product';
import { heap } from './memory';

export { heap } from './memory';

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

/** π − θ where |cos θ| > 1/2: θ or its supplement is twice the arc sine of half the chord. */
function leaning(c: v128, gap: v128): v128 {
  const z = f64x2.mul(gap, v128.load(table, HALF));
  const half = arcSine(f64x2.sqrt(z), z);
  const whole = f64x2.add(half, half);
  return v128.bitselect(whole, f64x2.sub(v128.load(table, PI), whole), f64x2.lt(c, f64x2.splat(0)));
}
