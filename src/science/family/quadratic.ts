/**
 * Evaluates the Hessian on the two kinds of directions that keep the form of a row: those fixed by the group
 * (component t) and those that follow a vector u of sum zero on one block (component s of that block).
 */
import type { Field } from '../math/precision/field.ts';
import type { NormedRow, PairClass } from './pairs.ts';
import { columnSums, dot, type Row } from './row.ts';
import { signOf, type State } from './problem.ts';

/**
 * A direction in which only the rows of one student family move. In t: each by `vector`. In s of a block, with
 * u of sum zero and length 1 on it: the row with input i by u_i·`vector` (zero if the family is not tied to the
 * block), and every row by u itself if `along`.
 */
export interface Mode<T> {
  readonly family: number;
  readonly vector: Row<T>;
  readonly along: boolean;
}

/** x_i u_i + x_j u_j for a pair of rows with inputs i and j; in t just a number, kept in the first place. */
type Form<T> = readonly [T, T];

/** Sums over a class of pairs: of u_i², u_j², u_i u_j, and of 1. Absent where no product of that sort occurs. */
interface Sums<T> {
  readonly ii?: T;
  readonly jj?: T;
  readonly ij?: T;
  readonly all: T;
}

/** Which component is meant: s of block `block`, or t (-1). */
export type ComponentBlock = number;

interface Setting<T> {
  readonly state: State<T>;
  readonly field: Field<T>;
  readonly block: ComponentBlock;
}

/** A mode with its place in the matrix. */
interface Placed<T> {
  readonly mode: Mode<T>;
  readonly at: number;
}

/** The matrix of ∂²(2πL) on `modes`, not normalised, as rows. */
export function hessianOn<T>(state: State<T>, block: ComponentBlock, modes: readonly Mode<T>[]): T[][] {
  const { field } = state.problem;
  const setting = { state, field, block };
  const matrix = collective(setting, modes);
  const placed = Array.from({ length: state.students }, (_, family) =>
    modes.flatMap((mode, at) => (mode.family === family ? [{ mode, at }] : [])),
  );
  const put = (left: Placed<T>, right: Placed<T>, value: T) => {
    const row = matrix[left.at] as T[];
    row[right.at] = field.add(row[right.at] as T, value);
  };
  placed.forEach((own, family) => addOwnTerms(setting, family, own, put));
  for (const pairs of state.classes) {
    if (pairs.right >= state.students || pairs.left > pairs.right) continue;
    const [lefts, rights] = [placed[pairs.left], placed[pairs.right]] as [Placed<T>[], Placed<T>[]];
    addMixedTerms(setting, pairs, lefts, rights, put);
  }
  return matrix;
}

type Put<T> = (left: Placed<T>, right: Placed<T>, value: T) => void;

/** The second derivatives of ½N² + (π/4)τ|r|² but for the curvature of the norms: weighted products of vectors. */
function collective<T>({ state, field, block }: Setting<T>, modes: readonly Mode<T>[]): T[][] {
  const { add, mul, scale } = field;
  const { rows, problem } = state;
  const quarter = scale(mul(field.pi, problem.linear), 0.5);
  const weights = block >= 0 ? [quarter] : [...problem.sizes.map((size) => mul(quarter, size)), field.one];
  const vectors = modes.map((mode) => {
    const row = rows[mode.family] as NormedRow<T>;
    if (block >= 0) return [mode.along ? add(mode.vector.spike, row.count) : mode.vector.spike];
    const length = field.div(dot(field, problem.sizes, mode.vector, row, true), row.norm);
    return [...columnSums(field, mode.vector), mul(row.count, length)];
  });
  return vectors.map((left) => {
    const weighted = left.map((value, i) => mul(weights[i] as T, value));
    return vectors.map((right) =>
      weighted.reduce((sum, value, i) => add(sum, mul(value, right[i] as T)), field.zero),
    );
  });
}

