/** Maps data to positions along an axis. */
import { log } from '../math/elementary.ts';
import { type Tick, integerTicks, linearTicks, logMinorTicks, logTicks, squareRootTicks } from './ticks.ts';

export type ScaleKind = 'linear' | 'log' | 'sqrt';

export interface Scale {
  readonly kind: ScaleKind;
  /** The values at positions 0 and 1; the first may be the larger. */
  readonly domain: readonly [number, number];
  /** The position of a value: 0 and 1 at the ends of the domain, outside beyond; −∞ where a log scale has none. */
  at(value: number): number;
}

/** How an axis chooses its scale. */
export interface ScaleSpec {
  readonly kind?: ScaleKind | undefined;
  /** Values at both ends; default: the data with a margin. */
  readonly domain?: readonly [number, number] | undefined;
  /** Whether zero is part of the default domain. */
  readonly zero?: boolean | undefined;
}

/**
 * The scale for these data. Throws RangeError for a domain that is empty, not finite, or not positive on a
 * logarithmic scale (negative, under a square root).
 */
export function scaleFor(spec: ScaleSpec, data: Iterable<number>): Scale {
  const kind = spec.kind ?? 'linear';
  const domain = spec.domain ?? defaultDomain(kind, data, spec.zero ?? false);
  const [first, last] = domain;
  const least = Math.min(first, last);
  if (!Number.isFinite(first) || !Number.isFinite(last) || first === last)
    throw new RangeError(`no ${kind} scale from ${first} to ${last}`);
  if (kind === 'log' ? least <= 0 : kind === 'sqrt' && least < 0)
    throw new RangeError(`no ${kind} scale from ${first} to ${last}`);
  const along = transform(kind);
  const [from, to] = [along(first), along(last)];
  return { kind, domain, at: (value) => (along(value) - from) / (to - from) + 0 };
}

function transform(kind: ScaleKind): (value: number) => number {
  if (kind === 'log') return (value) => (value > 0 ? log(value) : Number.NEGATIVE_INFINITY);
  if (kind === 'sqrt') return (value) => (value < 0 ? -Math.sqrt(-value) : Math.sqrt(value));
  return (value) => value;
}

/** The data and 4% to either side along the axis; where zero is an end of a linear scale it stays the end. */
function defaultDomain(kind: ScaleKind, data: Iterable<number>, zero: boolean): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    if (!Number.isFinite(value) || (kind === 'log' && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return kind === 'log' ? [1, 10] : [0, 1];
  if (zero) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  if (kind === 'log') return widenedLog(low, high);
  if (low === high) return [low - (Math.abs(low) || 1) * 0.5, high + (Math.abs(high) || 1) * 0.5];
  const margin = 0.04 * (high - low);
  const atZero = (zero && low === 0) || (kind === 'sqrt' && low < margin);
  return [atZero ? 0 : low - margin, zero && high === 0 ? 0 : high + margin];
}

/** A margin of about one twenty-fifth of the decades: 1 + ln(q)/25 is near enough to the 25th root of q. */
function widenedLog(low: number, high: number): readonly [number, number] {
  const factor = low === high ? 2 : 1 + log(high / low) / 25;
  return [low / factor, high * factor];
}

/** Ticks for about `count` labels, in ascending order, and the power of ten that the labels leave out. */
export function ticksOf(
  { kind, domain }: Scale,
  count: number,
  whole = false,
): { ticks: readonly Tick[]; power: number } {
  const [low, high] = [Math.min(...domain), Math.max(...domain)];
  if (whole) return { ticks: integerTicks(low, high, count), power: 0 };
  if (kind === 'log') return { ticks: logTicks(low, high, count), power: 0 };
  if (kind === 'sqrt') return { ticks: squareRootTicks(low, high, count), power: 0 };
  return linearTicks(low, high, count);
}

/** Marks between the ticks: on logarithmic scales only. */
export function minorTicksOf({ kind, domain }: Scale): number[] {
  return kind === 'log' ? logMinorTicks(Math.min(...domain), Math.max(...domain)) : [];
}
