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
 * The angle of (x, y) in [0, pi/2] for x, y >= 0, and 0 for (0, 0). The larger of x and y must be 0 or lie in
 * [2^-500, 2^500].
 */
@inline
export function firstQuadrant(y: v128, x: v128): v128 {
  const zero = f64x2.splat(0.0);
  const steep = f64x2.gt(y, x);
  const large = v128.bitselect(y, x, steep);
  const small = v128.bitselect(x, y, steep);
  // arctan(small / large), or pi/4 + arctan((small - large) / (small + large)) where that is nearer to 0
  const turned = f64x2.gt(small, f64x2.mul(f64x2.splat(0.4140625), large));
  const shiftTop = v128.bitselect(large, zero, turned);
  const shiftBottom = v128.bitselect(small, zero, turned);
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
  // the angle is base +- (t - correction)
  const quarter = f64x2.splat(7.85398163397448278999e-1);
  const quarterLow = f64x2.splat(3.06161699786838301793e-17);
  const half = f64x2.splat(1.57079632679489655800);
  const halfLow = f64x2.splat(6.12323399573676603587e-17);
  const base = v128.bitselect(quarter, v128.and(half, steep), turned);
  const baseLow = v128.bitselect(quarterLow, v128.and(halfLow, steep), turned);
  const sign = v128.and(f64x2.splat(-0.0), steep);
  return f64x2.sub(base, f64x2.sub(f64x2.sub(v128.xor(correction, sign), baseLow), v128.xor(t, sign)));
}

/** The angle of (x, y) in [0, pi] for y >= 0 and any x; the larger of |x| and y as for `firstQuadrant`. */
@inline
export function upperAngle(y: v128, x: v128): v128 {
  const angle = firstQuadrant(y, f64x2.abs(x));
  const reflected = f64x2.sub(f64x2.splat(3.14159265358979311600), f64x2.sub(angle, f64x2.splat(1.22464679914735317720e-16)));
  return v128.bitselect(reflected, angle, f64x2.lt(x, f64x2.splat(0.0)));
}
