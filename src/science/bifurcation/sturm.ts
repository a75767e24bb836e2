/** Counts the zeros of polynomials over the integers, the real ones by Sturm's theorem. */
import { degree, type Polynomial, polynomial, primitive } from '../math/precision/integer-polynomial.ts';

function derivative(p: Polynomial): Polynomial {
  return polynomial(p.slice(1).map((value, i) => value * BigInt(i + 1)));
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
    rest = polynomial(
      rest.map((value, i) => value * size - (i >= shift ? (q[i - shift] ?? 0n) * factor : 0n)),
    );
  }
  return primitive(rest);
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
