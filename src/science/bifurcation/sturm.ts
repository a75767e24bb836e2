/** Computes exactly with polynomials in one variable over the integers, and counts their real zeros by Sturm's theorem. */

/** Coefficients by ascending power; the last one is not 0, and the zero polynomial is empty. */
export type Polynomial = readonly bigint[];

/** Drops zeros at the upper end. */
function trimmed(coefficients: readonly bigint[]): Polynomial {
  let length = coefficients.length;
  while (length > 0 && coefficients[length - 1] === 0n) length--;
  return coefficients.slice(0, length);
}

export function constant(value: bigint): Polynomial {
  return trimmed([value]);
}

export function plus(p: Polynomial, q: Polynomial): Polynomial {
  const length = Math.max(p.length, q.length);
  return trimmed(Array.from({ length }, (_, i) => (p[i] ?? 0n) + (q[i] ?? 0n)));
}

export function minus(p: Polynomial, q: Polynomial): Polynomial {
  return plus(
    p,
    q.map((value) => -value),
  );
}

export function times(p: Polynomial, q: Polynomial): Polynomial {
  if (p.length === 0 || q.length === 0) return [];
  const product = Array.from({ length: p.length + q.length - 1 }, () => 0n);
  p.forEach((a, i) => q.forEach((b, j) => (product[i + j]! += a * b)));
  return trimmed(product);
}

/** The degree, −1 of the zero polynomial. */
export function degree(p: Polynomial): number {
  return p.length - 1;
}

function derivative(p: Polynomial): Polynomial {
  return trimmed(p.slice(1).map((value, i) => value * BigInt(i + 1)));
}

/** The remainder of a positive multiple of p by q, over the common divisor of its coefficients: it has the same signs. */
function remainder(p: Polynomial, q: Polynomial): Polynomial {
  const lead = q.at(-1)!;
  let rest = p;
  while (rest.length >= q.length) {
    const shift = rest.length - q.length;
    const top = rest.at(-1)!;
    const size = lead < 0n ? -lead : lead;
    const factor = lead < 0n ? -top : top;
    rest = trimmed(rest.map((value, i) => value * size - (i >= shift ? (q[i - shift] ?? 0n) * factor : 0n)));
  }
  return primitive(rest);
}

function primitive(p: Polynomial): Polynomial {
  const common = p.reduce((divisor, value) => gcd(divisor, value < 0n ? -value : value), 0n);
  return common > 1n ? p.map((value) => value / common) : p;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The zeros of a polynomial, each counted once. */
export interface ZeroCount {
  readonly real: number;
  /** In the complex plane; fewer than the degree where some are multiple. */
  readonly all: number;
}

/** Exact, by Sturm's theorem. Throws RangeError for the zero polynomial. */
export function countZeros(p: Polynomial): ZeroCount {
  if (p.length === 0) throw new RangeError('the zero polynomial vanishes everywhere');
  const chain = [primitive(p)];
  for (let next = derivative(p); next.length > 0;) {
    chain.push(primitive(next));
    next = remainder(chain.at(-2)!, chain.at(-1)!).map((value) => -value);
  }
  // The last one is the greatest common divisor of p and p'.
  return { real: changes(chain, -1) - changes(chain, 1), all: degree(p) - degree(chain.at(-1)!) };
}

/** Changes of sign along the chain at −∞ or ∞. */
function changes(chain: readonly Polynomial[], side: 1 | -1): number {
  const signs = chain.map((p) => {
    const isFlipped = side < 0 && degree(p) % 2 === 1;
    return p.at(-1)! > 0n !== isFlipped;
  });
  return signs.slice(1).filter((sign, i) => sign !== signs[i]).length;
}
