/**
 * Evaluates the kernel, with the coefficients of its derivatives, on every kind of pair of rows.
 *
 * With a = |w|², b = |v|², c = w·v, Δ = |w||v| sin θ: 2πκ = Δ + c(π − θ) = |w||v| + (π/2)c + X, where
 * X = Δ − |w||v| + cβ and β = π/2 − θ. The first two terms of all pairs add up to perfect squares; only the rests
 * X, which are O(c²) for nearly orthogonal rows, are summed pair by pair. So the O(d²) terms of the loss never
 * meet in a sum. The derivatives of X are (E/a)w + βv and those written at `Hessian` in isotypic.ts.
 */
import { unreachable } from '../../base/invariant.ts';
import type { Field } from '../math/precision/field.ts';
import { areaSquared, dot, type Row } from './row.ts';
import type { Space } from './space.ts';

/** What the kernel of two rows w and v and its derivatives are made of. */
export interface Pair<T> {
  /** |w|², |v|² and w·v. */
  readonly a: T;
  readonly b: T;
  readonly c: T;
  /** |w||v|. */
  readonly root: T;
  /** Δ = |w||v| sin θ. */
  readonly delta: T;
  /** E = Δ − |w||v|. */
  readonly excess: T;
  /** β = π/2 − θ. */
  readonly beta: T;
  /** Whether θ is 0 or π for certain; the vectors n of the Hessian are then 0 by convention. */
  readonly flat: boolean;
}

/** A row with its norm. */
export interface NormedRow<T> extends Row<T> {
  readonly squaredNorm: T;
  readonly norm: T;
}

/**
 * How the second row of a pair lies to the first: at the `same` input of one block, at a `different` one of it,
 * `apart` (not tied to one block), or a `twin` (another copy of one free row).
 */
export type Relation = 'same' | 'different' | 'apart' | 'twin';

/** All pairs (row of family `left`, row of family `right`) in one relation. */
export interface PairClass<T> {
  /** Indices into the rows, students before teachers. */
  readonly left: number;
  readonly right: number;
  readonly relation: Relation;
  /** The number of right rows for each left row. */
  readonly each: T;
  readonly pair: Pair<T>;
}

/** The row with its norm. */
export function normed<T>(field: Field<T>, sizes: readonly T[], row: Row<T>): NormedRow<T> {
  const squaredNorm = dot(field, sizes, row, row, true);
  return { ...row, squaredNorm, norm: field.sqrt(squaredNorm) };
}

/** Evaluates one pair. */
function pairOf<T>(
  field: Field<T>,
  space: Space,
  sizes: readonly T[],
  w: NormedRow<T>,
  v: NormedRow<T>,
  relation: Relation,
): Pair<T> {
  const { mul, div, neg, add } = field;
  const same = relation === 'same' || relation === 'twin';
  const c = dot(field, sizes, w, v, same);
  const area = relation === 'twin' ? field.zero : areaSquared(field, space, sizes, w, v, same);
  const flat = field.isZero(area);
  const delta = flat ? field.zero : field.sqrt(area);
  const root = mul(w.norm, v.norm);
  return {
    a: w.squaredNorm,
    b: v.squaredNorm,
    c,
    root,
    delta,
    excess: neg(div(mul(c, c), add(delta, root))),
    beta: field.atan2(c, delta),
    flat,
  };
}

/** The same pair seen from the other row. */
function reversed<T>(pair: Pair<T>): Pair<T> {
  return { ...pair, a: pair.b, b: pair.a };
}

function relationsOf<T>(space: Space, left: Row<T>, right: Row<T>, self: boolean): Relation[] {
  if (left.block < 0 || left.block !== right.block) return self ? ['twin'] : ['apart'];
  const relations: Relation[] = self ? [] : ['same'];
  if (space.blocks[left.block] === 'many') relations.push('different');
  return relations;
}

function countFor<T>(field: Field<T>, right: Row<T>, relation: Relation): T {
  switch (relation) {
    case 'same':
      return field.one;
    case 'different':
    case 'twin':
      return field.sub(right.count, field.one);
    case 'apart':
      return right.count;
    default:
      return unreachable(relation);
  }
}

/**
 * The classes of pairs among `rows`, first row from the first `lefts` of them; a row is not paired with itself.
 * A pair within the first `lefts` appears from both sides.
 */
export function pairClasses<T>(
  field: Field<T>,
  space: Space,
  sizes: readonly T[],
  rows: readonly NormedRow<T>[],
  lefts: number,
): PairClass<T>[] {
  const classes: PairClass<T>[] = [];
  for (let left = 0; left < lefts; left++) {
    for (let right = left; right < rows.length; right++) {
      const w = rows[left] as NormedRow<T>;
      const v = rows[right] as NormedRow<T>;
      for (const relation of relationsOf(space, w, v, left === right)) {
        const each = countFor(field, v, relation);
        if (relation === 'twin' && field.isZero(each)) continue;
        const pair = pairOf(field, space, sizes, w, v, relation);
        classes.push({ left, right, relation, each, pair });
        if (right === left || right >= lefts) continue;
        const back = countFor(field, w, relation);
        classes.push({ left: right, right: left, relation, each: back, pair: reversed(pair) });
      }
    }
  }
  return classes;
}

/** X = Δ − |w||v| + cβ, what the kernel has beyond the perfect squares. */
export function restOf<T>(field: Field<T>, { excess, c, beta }: Pair<T>): T {
  return field.add(excess, field.mul(c, beta));
}

/**
 * (π/2 − 1)|w||v| − X ≥ 0, what is missing to parallel rows; it keeps its digits near θ = 0 and π, where it is
 * (π/2)(|w||v| − |c|) − (Δ − |c| atan(Δ/|c|)) and the last bracket is of third order.
 */
export function deficit<T>(field: Field<T>, { root, c, delta }: Pair<T>): T {
  const { add, sub, mul, div } = field;
  const size = field.toNumber(c) < 0 ? field.neg(c) : c;
  const straight = div(mul(delta, delta), add(root, size));
  const angle = field.atan2(delta, size);
  return sub(field.scale(mul(field.pi, straight), 0.5), sub(delta, mul(size, angle)));
}
