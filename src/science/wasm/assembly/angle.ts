/**
 * Angles of two points at once (f64x2), to below 1 ulp, with the bits of `atan2` in math/elementary/arctangent.ts:
 * both follow the same formula, operation by operation.
 */

/** What a product p = a b has lost in rounding, exactly (T. J. Dekker, 1971). */
@inline
export function productError(a: v128, b: v128, p: v128): v128 {
  const splitter = f64x2.splat(134217729.0);
  const aSplit = f64x2.mul(splitter, a);
  const aHigh = f64x2.sub(aSplit, f64x2.sub(aSplit, a));
  const aLow = f64x2.sub(a, aHigh);
  const bSplit = f64x2.mul(splitter, b);
  const bHigh = f64x2.sub(bSplit, f64x2.sub(bSplit, b));
  const bLow = f64x2.sub(b, bHigh);
  const rest = f64x2.sub(p, f64x2.mul(aHigh, bHigh));
  return f64x2.sub(f64x2.mul(aLow, bLow), f64x2.sub(f64x2.sub(rest, f64x2.mul(aLow, bHigh)), f64x2.mul(aHigh, bLow)));
}

/** 1 - arctan(t) / t for z = t^2, |t| <= 7/16: error 2^-58 (coefficients: fdlibm s_atan.c, Sun Microsystems, 1993). */
@inline
function series(z: v128): v128 {
  const w = f64x2.mul(z, z);
  let even = f64x2.splat(1.62858201153657823623e-2);
  even = f64x2.add(f64x2.splat(4.97687799461593236017e-2), f64x2.mul(w, even));
  even = f64x2.add(f64x2.splat(6.66107313738753120669e-2), f64x2.mul(w, even));
  even = f64x2.add(f64x2.splat(9.09088713343650656196e-2), f64x2.mul(w, even));
  even = f64x2.add(f64x2.splat(1.42857142725034663711e-1), f64x2.mul(w, even));
  even = f64x2.add(f64x2.splat(3.33333333333329318027e-1), f64x2.mul(w, even));
  let odd = f64x2.splat(-3.65315727442169155270e-2);
  odd = f64x2.add(f64x2.splat(-5.83357013379057348645e-2), f64x2.mul(w, odd));
  odd = f64x2.add(f64x2.splat(-7.69187620504482999495e-2), f64x2.mul(w, odd));
  odd = f64x2.add(f64x2.splat(-1.11111104054623557880e-1), f64x2.mul(w, odd));
  odd = f64x2.add(f64x2.splat(-1.99999999998764832476e-1), f64x2.mul(w, odd));
  return f64x2.add(f64x2.mul(z, even), f64x2.mul(w, odd));
}

/**
 * The angle of (x, y), or of (-x, y) where the lanes of `left` are all ones, in [0, pi] for x, y >= 0; 0 or pi for
 * (0, 0). The larger of x and y must be 0 or lie in [2^-500, 2^500].
 */
@inline
export function angle(y: v128, x: v128, left: v128): v128 {
  const steep = f64x2.gt(y, x);
  const large = v128.bitselect(y, x, steep);
  const small = v128.bitselect(x, y, steep);
  // arctan(small / large), or pi/4 + arctan((small - large) / (small + large)) where that is nearer to 0
  const turned = f64x2.gt(small, f64x2.mul(f64x2.splat(0.4140625), large));
  const shiftTop = v128.and(large, turned);
  const shiftBottom = v128.and(small, turned);
  const top = f64x2.sub(small, shiftTop);
  const topLost = f64x2.sub(small, f64x2.add(top, shiftTop));
  const sum = f64x2.add(large, shiftBottom);
  const bottomLost = f64x2.sub(shiftBottom, f64x2.sub(sum, large));
  const bottom = f64x2.max(sum, f64x2.splat(3.0e-151));
  const inverse = f64x2.div(f64x2.splat(1.0), bottom);
  const t = f64x2.mul(top, inverse);
  const p = f64x2.mul(t, bottom);
  // what the quotient has lost
  const rest = f64x2.sub(f64x2.sub(f64x2.sub(top, p), productError(t, bottom, p)), f64x2.sub(f64x2.mul(t, bottomLost), topLost));
  const correction = f64x2.sub(f64x2.mul(t, series(f64x2.mul(t, t))), f64x2.mul(rest, inverse));
  // base +- (t - correction), where base is a sum of two doubles
  const quarter = v128.bitselect(f64x2.splat(2.356194490192345), f64x2.splat(0.7853981633974483), left);
  const quarterLow = v128.bitselect(f64x2.splat(9.184850993605148e-17), f64x2.splat(3.061616997868383e-17), left);
  const axis = v128.bitselect(f64x2.splat(1.5707963267948966), v128.and(f64x2.splat(3.141592653589793), left), steep);
  const axisLow = v128.bitselect(f64x2.splat(6.123233995736766e-17), v128.and(f64x2.splat(1.2246467991473532e-16), left), steep);
  const base = v128.bitselect(quarter, axis, turned);
  const baseLow = v128.bitselect(quarterLow, axisLow, turned);
  const sign = v128.and(f64x2.splat(-0.0), v128.xor(steep, left));
  return f64x2.sub(base, f64x2.sub(f64x2.sub(v128.xor(correction, sign), baseLow), v128.xor(t, sign)));
}

/** The angle of (x, y) in [0, pi/2] for x, y >= 0 of sizes as for `angle`; 0 for (0, 0). */
@inline
export function firstQuadrant(y: v128, x: v128): v128 {
  return angle(y, x, f64x2.splat(0.0));
}

/** The angle of (x, y) in [0, pi] for y >= 0 and any x, of sizes as for `angle`. */
@inline
export function upperAngle(y: v128, x: v128): v128 {
  return angle(y, f64x2.abs(x), f64x2.lt(x, f64x2.splat(0.0)));
}
