/**
 * Angles between unit vectors, from their cosines, in both lanes of a 128-bit vector.
 *
 * Constants are loaded from a table: V8 builds a literal vector anew at each use, which costs a fifth of the time.
 */

export const table: usize = memory.data<f64>(
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
export const PI: usize = 0;
const HALF_PI: usize = 16;
export const ONE: usize = 32;
const TWO: usize = 48;
export const HALF: usize = 64;
/** Beyond this |cosine| one minus it is taken from the chord between the unit vectors. */
export const STEEP: usize = 80;
const EVEN: usize = 96;
const ODD: usize = 192;

/** sin θ from 1 − |cos θ|. */
// @ts-ignore: decorator
@inline
export function sineOf(gap: v128): v128 {
  return f64x2.sqrt(f64x2.mul(gap, f64x2.sub(v128.load(table, TWO), gap)));
}

/** π − θ where |cos θ| ≤ 1/2. */
// @ts-ignore: decorator
@inline
export function upright(c: v128): v128 {
  return f64x2.add(v128.load(table, HALF_PI), arcSine(c, f64x2.mul(c, c)));
}

/**
 * asin x for z = x² ≤ 1/4: x + x z p(z), p interpolated at the 12 Chebyshev nodes of [0, 1/4] and split into its even
 * and odd powers; the cut is below 3e-17.
 */
// @ts-ignore: decorator
@inline
export function arcSine(x: v128, z: v128): v128 {
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
