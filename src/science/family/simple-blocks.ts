/**
 * Gives the Hessian blocks of those components in which every row moves orthogonally to nearly all rows, so that
 * few terms survive: x, y, s⊗s, those of equal free rows, and those of blank inputs.
 */
import type { Field } from '../math/precision/field.ts';
import { familiesOn, normalized } from './modes.ts';
import type { NormedRow, PairClass, Relation } from './pairs.ts';
import { signOf, type State } from './problem.ts';
import type { Row } from './row.ts';

function classOf<T>(
  state: State<T>,
  left: number,
  right: number,
  relation: Relation,
): PairClass<T> | undefined {
  return state.classes.find(
    (pairs) => pairs.left === left && pairs.right === right && pairs.relation === relation,
  );
}

function betaOf<T>(state: State<T>, left: number, right: number, relation: Relation): T {
  return classOf(state, left, right, relation)?.pair.beta ?? state.problem.field.zero;
}

/** δ_S²/Δ with signs, over the rows of `family`'s pairs in `relation` whose spike is on `block`. */
function normalTerms<T>(state: State<T>, family: number, relation: Relation, block: number): T {
  const { field } = state.problem;
  let sum = field.zero;
  for (const pairs of state.classes) {
    const other = state.rows[pairs.right] as Row<T>;
    if (pairs.left !== family || pairs.relation !== relation || pairs.pair.flat || other.block !== block)
      continue;
    const term = field.div(field.mul(other.spike, other.spike), pairs.pair.delta);
    sum = field.add(sum, field.scale(term, signOf(state, pairs.right)));
  }
  return sum;
}

/** δ_R δ_S/Δ for a class: the term (m·v)(w·m′)/Δ of a mixed block. */
function crossTerm<T>(state: State<T>, left: number, right: number, relation: Relation): T {
  const { field } = state.problem;
  const pairs = classOf(state, left, right, relation);
  if (pairs === undefined || pairs.pair.flat) return field.zero;
  const spikes = field.mul((state.rows[left] as Row<T>).spike, (state.rows[right] as Row<T>).spike);
  return field.div(spikes, pairs.pair.delta);
}

/**
 * The block of y (symmetric, `sign` 1) or x (antisymmetric, −1) of a block of inputs, over the families tied to
 * it: M_ij with zero diagonal and zero sums.
 */
export function squareBlock<T>(state: State<T>, block: number, sign: 1 | -1): T[][] {
  const { field, space } = state.problem;
  const { add, sub, scale } = field;
  const families = familiesOn(space, block);
  return families.map((left) =>
    families.map((right) => {
      const cross = scale(crossTerm(state, left, right, 'different'), sign);
      const moved = sub(cross, betaOf(state, left, right, 'different'));
      if (left !== right) return add(moved, betaOf(state, left, right, 'same'));
      return add(add(moved, state.pull[left] as T), normalTerms(state, left, 'different', block));
    }),
  );
}

/** The block of s⊗s of two blocks of inputs: the families tied to the one, then those tied to the other. */
export function productBlock<T>(state: State<T>, block: number, other: number): T[][] {
  const { field, space } = state.problem;
  const { add, sub } = field;
  const first = familiesOn(space, block);
  const families = [...first, ...familiesOn(space, other)];
  return families.map((left, i) =>
    families.map((right, j) => {
      if (i < first.length !== j < first.length) return crossTerm(state, left, right, 'apart');
      const moved = field.neg(betaOf(state, left, right, 'different'));
      if (left !== right) return add(moved, betaOf(state, left, right, 'same'));
      const opposite = i < first.length ? other : block;
      const own = sub(state.pull[left] as T, betaOf(state, left, left, 'different'));
      return add(own, normalTerms(state, left, 'apart', opposite));
    }),
  );
}

