/**
 * Counts the equilibria of x' = λx + Q(x) + c on H exactly, by algebra over the integers: no interval, no search, and
 * nothing of what `forced` uses but the equations.
 *
 * At an equilibrium x_i² + λx_i + c_i is the same for all i. With a the place of the largest c, y = 2x_a + λ and
 * δ_i = c_a − c_i, 2x_i + λ = ±√(y² + 4δ_i), and Σx_i = 0 says nλ = y + Σ ±√(y² + 4δ_i). The product over all choices of
 * signs of nλ − y − Σ ±√(y² + 4δ_i) is a polynomial P in y, of degree 2^{n−1} (less where λ = 0 or zeros are at infinity).
 * A real zero y of P makes one of its factors vanish, all roots being real: so the real zeros of P, which Sturm's
 * theorem counts, are the equilibria, unless two of them share x_a. Multiple zeros show as `distinct` < `degree`.
 */
import {
  constant,
  degree,
  minus,
  plus,
  type Polynomial,
  times,
} from '../math/precision/integer-polynomial.ts';
import { countZeros } from './sturm.ts';

/** The equilibria at one λ. */
export interface ExactCount {
  /** Real equilibria. */
  readonly real: number;
  /** The degree of P: all complex equilibria with their multiplicities, but for those at infinity. */
  readonly degree: number;
  /** Different zeros of P. */
  readonly distinct: number;
}

/** A sum of products of roots r_i, each with a polynomial: bit i of the place says whether r_i is a factor. */
type Expression = readonly Polynomial[];

/**
 * The count for λ and c in units of 1/unit: integers, the c of sum 0, the largest one alone. Throws RangeError otherwise.
 */
export function exactCount(lambda: number, c: readonly number[], unit: number): ExactCount {
  if (![lambda, unit, ...c].every(Number.isInteger))
    throw new RangeError('λ and c are integers over the unit');
  if (c.reduce((sum, entry) => sum + entry, 0) !== 0)
    throw new RangeError('the entries of c have a sum other than 0');
  const top = Math.max(...c);
  if (c.indexOf(top) !== c.lastIndexOf(top)) throw new RangeError('the largest entry of c occurs twice');
  // Everything in units of 1/unit but δ, which then has the factor unit.
  const offsets = c.filter((entry) => entry !== top).map((entry) => BigInt(4 * (top - entry) * unit));
  const p = product(BigInt(c.length * lambda), offsets);
  const { real, all } = countZeros(p);
  return { real, degree: degree(p), distinct: all };
}

/** P: roots are adjoined one by one, and the norm taken down again. */
function product(constantTerm: bigint, offsets: readonly bigint[]): Polynomial {
  const squares = offsets.map((offset): Polynomial => [offset, 0n, 1n]);
  const one = constant(1n);
  const first: Polynomial[] = Array.from({ length: 1 << offsets.length }, () => []);
  first[0] = minus(constant(constantTerm), [0n, 1n]);
  offsets.forEach((_, i) => (first[1 << i] = minus([], one)));
  let expression: Expression = first;
  for (let i = offsets.length - 1; i >= 0; i--) {
    const half = 1 << i;
    const [plain, rooted] = [expression.slice(0, half), expression.slice(half)];
    // (a + b r)(a − b r) = a² − b² r².
    const square = multiplied(rooted, rooted, squares).map((part) => times(part, squares[i]!));
    expression = multiplied(plain, plain, squares).map((part, at) => minus(part, square[at]!));
  }
  return expression[0]!;
}

function multiplied(left: Expression, right: Expression, squares: readonly Polynomial[]): Expression {
  const result: Polynomial[] = left.map(() => []);
  left.forEach((p, i) => {
    right.forEach((q, j) => {
      if (p.length === 0 || q.length === 0) return;
      const common = squares.filter((_, bit) => ((i & j) >>> bit) % 2 === 1);
      const part = common.reduce<Polynomial>((sum, square) => times(sum, square), times(p, q));
      result[i ^ j] = plus(result[i ^ j]!, part);
    });
  });
  return result;
}
