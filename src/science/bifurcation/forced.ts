/**
 * Forced symmetry breaking: all equilibria of x' = λx + Q(x) − β|x|²x + c, their folds, and the curves that have none,
 * with proof that nothing is missing (arXiv:2107.02422).
 */
import { doubleField } from '../math/precision/field.ts';
import { atan2 } from '../math/elementary.ts';
import { directedDouble as ends } from '../math/precision/directed-double.ts';
import { intervalField } from '../math/precision/interval-field.ts';
import { choose } from './branches.ts';
import { type Curve, balance, curvesOf, jet, pointAt } from './curves.ts';
import { type Real, isolate } from './isolate.ts';
import { tailSign } from './tails.ts';
import { eigenvalues } from './vector-field.ts';

/** What is looked at: |λ| ≤ `lambda`, and |x| ≤ `radius`. With β = 0 the radius is Infinity and folds count for all λ. */
export interface Window {
  readonly lambda: number;
  readonly radius: number;
}

/** A point of a curve. */
export interface Place {
  /** The parameter, to about 1e-13. */
  readonly s: number;
  readonly lambda: number;
  readonly x: readonly number[];
  /** Eigenvalues of Df on H above and below 0; at a fold one is neither. */
  readonly positive: number;
  readonly negative: number;
}

/** `right` (`left`): two equilibria at λ = Λ (−Λ) and none opposite; `half`: a single one, the other end at infinity. */
export type Shape = 'crossing' | 'right' | 'left' | 'half' | 'absent';

/** What is known of one curve. */
export interface CurveReport {
  readonly curve: Curve;
  readonly shape: Shape;
  /** Whether every fold and every equilibrium at ±Λ in the window is proved and there are no others. */
  readonly certified: boolean;
  readonly folds: readonly Place[];
  /** The equilibria at λ = −Λ and at λ = Λ. */
  readonly below: readonly Place[];
  readonly above: readonly Place[];
  /** The parameters between which the window lies. */
  readonly reach: number;
}

/** The curves of c, all 2^{n−1}. Throws RangeError for c as `curvesOf` does, and for β > 0 without a finite radius. */
export function forced(c: readonly number[], beta: number, window: Window): CurveReport[] {
  if (beta !== 0 && !Number.isFinite(window.radius))
    throw new RangeError('with a cubic term the window is finite');
  return curvesOf(c, beta).map((curve) => report(curve, window));
}

function report(curve: Curve, window: Window): CurveReport {
  const { reach, proved } = curve.beta === 0 ? wholeLine(curve, window) : local(curve, window);
  const F = intervalField(ends);
  const at = (level: number) => ({
    value: (s: Real) => F.sub(jet(F, curve, s).lambda, F.fromNumber(level)),
    slope: (s: Real) => jet(F, curve, s).slope,
  });
  const turns = { value: (s: Real) => jet(F, curve, s).slope, slope: (s: Real) => jet(F, curve, s).bend };
  const found = [turns, at(-window.lambda), at(window.lambda)].map((of) => {
    const { zeros, unknown } = isolate(of, -reach, reach);
    const inside = zeros.map((s) => within(curve, s, window));
    const places = zeros.filter((_, i) => inside[i] !== false).map((s) => placeAt(curve, s));
    return { places, certified: unknown.length === 0 && inside.every((known) => known !== undefined) };
  });
  const [folds, below, above] = found.map(({ places }) => places) as [Place[], Place[], Place[]];
  const certified = proved && found.every((one) => one.certified);
  return { curve, shape: shapeOf(below.length, above.length), certified, folds, below, above, reach };
}

function shapeOf(below: number, above: number): Shape {
  if (below === 0 && above === 0) return 'absent';
  if (below > 0 && above > 0) return 'crossing';
  if (below + above === 1) return 'half';
  return above > 0 ? 'right' : 'left';
}

const farthest = 1e6;

/**
 * S such that λ' keeps its sign beyond ±S, and no equilibrium at ±Λ lies there: λ is monotone from λ(±S), which is
 * outside [−Λ, Λ] where the limit is infinite, and inside where the limit is 0.
 */