function sumsOf<T>(setting: Setting<T>, left: Row<T>, right: Row<T>, each: T, same: boolean): Sums<T> {
  const { field, block } = setting;
  const all = field.mul(left.count, each);
  if (block < 0) return { ii: all, all };
  const tiedLeft = left.block === block;
  const tiedRight = right.block === block;
  if (tiedLeft && tiedRight) {
    if (same) return { ii: field.one, jj: field.one, ij: field.one, all };
    return { ii: each, jj: each, ij: field.neg(field.one), all };
  }
  if (tiedLeft) return { ii: right.count, all };
  return tiedRight ? { jj: left.count, all } : { all };
}

/** Σ m_α·m′_β over a class of pairs. */
function inner<T>(setting: Setting<T>, left: Mode<T>, right: Mode<T>, sums: Sums<T>, same: boolean): T {
  const { field, state, block } = setting;
  const { add, mul } = field;
  const product = dot(field, state.problem.sizes, left.vector, right.vector, same);
  if (block < 0) return mul(sums.all, product);
  let sum = sums.ij === undefined ? field.zero : mul(sums.ij, product);
  if (right.along && sums.ii !== undefined) sum = add(sum, mul(sums.ii, left.vector.spike));
  if (left.along && sums.jj !== undefined) sum = add(sum, mul(sums.jj, right.vector.spike));
  return left.along && right.along ? add(sum, sums.all) : sum;
}

/**
 * m·w for the row of `mode` in place `own` of the pair (0 first, 1 second) and the row w in place `place`.
 */
function form<T>(
  setting: Setting<T>,
  mode: Mode<T>,
  own: 0 | 1,
  w: Row<T>,
  place: 0 | 1,
  same: boolean,
): Form<T> {
  const { field, state, block } = setting;
  const base = dot(field, state.problem.sizes, mode.vector, w, same);
  if (block < 0) return [base, field.zero];
  const along = mode.along && w.block === block ? w.spike : field.zero;
  const first = own === 0 ? base : field.zero;
  const second = own === 1 ? base : field.zero;
  return place === 0 ? [field.add(first, along), second] : [first, field.add(second, along)];
}

/** Σ f·g over a class of pairs. */
function product<T>(field: Field<T>, f: Form<T>, g: Form<T>, { ii, jj, ij }: Sums<T>): T {
  const { add, mul } = field;
  let sum = ii === undefined ? field.zero : mul(ii, mul(f[0], g[0]));
  if (jj !== undefined) sum = add(sum, mul(jj, mul(f[1], g[1])));
  return ij === undefined ? sum : add(sum, mul(ij, add(mul(f[0], g[1]), mul(f[1], g[0]))));
}

function linear<T>({ add, mul, zero }: Field<T>, f: Form<T>, a: T, g: Form<T>, b: T): Form<T> {
  // In t every second place is zero.
  const second = f[1] === zero && g[1] === zero ? zero : add(mul(f[1], a), mul(g[1], b));
  return [add(mul(f[0], a), mul(g[0], b)), second];
}

/**
 * The blocks H_αα: the gradient's factor of w times I − ŵŵᵀ, (π/2 − 1)ŵŵᵀ, and nnᵀ/Δ with n = v − (c/a)w for
 * every other row v.
 */
function addOwnTerms<T>(setting: Setting<T>, family: number, modes: readonly Placed<T>[], put: Put<T>): void {
  const { state, field } = setting;
  const { sub, mul, div } = field;
  const row = state.rows[family] as NormedRow<T>;
  const pull = state.pull[family] as T;
  const self = sumsOf(setting, row, row, field.one, true);
  const onRow = modes.map(({ mode }) => form(setting, mode, 0, row, 0, true));
  const radial = div(sub(sub(field.scale(field.pi, 0.5), field.one), pull), row.squaredNorm);
  const add = (forms: readonly Form<T>[], sums: Sums<T>, weight: T) =>
    putBoth(modes, put, (i, j) =>
      mul(weight, product(field, forms[i] as Form<T>, forms[j] as Form<T>, sums)),
    );
  add(onRow, self, radial);
  putBoth(modes, put, (_i, _j, left, right) => mul(pull, inner(setting, left, right, self, true)));
  for (const pairs of state.classes) {
    if (pairs.left !== family || pairs.pair.flat) continue;
    const other = state.rows[pairs.right] as NormedRow<T>;
    const same = pairs.relation === 'same';
    const ratio = field.neg(div(pairs.pair.c, pairs.pair.a));
    const normals = modes.map(({ mode }, i) => {
      const onOther = form(setting, mode, 0, other, 1, same);
      return linear(field, onOther, field.one, onRow[i] as Form<T>, ratio);
    });
    const weight = field.scale(div(field.one, pairs.pair.delta), signOf(state, pairs.right));
    add(normals, sumsOf(setting, row, other, pairs.each, same), weight);
  }
}

