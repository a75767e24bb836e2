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

/** The matrix of ∂²(2πL) on `modes`, not normalised, as rows. */
export function hessianOn<T>(state: State<T>, block: ComponentBlock, modes: readonly Mode<T>[]): T[][] {
  const setting = { state, field: state.problem.field, block };
  const { add } = setting.field;
  const matrix = modes.map((left) => modes.map((right) => collective(setting, left, right)));
  const put = (i: number, j: number, value: T) => {
    const row = matrix[i] as T[];
    row[j] = add(row[j] as T, value);
  };
  modes.forEach((left, i) =>
    modes.forEach((right, j) => {
      if (j > i) return;
      const value = add(ownTerms(setting, left, right), mixedTerms(setting, left, right));
      put(i, j, value);
      if (j < i) put(j, i, value);
    }),
  );
  return matrix;
}

/** The inner products of the modes, as rows. */
export function gramOf<T>(state: State<T>, block: ComponentBlock, modes: readonly Mode<T>[]): T[][] {
  const setting = { state, field: state.problem.field, block };
  return modes.map((left) =>
    modes.map((right) =>
      left.family === right.family ? identity(setting, left, right) : setting.field.zero,
    ),
  );
}

/** The second derivative of ½N² + (π/4)τ|r|², but for the curvature of the norms. */
function collective<T>({ state, field, block }: Setting<T>, left: Mode<T>, right: Mode<T>): T {
  const { add, mul, scale } = field;
  const { rows, problem } = state;
  const quarter = scale(mul(field.pi, problem.linear), 0.5);
  if (block >= 0) {
    const drift = (mode: Mode<T>) => {
      const sum = mode.vector.spike;
      return mode.along ? add(sum, (rows[mode.family] as Row<T>).count) : sum;
    };
    return mul(quarter, mul(drift(left), drift(right)));
  }
  const sums = [left, right].map((mode) => columnSums(field, mode.vector)) as [T[], T[]];
  const lengths = [left, right].map((mode) => {
    const row = rows[mode.family] as NormedRow<T>;
    return mul(row.count, field.div(dot(field, problem.sizes, mode.vector, row, true), row.norm));
  }) as [T, T];
  let sum = field.zero;
  problem.sizes.forEach((size, b) => {
    sum = add(sum, mul(size, mul(sums[0][b] as T, sums[1][b] as T)));
  });
  return add(mul(quarter, sum), mul(lengths[0], lengths[1]));
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

/** Σ m·m′ over the rows of a family, for two of its modes. */
function identity<T>(setting: Setting<T>, left: Mode<T>, right: Mode<T>): T {
  const row = setting.state.rows[left.family] as Row<T>;
  return inner(setting, left, right, sumsOf(setting, row, row, setting.field.one, true), true);
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

function linear<T>(field: Field<T>, f: Form<T>, a: T, g: Form<T>, b: T): Form<T> {
  const { add, mul } = field;
  return [add(mul(f[0], a), mul(g[0], b)), add(mul(f[1], a), mul(g[1], b))];
}

/**
 * The blocks H_αα: the gradient's factor of w times I − ŵŵᵀ, (π/2 − 1)ŵŵᵀ, and nnᵀ/Δ with n = v − (c/a)w for
 * every other row v.
 */
function ownTerms<T>(setting: Setting<T>, left: Mode<T>, right: Mode<T>): T {
  const { state, field } = setting;
  if (left.family !== right.family) return field.zero;
  const { add, sub, mul, div } = field;
  const family = left.family;
  const row = state.rows[family] as NormedRow<T>;
  const pull = state.pull[family] as T;
  const forms = [left, right].map((mode) => form(setting, mode, 0, row, 0, true)) as [Form<T>, Form<T>];
  const self = sumsOf(setting, row, row, field.one, true);
  const radial = sub(sub(field.scale(field.pi, 0.5), field.one), pull);
  const along = mul(div(radial, row.squaredNorm), product(field, forms[0], forms[1], self));
  let sum = add(mul(pull, inner(setting, left, right, self, true)), along);
  for (const pairs of state.classes) {
    if (pairs.left !== family || pairs.pair.flat) continue;
    const other = state.rows[pairs.right] as NormedRow<T>;
    const same = pairs.relation === 'same';
    const normals = [left, right].map((mode, index) =>
      normalForm(setting, mode, pairs, other, forms[index] as Form<T>),
    ) as [Form<T>, Form<T>];
    const total = product(field, normals[0], normals[1], sumsOf(setting, row, other, pairs.each, same));
    sum = add(sum, field.scale(div(total, pairs.pair.delta), signOf(state, pairs.right)));
  }
  return sum;
}

/** m·n, n = v − (c/a)w. */
function normalForm<T>(
  setting: Setting<T>,
  mode: Mode<T>,
  { pair, relation }: PairClass<T>,
  other: Row<T>,
  onRow: Form<T>,
): Form<T> {
  const { field } = setting;
  const onOther = form(setting, mode, 0, other, 1, relation === 'same');
  return linear(field, onOther, field.one, onRow, field.neg(field.div(pair.c, pair.a)));
}

/**
 * The blocks H_αβ, α ≠ β: βI + (vwᵀ − (c/a)wwᵀ − (c/b)vvᵀ)/Δ + (1/Δ − 1/|w||v|)wvᵀ for the students w and v; where
 * sin θ = 0 only βI − wvᵀ/|w||v| is left.
 */
function mixedTerms<T>(setting: Setting<T>, left: Mode<T>, right: Mode<T>): T {
  const { state, field } = setting;
  let sum = field.zero;
  for (const pairs of state.classes) {
    if (pairs.left !== left.family || pairs.right !== right.family) continue;
    sum = field.add(sum, mixedTerm(setting, left, right, pairs));
  }
  return sum;
}

function mixedTerm<T>(setting: Setting<T>, left: Mode<T>, right: Mode<T>, pairs: PairClass<T>): T {
  const { state, field } = setting;
  const { add, neg, mul, div } = field;
  const { a, b, c, root, delta, excess, beta, flat } = pairs.pair;
  const w = state.rows[pairs.left] as Row<T>;
  const v = state.rows[pairs.right] as Row<T>;
  const same = pairs.relation === 'same' || pairs.relation === 'twin';
  const sums = sumsOf(setting, w, v, pairs.each, same);
  const straight = mul(beta, inner(setting, left, right, sums, same));
  const leftOnW = form(setting, left, 0, w, 0, true);
  const rightOnV = form(setting, right, 1, v, 1, true);
  if (flat)
    return add(
      straight,
      product(field, leftOnW, rightOnV, scaleSums(field, sums, neg(div(field.one, root)))),
    );
  const leftOnV = form(setting, left, 0, v, 1, same);
  const rightOnW = form(setting, right, 1, w, 0, same);
  const inverse = div(field.one, delta);
  const first = linear(field, leftOnV, inverse, leftOnW, neg(mul(div(c, a), inverse)));
  const gap = neg(div(excess, mul(delta, root)));
  const second = linear(field, leftOnW, gap, leftOnV, neg(mul(div(c, b), inverse)));
  return add(straight, add(product(field, first, rightOnW, sums), product(field, second, rightOnV, sums)));
}

function scaleSums<T>(field: Field<T>, { ii, jj, ij, all }: Sums<T>, factor: T): Sums<T> {
  return {
    ...(ii === undefined ? {} : { ii: field.mul(ii, factor) }),
    ...(jj === undefined ? {} : { jj: field.mul(jj, factor) }),
    ...(ij === undefined ? {} : { ij: field.mul(ij, factor) }),
    all,
  };
}