function wholeLine(curve: Curve, { lambda }: Window): { reach: number; proved: boolean } {
  const F = intervalField(ends);
  for (let far = 1; far <= farthest; far *= 2) {
    const settled = ([1, -1] as const).every((side) => {
      const slope = tailSign(curve, far, side);
      const end = jet(F, curve, F.fromNumber(side * far)).lambda;
      if (slope === 0) return false;
      // Away from 0 it is growing in size; towards 0 it must have passed Λ already.
      const outward = slope * side > 0 ? end.lo > lambda : end.hi < -lambda;
      return outward || (end.lo > -lambda && end.hi < lambda && balance(curve) === -side);
    });
    if (settled) return { reach: far, proved: true };
  }
  return { reach: farthest, proved: false };
}

/** |ℓ| ≤ Λ + β ρ² and s² = ℓ²/4 + |x|²/n − c_a bound s in the window. */
function local({ n, beta }: Curve, { lambda, radius }: Window): { reach: number; proved: boolean } {
  const l = lambda + beta * radius * radius;
  return { reach: 1.01 * Math.sqrt((l * l) / 4 + (radius * radius) / n), proved: true };
}

/** Whether the point of the curve lies in the window; undefined where that is not clear. */
function within(curve: Curve, s: Real, { lambda, radius }: Window): boolean | undefined {
  if (!Number.isFinite(radius)) return true;
  const F = intervalField(ends);
  const size = F.sqrt(pointAt(F, curve, s).reduce((sum, x) => F.add(sum, F.mul(x, x)), F.zero));
  const level = jet(F, curve, s).lambda;
  const slack = 1e-9 * lambda;
  if (size.lo > radius || level.lo > lambda + slack || level.hi < -lambda - slack) return false;
  return size.hi <= radius && level.hi <= lambda + slack && level.lo >= -lambda - slack ? true : undefined;
}

/** Eigenvalues below this, relative to the largest, are those of a fold. */
const negligible = 1e-7;

function placeAt(curve: Curve, { lo, hi }: Real): Place {
  const F = doubleField(atan2);
  const s = lo + (hi - lo) / 2;
  const { lambda } = jet(F, curve, s);
  const x = pointAt(F, curve, s);
  const values = eigenvalues({ n: curve.n, lambda, beta: curve.beta }, x);
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const positive = values.filter((value) => value > negligible * size).length;
  const negative = values.filter((value) => value < -negligible * size).length;
  return { s, lambda, x, positive, negative };
}

/** The totals of a perturbation. */
export interface Census {
  readonly curves: number;
  readonly crossing: number;
  readonly foldsBelow: number;
  readonly foldsAbove: number;
  readonly solutionsBelow: number;
  readonly solutionsAbove: number;
  /** Equilibria at ±Λ at which all eigenvalues of Df are negative. */
  readonly sinksBelow: number;
  readonly sinksAbove: number;
  readonly certified: boolean;
  /**
   * C(n−1, ⌊n/2⌋) curves cross without a fold, and each other one has one fold: no model has fewer folds, as the ends
   * of the curves show (for even n with β > 0; with β = 0 some curves end at infinity at λ = 0).
   */
  readonly minimal: boolean;
}

/** Counts the curves without a fold that have equilibria at both −Λ and Λ, and the folds by the sign of their λ. */
export function census(reports: readonly CurveReport[]): Census {
  const folds = reports.flatMap((report) => report.folds);
  const { n } = reports[0]!.curve;
  const below = reports.flatMap((report) => report.below);
  const above = reports.flatMap((report) => report.above);
  const sinks = (places: readonly Place[]) => places.filter(({ negative }) => negative === n - 1).length;
  const crossing = reports.filter(({ shape, folds }) => shape === 'crossing' && folds.length === 0).length;
  const least = choose(n - 1, Math.floor(n / 2));
  return {
    curves: reports.length,
    crossing,
    foldsBelow: folds.filter(({ lambda }) => lambda < 0).length,
    foldsAbove: folds.filter(({ lambda }) => lambda > 0).length,
    solutionsBelow: below.length,
    solutionsAbove: above.length,
    sinksBelow: sinks(below),
    sinksAbove: sinks(above),
    certified: reports.every((report) => report.certified),
    minimal: crossing === least && folds.length === reports.length - least,
  };
}
