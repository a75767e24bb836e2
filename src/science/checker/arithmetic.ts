/** Computes with pairs of integers that enclose a real number: all the arithmetic that the checker trusts. */

/** The real numbers x with lo ≤ x·2^bits ≤ hi, for the `bits` of the arithmetic. */
export interface Enclosure {
  readonly lo: bigint;
  readonly hi: bigint;
}

/** An enclosure turned out too wide to go on: nothing is proved, and nothing disproved. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}

/** Operations on enclosures with one unit, 2^-bits; each result holds the results of all members. */
export interface Arithmetic {
  readonly bits: number;
  readonly zero: Enclosure;
  readonly one: Enclosure;
  readonly pi: Enclosure;
  /** n/m for integers, m > 0. */
  ratio(n: bigint, m: bigint): Enclosure;
  add(x: Enclosure, y: Enclosure): Enclosure;
  sub(x: Enclosure, y: Enclosure): Enclosure;
  neg(x: Enclosure): Enclosure;
  mul(x: Enclosure, y: Enclosure): Enclosure;
  square(x: Enclosure): Enclosure;
  /** n·x for an integer n. */
  times(n: number, x: Enclosure): Enclosure;
  /** Throws Undecided where y holds 0. */
  div(x: Enclosure, y: Enclosure): Enclosure;
  /** The root of the part of x that is not negative. Throws Undecided where there is none. */
  sqrt(x: Enclosure): Enclosure;
  /** The arctangent of x ≥ 0. */
  atan(x: Enclosure): Enclosure;
}

/** The arithmetic with unit 2^-bits. What is exactly `zero` or `one`, the very objects, costs nothing. */
export function arithmetic(bits: number): Arithmetic {
  const shift = BigInt(bits);
  const zero = { lo: 0n, hi: 0n };
  const one = { lo: 1n << shift, hi: 1n << shift };
  const below = one.lo - 1n;
  const add = (x: Enclosure, y: Enclosure) => {
    if (x === zero) return y;
    return y === zero ? x : { lo: x.lo + y.lo, hi: x.hi + y.hi };
  };
  const neg = (x: Enclosure) => (x === zero ? x : { lo: -x.hi, hi: -x.lo });
  const mul = (x: Enclosure, y: Enclosure) => {
    if (x === zero || y === one) return x;
    if (y === zero || x === one) return y;
    return { lo: leastProduct(x, y) >> shift, hi: (greatestProduct(x, y) + below) >> shift };
  };
  const div = (x: Enclosure, y: Enclosure): Enclosure => {
    if (y.lo <= 0n && y.hi >= 0n) throw new Undecided('division by an enclosure of 0');
    if (x === zero || y === one) return x;
    if (y.hi < 0n) return div(neg(x), neg(y));
    const [low, high] = [x.lo << shift, x.hi << shift];
    return { lo: floor(low, low < 0n ? y.lo : y.hi), hi: -floor(-high, high < 0n ? y.hi : y.lo) };
  };
  const sqrt = (x: Enclosure) => {
    if (x.hi < 0n) throw new Undecided('the root of a negative enclosure');
    const high = floorRoot(x.hi << shift);
    return {
      lo: x.lo > 0n ? floorRoot(x.lo << shift) : 0n,
      hi: high * high === x.hi << shift ? high : high + 1n,
    };
  };
  const square = (x: Enclosure) => {
    const product = mul(x, x);
    return x.lo < 0n && x.hi > 0n ? { lo: 0n, hi: product.hi } : product;
  };
  const times = (n: number, x: Enclosure) => {
    if (n === 1 || x === zero) return x;
    const factor = BigInt(n);
    return n < 0 ? { lo: factor * x.hi, hi: factor * x.lo } : { lo: factor * x.lo, hi: factor * x.hi };
  };
  const sub = (x: Enclosure, y: Enclosure) => (y === zero ? x : { lo: x.lo - y.hi, hi: x.hi - y.lo });
  const ratio = (n: bigint, m: bigint) => ({ lo: floor(n << shift, m), hi: -floor(-n << shift, m) });
  const atan = (x: Enclosure) => arctangent({ one, mul, div, add }, bits, x);
  return { bits, zero, one, pi: pi(bits), ratio, add, sub, neg, mul, square, times, div, sqrt, atan };
}

/** The least product of members, at twice the bits. */
function leastProduct(x: Enclosure, y: Enclosure): bigint {
  if (x.lo >= 0n) return (y.lo < 0n ? x.hi : x.lo) * y.lo;
  if (y.lo >= 0n) return x.lo * y.hi;
  if (x.hi <= 0n) return (y.hi > 0n ? x.lo : x.hi) * y.hi;
  if (y.hi <= 0n) return x.hi * y.lo;
  const [one, other] = [x.lo * y.hi, x.hi * y.lo];
  return one < other ? one : other;
}

