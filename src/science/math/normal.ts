/** Draws from the standard normal distribution, with the same bits on every engine. */
import type { RandomStream } from '../../base/random.ts';
import { log } from './elementary/logarithm.ts';

/**
 * One standard normal number: each call starts a new pair and drops its second number, so that a draw depends on
 * nothing but where the stream stands. Source: G. Marsaglia, T. A. Bray, "A convenient method for generating
 * normal variables", SIAM Review 6 (1964), the polar method.
 */
export function normal(stream: RandomStream): number {
  for (;;) {
    const x = 2 * stream.uniform() - 1;
    const y = 2 * stream.uniform() - 1;
    const square = x * x + y * y;
    if (square < 1 && square > 0) return x * radius(square);
  }
}

/** `count` independent standard normal numbers; both numbers of each pair are used. Throws RangeError unless count is an integer >= 0. */
export function fillNormals(stream: RandomStream, count: number): Float64Array {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`no ${count} normal numbers`);
  const values = new Float64Array(count);
  for (let i = 0; i < count;) {
    const x = 2 * stream.uniform() - 1;
    const y = 2 * stream.uniform() - 1;
    const square = x * x + y * y;
    if (square >= 1 || square === 0) continue;
    values[i++] = x * radius(square);
    if (i < count) values[i++] = y * radius(square);
  }
  return values;
}

function radius(square: number): number {
  return Math.sqrt((-2 * log(square)) / square);
}
