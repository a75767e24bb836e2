/** Reads and writes the exponent of a double. */

const view = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** The upper 32 bits of a double: sign, 11 bits of exponent, 20 bits of mantissa. */
export function highWord(x: number): number {
  view.setFloat64(0, x, true);
  return view.getInt32(4, true);
}

/** `x` with its upper 32 bits replaced. */
export function withHighWord(x: number, high: number): number {
  view.setFloat64(0, x, true);
  view.setInt32(4, high, true);
  return view.getFloat64(0, true);
}

/** 2^n, for an integer n in [-1022, 1023]. */
export function powerOfTwo(n: number): number {
  return withHighWord(0, (1023 + n) << 20);
}

/** `x` 2^n, rounded once, for an integer n in [-2000, 2000] and a normal `x` in [1/4, 4). */
export function scale(x: number, n: number): number {
  if (n > 1000) return x * powerOfTwo(n - 1000) * powerOfTwo(1000);
  if (n < -1000) return x * powerOfTwo(n + 1000) * powerOfTwo(-1000);
  return x * powerOfTwo(n);
}