function eachPair<T>(
  lefts: readonly Placed<T>[],
  rights: readonly Placed<T>[],
  visit: (left: Placed<T>, right: Placed<T>, i: number, j: number) => void,
): void {
  lefts.forEach((left, i) => rights.forEach((right, j) => visit(left, right, i, j)));
}

/** What is the same from both sides, evaluated once. */
function putBoth<T>(
  modes: readonly Placed<T>[],
  put: Put<T>,
  valueOf: (i: number, j: number, left: Mode<T>, right: Mode<T>) => T,
): void {
  modes.forEach((left, i) => {
    for (let j = i; j < modes.length; j++) {
      const right = modes[j] as Placed<T>;
      const value = valueOf(i, j, left.mode, right.mode);
      put(left, right, value);
      if (j > i) put(right, left, value);
    }
  });
}

/**
 * The blocks H_αβ, α ≠ β: βI + (vwᵀ − (c/a)wwᵀ − (c/b)vvᵀ)/Δ + (1/Δ − 1/|w||v|)wvᵀ for the students w and v; where
 * sin θ = 0 only βI − wvᵀ/|w||v| is left.
 */
function addMixedTerms<T>(
  setting: Setting<T>,
  pairs: PairClass<T>,
  lefts: readonly Placed<T>[],
  rights: readonly Placed<T>[],
  put: Put<T>,
): void {
  const { state, field } = setting;
  const { add, mul } = field;
  const w = state.rows[pairs.left] as Row<T>;
  const v = state.rows[pairs.right] as Row<T>;
  const same = pairs.relation === 'same' || pairs.relation === 'twin';
  const sums = sumsOf(setting, w, v, pairs.each, same);
  const factors = lefts.map(({ mode }) => leftFactors(setting, mode, pairs, w, v, same));
  const onW = rights.map(({ mode }) => form(setting, mode, 1, w, 0, same));
  const onV = rights.map(({ mode }) => form(setting, mode, 1, v, 1, true));
  eachPair(lefts, rights, (left, right, i, j) => {
    const [first, second] = factors[i] as readonly [Form<T>, Form<T>];
    const straight = mul(pairs.pair.beta, inner(setting, left.mode, right.mode, sums, same));
    const bent = add(
      product(field, first, onW[j] as Form<T>, sums),
      product(field, second, onV[j] as Form<T>, sums),
    );
    const value = add(straight, bent);
    put(left, right, value);
    if (pairs.left !== pairs.right) put(right, left, value);
  });
}

/** What stands left of (w·m′) and of (v·m′) in a mixed block. */
function leftFactors<T>(
  setting: Setting<T>,
  mode: Mode<T>,
  { pair }: PairClass<T>,
  w: Row<T>,
  v: Row<T>,
  same: boolean,
): readonly [Form<T>, Form<T>] {
  const { field } = setting;
  const { neg, mul, div } = field;
  const onW = form(setting, mode, 0, w, 0, true);
  const onV = form(setting, mode, 0, v, 1, same);
  if (pair.flat) {
    return [[field.zero, field.zero], linear(field, onW, neg(div(field.one, pair.root)), onV, field.zero)];
  }
  const inverse = div(field.one, pair.delta);
  const gap = neg(div(pair.excess, mul(pair.delta, pair.root)));
  return [
    linear(field, onV, inverse, onW, neg(mul(div(pair.c, pair.a), inverse))),
    linear(field, onW, gap, onV, neg(mul(div(pair.c, pair.b), inverse))),
  ];
}
