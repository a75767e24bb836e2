/** Finds a zero of a function between two points where its signs differ. */

/** A zero, with the width of an interval around it in which the sign was seen to change. */
export interface Root {
  readonly at: number;
  readonly width: number;
  readonly evaluations: number;
}

interface Sample {
  readonly x: number;
  readonly y: number;
}

const mostEvaluations = 200;

/**
 * The zero of `f` between `a` and `b`, to `tolerance` times its own size: regula falsi with halved weights
 * (Illinois), a bisection every fourth step, and, where the zero seems found, two samples that close in on it from
 * both sides. Throws RangeError unless f(a) and f(b) differ in sign.
 */
export function rootBetween(f: (x: number) => number, a: number, b: number, tolerance: number): Root {
  const sample = (x: number): Sample => ({ x, y: f(x) });
  let [left, right] = [sample(a), sample(b)];
  if (!(left.y * right.y <= 0)) throw new RangeError(`no change of sign between ${a} and ${b}`);
  // The value at an end that stays is halved for the secant only; its sign is all that counts otherwise.
  let weight = left.y;
  const put = (next: Sample) => {
    if (next.y * right.y < 0) {
      left = right;
      weight = left.y;
    } else weight /= 2;
    right = next;
  };
  let evaluations = 2;
  for (; evaluations < mostEvaluations && left.y !== 0 && right.y !== 0; evaluations++) {
    const width = Math.abs(right.x - left.x);
    const margin = tolerance * Math.max(Math.abs(left.x), Math.abs(right.x));
    if (width <= margin) break;
    const secant = right.x - (right.y * (right.x - left.x)) / (right.y - weight);
    if (Math.abs(secant - right.x) < margin / 4) {
      // Just across the zero, seen from the sample that is nearest to it.
      const across = right.x + Math.sign(left.x - right.x) * Math.min(margin / 2, width / 2);
      put(sample(across));
    } else put(sample(evaluations % 4 === 3 ? left.x + (right.x - left.x) / 2 : secant));
  }
  const best = Math.abs(left.y) < Math.abs(right.y) ? left : right;
  return { at: best.x, width: best.y === 0 ? 0 : Math.abs(right.x - left.x), evaluations };
}
