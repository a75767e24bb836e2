/** Sums and scalar products with a running compensation, in the order of the entries. */
import { productError, sumError } from './exact.ts';

/**
 * The sum from first to last, as accurate as if computed with twice the precision and rounded.
 * Source: T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005), Sum2.
 */
export function sum(values: Iterable<number>): number {
  let total = 0;
  let rest = 0;
  for (const value of values) {
    const next = total + value;
    rest += sumError(total, value, next);
    total = next;
  }
  return Number.isFinite(rest) ? total + rest : total;
}

/** The scalar product, likewise (Dot2). Throws RangeError if the lengths differ. */
export function compensatedDot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) throw new RangeError(`no scalar product of ${x.length} and ${y.length} entries`);
  let total = 0;
  let rest = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i] as number;
    const b = y[i] as number;
    const product = a * b;
    const next = total + product;
    rest += sumError(total, product, next) + productError(a, b, product);
    total = next;
  }
  return Number.isFinite(rest) ? total + rest : total;
}