/** The block of the standard representation of a free family's equal rows: one level on each block of inputs. */
export function freeBlock<T>(state: State<T>, family: number): T[][] {
  const { field, space, sizes } = state.problem;
  const { add, sub, mul, div, scale } = field;
  const row = state.rows[family] as NormedRow<T>;
  const blocks = sizes.map((_, block) => block).filter((block) => space.blocks[block] !== 'blank');
  const half = scale(field.pi, 0.5);
  const pull = state.pull[family] as T;
  // (π/2 − 1 − pull)ŵŵᵀ as for every row, and ŵŵᵀ from its equals.
  const radial = div(sub(half, pull), row.squaredNorm);
  const onRow = blocks.map((block) => levelSum(state, row, block));
  const matrix = blocks.map((block, i) =>
    blocks.map((_, j) => {
      const bent = mul(radial, mul(onRow[i] as T, onRow[j] as T));
      return i === j ? add(bent, mul(sub(pull, half), sizes[block] as T)) : bent;
    }),
  );
  for (const { left, right, each, pair } of state.classes) {
    if (left !== family || pair.flat) continue;
    const ratio = div(pair.c, pair.a);
    const other = state.rows[right] as Row<T>;
    const normal = blocks.map((block, i) => sub(levelSum(state, other, block), mul(ratio, onRow[i] as T)));
    const weight = scale(div(each, pair.delta), signOf(state, right));
    addOuter(field, matrix, normal, weight);
  }
  return normalized(
    field,
    matrix,
    blocks.map((block) => sizes[block] as T),
  );
}

/** The sum of a row over a block of inputs. */
function levelSum<T>({ problem: { field, sizes } }: State<T>, row: Row<T>, block: number): T {
  const sum = field.mul(sizes[block] as T, row.levels[block] as T);
  return row.block === block ? field.add(sum, row.spike) : sum;
}

function addOuter<T>({ add, mul }: Field<T>, matrix: T[][], vector: readonly T[], weight: T): void {
  matrix.forEach((row, i) => {
    vector.forEach((value, j) => {
      row[j] = add(row[j] as T, mul(weight, mul(vector[i] as T, value)));
    });
  });
}

/** The block, 1×1, of a free family's equal rows times s of a block of inputs. */
export function freeStandardBlock<T>(state: State<T>, family: number, block: number): T[][] {
  const { field } = state.problem;
  const own = field.sub(state.pull[family] as T, field.scale(field.pi, 0.5));
  return [[field.add(own, normalTerms(state, family, 'apart', block))]];
}

/** The block of t times vectors on blank inputs: one column of the student matrix, a level on each family. */
export function blankBlock<T>(state: State<T>): T[][] {
  const { field, linear } = state.problem;
  const { add, mul, scale } = field;
  const rows = state.rows.slice(0, state.students);
  const quarter = scale(mul(field.pi, linear), 0.5);
  const matrix = rows.map((left, i) =>
    rows.map((right, j) => {
      const together = mul(quarter, mul(left.count, right.count));
      return i === j ? add(together, mul(left.count, state.pull[i] as T)) : together;
    }),
  );
  for (const { left, right, each, pair } of state.classes) {
    if (right >= state.students) continue;
    const row = matrix[left] as T[];
    row[right] = add(row[right] as T, mul((rows[left] as Row<T>).count, mul(each, pair.beta)));
  }
  return normalized(
    field,
    matrix,
    rows.map((row) => row.count),
  );
}

/** The block of s of a block of inputs, carried by the rows tied to it, times vectors on blank inputs. */
export function blankStandardBlock<T>(state: State<T>, block: number): T[][] {
  const { field, space } = state.problem;
  const families = familiesOn(space, block);
  return families.map((left) =>
    families.map((right) => {
      const moved = field.neg(betaOf(state, left, right, 'different'));
      return field.add(moved, left === right ? (state.pull[left] as T) : betaOf(state, left, right, 'same'));
    }),
  );
}

/** The block, 1×1, of the standard representation of a free family's equal rows times vectors on blank inputs. */
export function blankFreeBlock<T>(state: State<T>, family: number): T[][] {
  const { field } = state.problem;
  return [[field.sub(state.pull[family] as T, field.scale(field.pi, 0.5))]];
}
