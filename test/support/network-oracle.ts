/**
 * The population loss in 77-digit integers, by another formula than the project's: 2π κ = A + (π − θ) w·v with
 * A² = |w|²|v|² − (w·v)² and θ the angle of the point (w·v, A). Derivatives are differences. No code is shared.
 */

const bits = 256n;
const one = 1n << bits;

/** The double, exactly (it must be a multiple of 2^-256). */
export function exact(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const exponent = (word >> 52n) & 0x7ffn;
  const mantissa = (word & 0xfffffffffffffn) | (exponent === 0n ? 0n : 1n << 52n);
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + bits;
  const size = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return word >> 63n === 0n ? size : -size;
}

/** The nearest double, but for the last digit. */
export function rounded(x: bigint): number {
  return Number(x) / Number(one);
}

const times = (a: bigint, b: bigint) => (a * b) >> bits;
const over = (a: bigint, b: bigint) => (a << bits) / b;

function root(a: bigint): bigint {
  const square = a << bits;
  if (square <= 0n) return 0n;
  let x = 1n << BigInt((square.toString(2).length >> 1) + 1);
  for (;;) {
    const next = (x + square / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** arctan t for 0 ≤ t ≤ 1, by its series after six halvings of the angle. */
function arctangent(t: bigint): bigint {
  let x = t;
  for (let i = 0; i < 6; i++) x = over(x, one + root(one + times(x, x)));
  const square = times(x, x);
  let sum = 0n;
  for (let n = 1n, power = x; power !== 0n; n += 2n, power = -times(power, square)) sum += power / n;
  return sum << 6n;
}

export const pi = 4n * arctangent(one);

/** The angle in [0, π] of the point (x, y), y ≥ 0. */
function angle(y: bigint, x: bigint): bigint {
  const across = x < 0n ? -x : x;
  const acute = y <= across ? arctangent(over(y, across)) : pi / 2n - arctangent(over(across, y));
  return x < 0n ? pi - acute : acute;
}

const dot = (x: bigint[], y: bigint[]) => x.reduce((sum, a, l) => sum + times(a, y[l]!), 0n);

/** 2π κ(w, v). */
export function scaledKernel(w: bigint[], v: bigint[]): bigint {
  const product = dot(w, v);
  const area = root(times(dot(w, w), dot(v, v)) - times(product, product));
  return area + times(pi - angle(area, product), product);
}

export type Rows = bigint[][];

export const exactRows = (rows: readonly (readonly number[])[]): Rows => rows.map((row) => row.map(exact));

/** L of rows W against rows V. */
export function loss(W: Rows, V: Rows): bigint {
  const pairs = (A: Rows, B: Rows) =>
    A.flatMap((a) => B.map((b) => scaledKernel(a, b))).reduce((s, x) => s + x, 0n);
  return over(pairs(W, W) - 2n * pairs(W, V) + pairs(V, V), 4n * pi);
}

const moved = (W: Rows, i: number, l: number, by: bigint): Rows =>
  W.map((row, at) => row.map((x, m) => (at === i && m === l ? x + by : x)));

/** ∂L/∂w_il by a central difference over 2^-80: right to about 1e-46. */
export function slope(W: Rows, V: Rows, i: number, l: number): bigint {
  const h = 1n << (bits - 80n);
  return over(loss(moved(W, i, l, h), V) - loss(moved(W, i, l, -h), V), 2n * h);
}

/** ∂²L/∂w_il∂w_jm by central differences over 2^-60: right to about 1e-35. */
export function bend(W: Rows, V: Rows, i: number, l: number, j: number, m: number): bigint {
  const h = 1n << (bits - 60n);
  const along = (by: bigint) => moved(W, j, m, by);
  const difference = (X: Rows) => loss(moved(X, i, l, h), V) - loss(moved(X, i, l, -h), V);
  return over(difference(along(h)) - difference(along(-h)), times(2n * h, 2n * h));
}
