/** Holds the equilibria that curves give against their exact count, between all folds of a broken symmetry. */
import { exactCount } from './exact-count.ts';
import { forced } from './forced.ts';

/** The equilibria at one λ, counted twice. */
export interface ExactCheck {
  readonly n: number;
  readonly lambda: number;
  /** Folds at λ below this one. */
  readonly foldsBelow: number;
  /** As the curves give them, and whether that was proved. */
  readonly curves: number;
  readonly certified: boolean;
  /** By Sturm's theorem. */
  readonly exact: number;
  /** All complex ones: with multiplicities, and different ones. */
  readonly complex: number;
  readonly distinct: number;
}

/** λ and c are in units of 1/(unit · 2^14), fine enough to lie between neighbouring folds. */
const refinement = 16384;
/** How far the outermost λ lies from the outermost folds, relative to them. */
const beyond = 1.5;

/** One check below all folds, one above, and one between each two neighbours; λ = 0 is left out. c has integers, in 1/unit. */
export function exactChecks(c: readonly number[], unit: number): ExactCheck[] {
  const scaled = c.map((entry) => entry / unit);
  const everywhere = { lambda: 0.5, radius: Infinity };
  const folds = forced(scaled, 0, everywhere)
    .flatMap((report) => report.folds.map(({ lambda }) => lambda))
    .toSorted((a, b) => a - b);
  return between(folds).map((near) => {
    const whole = Math.round(near * unit * refinement);
    const lambda = whole / (unit * refinement);
    const reports = forced(scaled, 0, { lambda: Math.abs(lambda), radius: Infinity });
    const places = reports.flatMap(({ below, above }) => (lambda < 0 ? below : above));
    const exact = exactCount(
      whole,
      c.map((entry) => entry * refinement),
      unit * refinement,
    );
    return {
      n: c.length,
      lambda,
      foldsBelow: folds.filter((fold) => fold < lambda).length,
      curves: places.length,
      certified: reports.every(({ certified }) => certified),
      exact: exact.real,
      complex: exact.degree,
      distinct: exact.distinct,
    };
  });
}

function between(folds: readonly number[]): number[] {
  const [first, last] = [folds[0]!, folds.at(-1)!];
  const middles = folds.slice(1).flatMap((fold, i) => {
    const before = folds[i]!;
    // Where 0 lies between them, one λ on each side of it.
    return before < 0 && fold > 0 ? [before / 2, fold / 2] : [(before + fold) / 2];
  });
  return [beyond * first, ...middles, beyond * last];
}
