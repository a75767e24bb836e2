/** Finds all zeros of a function of one variable on an interval, with proof that there are no others. */
import { directedDouble as ends } from '../math/precision/directed-double.ts';
import { type Interval, sign } from '../math/precision/interval.ts';

export type Real = Interval<number>;

/** Encloses the values of a function and those of its derivative on an interval. */
export interface Enclosed {
  readonly value: (s: Real) => Real;
  readonly slope: (s: Real) => Real;
}

export interface Zeros {
  /** Disjoint, ascending; each holds exactly one zero, a simple one. Elsewhere on the interval there is none. */
  readonly zeros: readonly Real[];
  /** Intervals of which nothing is known; none where the answer is proved. */
  readonly unknown: readonly Real[];
}

/** Below this width an interval is given up. */
const narrowest = 1e-9;
/** Width, relative to max(1, |s|), to which zeros are enclosed. */
const accuracy = 1e-13;

/**
 * The zeros on [lo, hi]: an interval is dropped where the enclosed values exclude 0, decided by the signs at its ends
 * where the slope excludes 0, and cut in two otherwise. Zeros of even order end as `unknown`.
 */
export function isolate(of: Enclosed, lo: number, hi: number): Zeros {
  const zeros: Real[] = [];
  const unknown: Real[] = [];
  const visit = (part: Real): void => {
    if (sign(ends, of.value(part)) !== 0) return;
    if (sign(ends, of.slope(part)) !== 0) {
      const left = signAt(of, part.lo);
      const right = signAt(of, part.hi);
      if (left !== 0 && right !== 0) {
        if (left !== right) zeros.push(narrow(of, part, left));
        return;
      }
    }
    if (part.hi - part.lo < narrowest) {
      unknown.push(part);
      return;
    }
    const cut = cutOf(of, part);
    visit({ lo: part.lo, hi: cut });
    visit({ lo: cut, hi: part.hi });
  };
  visit({ lo, hi });
  return { zeros, unknown };
}

const signAt = (of: Enclosed, s: number) => sign(ends, of.value({ lo: s, hi: s }));

/** A place to cut at which the function is not 0 where that can be helped. */
function cutOf(of: Enclosed, { lo, hi }: Real): number {
  const middle = lo + 0.5 * (hi - lo);
  return signAt(of, middle) === 0 ? lo + 0.4375 * (hi - lo) : middle;
}

/** Halves the interval while the sign in the middle is known. */
function narrow(of: Enclosed, part: Real, left: number): Real {
  let { lo, hi } = part;
  while (hi - lo > accuracy * Math.max(1, Math.abs(lo))) {
    const middle = lo + (hi - lo) / 2;
    const here = signAt(of, middle);
    if (here === 0) break;
    if (here === left) lo = middle;
    else hi = middle;
  }
  return { lo, hi };
}
