/** Follows an isolated critical point of a tensor decomposition over real d, without knowing how its entries scale. */
import { fine } from '../family/arithmetic.ts';
import { exp, log } from '../math/elementary.ts';
import type { DoubleDouble } from '../math/precision/double-double.ts';
import type { TensorNorm } from './kernel.ts';
import { fineProblem, refineRegular, type RefinedPoint } from './reduced-refine.ts';

/** Which fixed-point space (ΔS_d for m = 0, else Δ(S_{d−m}×S_m)) of which loss. */
export interface Setting {
  readonly norm: TensorNorm;
  readonly m: number;
}

/** A point of a family. */
export interface FamilyPoint extends RefinedPoint {
  readonly d: number;
}

/** How far a family was followed. */
export interface FamilyPath {
  /** At the values of d asked for, in their order, as far as they were reached. */
  readonly points: readonly FamilyPoint[];
  /** The last point reached, where it is not at the last d asked for. */
  readonly last: FamilyPoint | undefined;
}

/** The largest part of itself by which an entry may differ from what was predicted. */
const surprise = 0.1;
/** At smaller d an entry below this part of the largest may be on its way through 0, or vanish at an integer d. */
const moderate = 30;
const negligible = 1e-3;
/** Steps in d shorter than this part of d are not tried. */
const shortest = 1e-4;
/** Steps tried between two values of d that are asked for. */
const mostAttempts = 60;
const precision = 1e-28;

/** The critical point at d near `start`, in double-doubles. */
export function pointNear(
  { norm, m }: Setting,
  d: number,
  start: readonly number[],
  scales?: readonly number[],
): FamilyPoint | undefined {
  const found = refineRegular(fineProblem(norm, d, m), start, precision, scales);
  return found === undefined ? undefined : { d, ...found };
}

/** The family through `start` at each d of `stops`, a monotone sequence away from it. */
export function followFamily(setting: Setting, start: FamilyPoint, stops: readonly number[]): FamilyPath {
  const points: FamilyPoint[] = [];
  let recent: readonly FamilyPoint[] = [start];
  for (const stop of stops) {
    const reached = reach(setting, recent, stop);
    recent = reached.recent;
    if (reached.end === undefined) return { points, last: recent.at(-1)! };
    points.push(reached.end);
  }
  return { points, last: undefined };
}

/** From the last of `recent` to `stop`, in steps that are halved (in log d) where one fails. */
function reach(
  setting: Setting,
  recent: readonly FamilyPoint[],
  stop: number,
): { readonly recent: readonly FamilyPoint[]; readonly end: FamilyPoint | undefined } {
  let known = recent;
  let part = 1;
  for (let attempts = 0; ; attempts++) {
    const { d } = known.at(-1)!;
    if (d === stop) return { recent: known, end: known.at(-1)! };
    const next = part === 1 ? stop : d * exp(part * log(stop / d));
    if (attempts === mostAttempts || Math.abs(next / d - 1) < shortest)
      return { recent: known, end: undefined };
    const point = step(setting, known, next);
    if (point === undefined) part /= 2;
    else {
      known = [...known.slice(-1), point];
      part = Math.min(1, 4 * part);
    }
  }
}

function step(setting: Setting, recent: readonly FamilyPoint[], d: number): FamilyPoint | undefined {
  const predicted = predict(recent, d);
  const before = recent.at(-1)!.values;
  const floor = d < moderate ? negligible * Math.max(...before.map(({ hi }) => Math.abs(hi))) : 0;
  const scales = predicted.map((value, i) => Math.max(Math.abs(value), Math.abs(before[i]!.hi), floor));
  const point = pointNear(setting, d, predicted, scales);
  const isNear = point?.values.every(({ hi }, i) => Math.abs(hi - predicted[i]!) <= surprise * scales[i]!);
  return isNear === true ? point : undefined;
}

/** Steps by a larger factor are predicted by powers of d, which keep the sign, smaller ones linearly in log d. */
const close = 1.3;

/** Each entry from the last two points. */
function predict(recent: readonly FamilyPoint[], d: number): number[] {
  const last = recent.at(-1)!;
  const before = recent.length > 1 ? recent[0]! : undefined;
  const part = before === undefined ? 0 : log(d / last.d) / log(last.d / before.d);
  const isClose = Math.max(d / last.d, last.d / d) < close;
  return last.values.map(({ hi: value }, i) => {
    const old = before?.values[i]!.hi ?? value;
    if (part === 0 || old === value) return value;
    return old * value > 0 && !isClose ? value * exp(part * log(value / old)) : value + part * (value - old);
  });
}

/** The entries rounded to doubles. */
export function rounded(values: readonly DoubleDouble[]): number[] {
  return values.map(fine().toNumber);
}
