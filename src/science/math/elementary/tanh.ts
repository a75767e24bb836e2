/** The hyperbolic tangent. */
import { expm1 } from './exponential.ts';

/** tanh x in [-1, 1]. Source: fdlibm s_tanh.c (Sun Microsystems, 1993). */
export function tanh(x: number): number {
  if (x < 0) return -tanh(-x);
  if (x > 20) return 1;
  if (x < 2.3e-308) return x;
  if (x > 0.5493061443340549) return 1 - 2 / (expm1(2 * x) + 2);
  const t = expm1(-2 * x);
  return -t / (t + 2);
}
