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
  /** n/m for integers. */
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

/** The arithmetic with unit 2^-bits. */
export function arithmetic(bits: number): Arithmetic {
  const shift = BigInt(bits);
  const one = { lo: 1n << shift, hi: 1n << shift };
  const ratio = (n: bigint, m: bigint) => ({ lo: floor(n << shift, m), hi: -floor(-n << shift, m) });
  const mul = (x: Enclosure, y: Enclosure) => {
    const [low, high] = extremes([x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi]);
    return { lo: low >> shift, hi: -(-high >> shift) };
  };
  const div = (x: Enclosure, y: Enclosure) => {
    if (y.lo <= 0n && y.hi >= 0n) throw new Undecided('division by an enclosure of 0');
    const corners = [x.lo, x.hi].flatMap((n) => [y.lo, y.hi].map((m) => ratio(n, m)));
    return { lo: extremes(corners.map((c) => c.lo))[0], hi: extremes(corners.map((c) => c.hi))[1] };
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
  const base = { bits, zero: { lo: 0n, hi: 0n }, one, ratio, add, neg, mul, div, sqrt, square };
  return {
    ...base,
    pi: pi(bits),
    sub: (x, y) => ({ lo: x.lo - y.hi, hi: x.hi - y.lo }),
    times: (n, x) => (n < 0 ? neg(scaled(-n, x)) : scaled(n, x)),
    atan: (x) => ({ lo: arctangent(base, x.lo).lo, hi: arctangent(base, x.hi).hi }),
  };
}

function add(x: Enclosure, y: Enclosure): Enclosure {
  return { lo: x.lo + y.lo, hi: x.hi + y.hi };
}

function neg(x: Enclosure): Enclosure {
  return { lo: -x.hi, hi: -x.lo };
}

function scaled(n: number, { lo, hi }: Enclosure): Enclosure {
  return { lo: BigInt(n) * lo, hi: BigInt(n) * hi };
}

type Basic = Pick<Arithmetic, 'zero' | 'one' | 'mul' | 'div' | 'sqrt'>;

/**
 * atan u for one u ≥ 0: u ↦ u/(1 + √(1 + u²)) halves the angle; once u ≤ 2^-5, the alternating series lies between
 * consecutive partial sums, so the first term left out, with either sign, covers the rest.
 */
function arctangent({ zero, one, mul, div, sqrt }: Basic, end: bigint): Enclosure {
  if (end === 0n) return zero;
  let u: Enclosure = { lo: end, hi: end };
  let doublings = 0n;
  for (; u.hi > one.lo >> 5n; doublings++) u = div(u, add(one, sqrt(add(one, mul(u, u)))));
  const square = mul(u, u);
  let sum = zero;
  let power = u;
  for (let n = 1n; power.hi > 1n; n += 2n, power = mul(power, square)) {
    const term = { lo: power.lo / n, hi: power.hi / n + 1n };
    sum = n % 4n === 1n ? add(sum, term) : add(sum, { lo: -term.hi, hi: -term.lo });
  }
  const rest = power.hi + 1n;
  return { lo: (sum.lo - rest) << doublings, hi: (sum.hi + rest) << doublings };
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

function extremes(values: readonly bigint[]): [bigint, bigint] {
  let [low, high] = [values[0] as bigint, values[0] as bigint];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** n/m rounded down. */
function floor(n: bigint, m: bigint): bigint {
  const quotient = n / m;
  return quotient * m !== n && n < 0n !== m < 0n ? quotient - 1n : quotient;
}

/** The largest r with r² ≤ n, by Newton's method from above, where it falls until it is reached. */
function floorRoot(n: bigint): bigint {
  if (n === 0n) return 0n;
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
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
