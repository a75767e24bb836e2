/** Refines a regular solution of the reduced equations of a tensor decomposition in double-doubles, however its entries scale. */
import { fine, plain } from '../family/arithmetic.ts';
import type { DoubleDouble } from '../math/precision/double-double.ts';
import { eliminate } from './eliminate.ts';
import type { TensorNorm } from './kernel.ts';
import {
  entryCounts,
  reducedGradient,
  reducedHessian,
  reducedProblem,
  type ReducedProblem,
  type ReducedState,
  reducedState,
} from './reduced.ts';
import type { BlockKind, Space } from '../family/space.ts';

/** The fixed-point space of ΔS_{d−m}×S_m, or of ΔS_d for m = 0. */
export function youngSpace(
  d: number,
  m: number,
): { readonly space: Space; readonly sizes: readonly number[] } {
  const sizes = m === 0 ? [d] : [d - m, m];
  const kind = (size: number): BlockKind => (size === 1 ? 'single' : 'many');
  return {
    sizes,
    space: { blocks: sizes.map(kind), students: sizes.map((_, block) => ({ kind: 'tied', block })) },
  };
}

/** The problem on that space in doubles. */
export function plainProblem(norm: TensorNorm, d: number, m: number): ReducedProblem<number> {
  const { space, sizes } = youngSpace(d, m);
  return reducedProblem(plain(), norm, space, sizes);
}

/** The problem on that space in double-doubles. */
export function fineProblem(norm: TensorNorm, d: number, m: number): ReducedProblem<DoubleDouble> {
  const { space, sizes } = youngSpace(d, m);
  return reducedProblem(fine(), norm, space, sizes.map(fine().fromNumber));
}

/** A solution; entries that are 0 have been left so. */
export interface RefinedPoint {
  readonly values: readonly DoubleDouble[];
  /** ‖∇L‖_F over all entries of the matrix. */
  readonly residual: number;
  /** The largest last correction of an entry, relative to its scale. */
  readonly correction: number;
}

const mostSteps = 12;
/** A Newton step that changes an entry by more than this part of its scale is cut to it. */
const longest = 0.5;
/** Corrections below this part of an entry need not shrink further: where ∇²L is nearly singular, rounding is all they are. */
const rounding = 1e-9;

/**
 * Newton's method from `start`, on the entries that are not 0, until none changes by more than `tolerance` of its scale,
 * or corrections below 1e-9 no longer shrink. Undefined where that does not come about. `scales` are the sizes of entries,
 * those of `start` if left out; an entry may be near 0 on its way through.
 */
export function refineRegular(
  problem: ReducedProblem<DoubleDouble>,
  start: readonly number[],
  tolerance: number,
  scales: readonly number[] = start.map(Math.abs),
): RefinedPoint | undefined {
  const { fromNumber, sub, scale, toNumber } = fine();
  const free = start.flatMap((value, i) => (value === 0 ? [] : [i]));
  let values = start.map(fromNumber);
  let last = Infinity;
  for (let steps = 0; steps < mostSteps; steps++) {
    const state = reducedState(problem, values);
    const slope = reducedGradient(state);
    const step = newtonStep(state, slope, free);
    if (step === undefined) return undefined;
    const size = free.reduce((most, i, at) => Math.max(most, Math.abs(toNumber(step[at]!)) / scales[i]!), 0);
    if (size <= tolerance || (size < rounding && size >= last / 2))
      return { values, residual: residualOf(problem, slope), correction: size };
    if (!Number.isFinite(size)) return undefined;
    const cut = Math.min(1, longest / size);
    const next = [...values];
    free.forEach((i, at) => (next[i] = sub(next[i]!, scale(step[at]!, cut))));
    [values, last] = [next, size];
  }
  return undefined;
}

function residualOf(problem: ReducedProblem<DoubleDouble>, slope: readonly DoubleDouble[]): number {
  const counts = entryCounts(problem).map(fine().toNumber);
  const squares = slope.map((value, i) => (fine().toNumber(value) * fine().toNumber(value)) / counts[i]!);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}

/** The solution of Hδ = slope on the free entries, rows and columns scaled to a diagonal of ±1. */
function newtonStep(
  state: ReducedState<DoubleDouble>,
  slope: readonly DoubleDouble[],
  free: readonly number[],
): DoubleDouble[] | undefined {
  if (free.length === 0) return [];
  const { scale, toNumber } = fine();
  const hessian = reducedHessian(state);
  const scales = free.map((i) => 1 / Math.sqrt(Math.abs(toNumber(hessian[i]![i]!))));
  if (!scales.every(Number.isFinite)) return undefined;
  const matrix = free.map((i, a) =>
    free.map((j, b) => scale(scale(hessian[i]![j]!, scales[a]!), scales[b]!)),
  );
  const right = free.map((i, a) => scale(slope[i]!, scales[a]!));
  return eliminate(fine(), matrix, right)?.map((value, a) => scale(value, scales[a]!));
}
