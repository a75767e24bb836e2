/** Looks for all critical points in a fixed-point space, from random starts. */
import type { RandomStream } from '../../base/random.ts';
import { symmetricEigen } from '../math/linear.ts';
import { fromRows } from '../math/matrix.ts';
import { blockOf } from './blocks.ts';
import { gradientAt } from './gradient.ts';
import type { PairClass } from './pairs.ts';
import { multiplicities, type Problem, type State, stateAt } from './problem.ts';
import { valueAt } from './value.ts';

/** A critical point found, in doubles. */
export interface Found {
  readonly values: readonly number[];
  /** 2π times the loss. */
  readonly value: number;
  /** ‖∇(2πL)‖_F over all entries. */
  readonly residual: number;
  /** How many starts ended there. */
  readonly hits: number;
}

/** How long to look. */
export interface SearchSettings {
  readonly starts: number;
  readonly stream: RandomStream;
  /** A matrix near which every second start lies, by coordinates. */
  readonly near?: readonly number[];
}

/** Residuals that rounding alone explains, beside a matrix of some 10^4 entries. */
const smallResidual = 1e-9;
/** Points closer than this, by row norms and loss, are one point up to a permutation of rows. */
const closeness = 1e-6;
const mostIterations = 120;

/**
 * The critical points that `starts` random starts lead to, by rising loss. Starts have entries of order 1 on the
 * diagonal, and of order 1/p or 1/√p on a block of p inputs. Points that differ by a permutation of neurons are
 * one. That none is missing is likely only where each was hit many times.
 */
export function searchSpace(problem: Problem<number>, settings: SearchSettings): Found[] {
  const found: { point: Found; norms: number[] }[] = [];
  for (let index = 0; index < settings.starts; index++) {
    const start = randomStart(problem, settings, index);
    const point = attempt(problem, start);
    if (point === undefined) continue;
    const norms = sortedNorms(stateAt(problem, point.values));
    const known = found.find((other) => isSame(other, { point, norms }));
    if (known === undefined) found.push({ point, norms });
    else known.point = { ...known.point, hits: known.point.hits + 1 };
  }
  return found.map(({ point }) => point).sort((a, b) => a.value - b.value);
}

function isSame(a: { point: Found; norms: number[] }, b: { point: Found; norms: number[] }): boolean {
  const far = a.norms.some((norm, i) => Math.abs(norm - (b.norms[i] as number)) > closeness);
  return (
    !far && Math.abs(a.point.value - b.point.value) < closeness * closeness + 1e-7 * Math.abs(b.point.value)
  );
}

/** The norms of the rows, parallel ones added up: the same for all splittings of a row, and all orders of rows. */
function sortedNorms(state: State<number>): number[] {
  const { rows, students, classes, problem } = state;
  const norms = rows.slice(0, students).map(({ norm, count, block }) => (block < 0 ? norm * count : norm));
  for (const pairs of classes) {
    if (pairs.left >= pairs.right || pairs.right >= students || !areParallel(pairs)) continue;
    // Only rows that are alone in their family can be parallel to a free one without all being so.
    if (problem.space.blocks[(rows[pairs.left] as { block: number }).block] === 'many') continue;
    norms[pairs.right] = (norms[pairs.right] as number) + (norms[pairs.left] as number);
    norms[pairs.left] = 0;
  }
  return norms.sort((a, b) => a - b);
}

function areParallel({ pair }: PairClass<number>): boolean {
  return pair.c > 0 && pair.delta <= parallel * pair.root;
}

/** Rows at a smaller angle are parallel: rounding moves the rows of a split that far, as it costs nothing. */
const parallel = 1e-5;

function randomStart(problem: Problem<number>, { stream, near }: SearchSettings, index: number): number[] {
  const random = stream.split(index);
  const sign = () => 2 * random.uniform() - 1;
  const wide = near === undefined || index % 2 === 0;
  const broad = random.uniform() < 0.5;
  return problem.coordinates.map(({ family, block, role }, i) => {
    const size = problem.sizes[block] as number;
    const free = problem.space.students[family]?.kind === 'free';
    if (!wide && !free) return (near[i] as number) + (role === 'diag' ? 0.05 * sign() : sign() / size);
    if (role === 'diag') return 1.5 * sign();
    return broad ? (1.5 * sign()) / Math.sqrt(size) : (4 * sign()) / size;
  });
}

/** The point a start leads to, undefined if it leads nowhere or to rows that vanish on the way. */
function attempt(problem: Problem<number>, start: readonly number[]): Found | undefined {
  const lengths = multiplicities(problem).map(Math.sqrt);
  let values = start;
  let at = measure(problem, lengths, values);
  for (let iteration = 0; at !== undefined && iteration < mostIterations; iteration++) {
    if (at.residual < 1e-13 * lengths.length) break;
    const next = improve(problem, lengths, values, at);
    if (next === undefined) break;
    ({ values, at } = next);
  }
  if (at === undefined || !(at.residual < smallResidual)) return undefined;
  return { values, value: valueAt(at.state), residual: at.residual, hits: 1 };
}

interface Measure {
  readonly state: State<number>;
  readonly gradient: readonly number[];
  readonly residual: number;
}

function measure(
  problem: Problem<number>,
  lengths: readonly number[],
  values: readonly number[],
): Measure | undefined {
  const state = stateAt(problem, values);
  const gradient = gradientAt(state).map((value, i) => value * (lengths[i] as number));
  const residual = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
  return Number.isFinite(residual) ? { state, gradient, residual } : undefined;
}

/**
 * A step that lowers ‖∇L‖: Newton's along the eigenvectors whose eigenvalues are not lost in rounding (critical
 * sets of positive dimension have such), then Levenberg's, λ/(λ² + μ²) in place of 1/λ, with growing μ.
 */
function improve(
  problem: Problem<number>,
  lengths: readonly number[],
  values: readonly number[],
  at: Measure,
) {
  const block = blockOf(at.state, { kind: 't' });
  if (!block.every((row) => row.every(Number.isFinite))) return undefined;
  const { values: eigenvalues, vectors } = symmetricEigen(fromRows(block));
  const n = lengths.length;
  const largest = Math.max(...eigenvalues.map(Math.abs));
  const parts = Array.from(eigenvalues, (_, j) =>
    at.gradient.reduce((sum, value, i) => sum + value * (vectors.data[i * n + j] as number), 0),
  );
  for (let damping = 0; damping <= largest; damping = damping === 0 ? 1e-4 * largest : 4 * damping) {
    const factors = Array.from(eigenvalues, (value, j) => {
      if (Math.abs(value) < 1e-11 * largest) return 0;
      return ((parts[j] as number) * value) / (value * value + damping * damping);
    });
    const next = values.map((value, i) => {
      const step = factors.reduce((sum, factor, j) => sum + factor * (vectors.data[i * n + j] as number), 0);
      return value - step / (lengths[i] as number);
    });
    const reached = measure(problem, lengths, next);
    if (reached !== undefined && reached.residual < at.residual * 0.98) return { values: next, at: reached };
  }
  return undefined;
}

/** The least norm of a student row, and whether two student rows are parallel, to 1e-6. */
export function shapeOf(
  problem: Problem<number>,
  values: readonly number[],
): { smallestRow: number; split: boolean } {
  const { rows, students, classes } = stateAt(problem, values);
  const smallestRow = Math.min(...rows.slice(0, students).map(({ norm }) => norm));
  const split = classes.some((pairs) => pairs.right < students && areParallel(pairs));
  return { smallestRow, split };
}