/** The greatest product of members, at twice the bits. */
function greatestProduct(x: Enclosure, y: Enclosure): bigint {
  if (x.lo >= 0n) return (y.hi < 0n ? x.lo : x.hi) * y.hi;
  if (y.lo >= 0n) return x.hi * (x.hi < 0n ? y.lo : y.hi);
  if (x.hi <= 0n || y.hi <= 0n) return x.lo * y.lo;
  const [one, other] = [x.lo * y.lo, x.hi * y.hi];
  return one > other ? one : other;
}

type Basic = Pick<Arithmetic, 'one' | 'add' | 'mul' | 'div'>;

/** atan of x ≥ 0, which is concave: atan hi ≤ atan lo + (hi − lo)/(1 + lo²), by less than a unit if x is narrow. */
function arctangent({ one, mul, div, add }: Basic, bits: number, { lo, hi }: Enclosure): Enclosure {
  const low = angleAt(lo, bits);
  const width = hi - lo;
  if (width === 0n) return low;
  if (width >> BigInt(bits >> 1) > 0n) return { lo: low.lo, hi: angleAt(hi, bits).hi };
  const end = { lo, hi: lo };
  return { lo: low.lo, hi: low.hi + div({ lo: width, hi: width }, add(one, mul(end, end))).hi };
}

/** Bits beyond those of the result, and times that the angle is halved. */
const guard = 32n;
const halvings = 8;

/**
 * atan u for one u ≥ 0 and fewer than 2^16 bits: u ↦ u/(1 + √(1 + u²)) halves the angle; the alternating series of the
 * last u < 2^-7 ends where its terms are below a fine unit, 2^-(bits + 32). In these a halving halves the error and adds
 * less than 2, a term of the series is off by less than 3, and there are fewer than 2^13: in all less than
 * 2^8·(4 + 3·2^13) < 2^23 fine units, far below one of the result.
 */
function angleAt(end: bigint, bits: number): Enclosure {
  if (end === 0n) return { lo: 0n, hi: 0n };
  const fine = BigInt(bits) + guard;
  const one = 1n << fine;
  let u = end << guard;
  for (let i = 0; i < halvings; i++) u = (u << fine) / (one + floorRoot((one << fine) + u * u));
  const square = (u * u) >> fine;
  let sum = 0n;
  for (let n = 1n, power = u; power > 0n; n += 4n) {
    sum += power / n;
    power = (power * square) >> fine;
    sum -= power / (n + 2n);
    power = (power * square) >> fine;
  }
  const angle = sum >> (guard - BigInt(halvings));
  return { lo: angle - 1n, hi: angle + 2n };
}

/** π = 48 atan(1/18) + 32 atan(1/57) − 20 atan(1/239) (Gauss), each series cut by less than one unit a term. */
function pi(bits: number): Enclosure {
  const extra = 20n;
  const parts: readonly (readonly [bigint, bigint])[] = [
    [48n, 18n],
    [32n, 57n],
    [-20n, 239n],
  ];
  let sum = 0n;
  let error = 0n;
  for (const [factor, m] of parts) {
    let power = (1n << (BigInt(bits) + extra)) / m;
    for (let n = 1n; power > 0n; n += 2n, power /= m * m) {
      sum += factor * (n % 4n === 1n ? power / n : -(power / n));
      error += 2n * (factor < 0n ? -factor : factor);
    }
    error += 2n * (factor < 0n ? -factor : factor);
  }
  return { lo: (sum - error) >> extra, hi: ((sum + error) >> extra) + 1n };
}

/** n/m rounded down, for m > 0. */
function floor(n: bigint, m: bigint): bigint {
  return n < 0n ? (n + 1n) / m - 1n : n / m;
}

/** The largest r with r² ≤ n. */
function floorRoot(n: bigint): bigint {
  return rootOf(n, 4 * n.toString(16).length);
}

/**
 * The same for n < 2^length, with at most four digits too many counted: the root of the upper half of the digits, one
 * more, is too large by at most 2^quarter, and Newton's step from there by less than 2^(2·quarter)/(2√n) < 1.
 */
function rootOf(n: bigint, length: number): bigint {
  if (length <= 48) return BigInt(Math.floor(Math.sqrt(Number(n))));
  const quarter = BigInt(length >> 2) - 2n;
  const above = (rootOf(n >> (2n * quarter), length - 2 * Number(quarter)) + 1n) << quarter;
  let root = (above + n / above) >> 1n;
  while (root * root > n) root--;
  return root;
}

/** −1 or 1 where all members have that sign, else 0. */
export function signOf(x: Enclosure): -1 | 0 | 1 {
  if (x.lo > 0n) return 1;
  return x.hi < 0n ? -1 : 0;
}

/** A member near the middle, as an enclosure of its own. */
export function centre({ lo, hi }: Enclosure): Enclosure {
  const middle = (lo + hi) >> 1n;
  return { lo: middle, hi: middle };
}
