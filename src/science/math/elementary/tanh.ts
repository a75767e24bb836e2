/** The hyperbolic tangent. */
import { productError } from '../exact.ts';
import { exp } from './exponential.ts';
import { horner } from './horner.ts';

/** (tanh x - x) / x^3 in z = x^2, |x| <= 5/8. Source: S. L. Moshier, Cephes, tanh.c (1995). */
const top = [-1614.6876844170845, -99.28772310019185, -0.9643991794250523];
const bottom = [4844.063053251255, 2235.4883906010045, 112.81167849163293, 1];

/** tanh x in [-1, 1]. Error below 1 ulp. Above 5/8 it is 1 - 2 / (e^2x + 1), with what addition and division lose. */
export function tanh(x: number): number {
  if (x < 0) return -tanh(-x);
  if (x === 0) return x;
  if (x > 20) return 1;
  const z = x * x;
  if (!(x > 0.625)) return x + x * (z * (horner(z, top) / horner(z, bottom)));
  const e = exp(2 * x);
  const sum = e + 1;
  const q = 2 / sum;
  const p = q * sum;
  const rest = 2 - p - productError(q, sum, p) - q * (1 - (sum - e));
  const high = 1 - q;
  return high + (1 - high - q - rest / sum);
}
