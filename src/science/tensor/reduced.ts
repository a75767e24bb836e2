/**
 * The loss of a tensor decomposition on a fixed-point space: value, gradient and Hessian as closed formulas in the few
 * free entries and in the block sizes, which may be any real numbers.
 *
 * Rows of one family and one relation (same input, or two different ones) give equal kernels κ(a, b, c) with a = |w|²,
 * b = |v|², c = w·v, so a sum over d² pairs has a handful of terms. d² terms cancel at large d: use double-doubles there.
 */
import { dot, type Row, studentRows } from '../family/row.ts';
import {
  type Coordinate,
  coordinatesOf,
  familySize,
  multiplicity,
  type NeuronFamily,
  type Space,
} from '../family/space.ts';
import type { Field } from '../math/precision/field.ts';
import type { TensorNorm } from './kernel.ts';

/** A fixed-point space with numbers; the teachers are the rows of the identity, one family for each block. */
export interface ReducedProblem<T> {
  readonly field: Field<T>;
  readonly norm: TensorNorm;
  readonly space: Space;
  readonly sizes: readonly T[];
  readonly coordinates: readonly Coordinate[];
  readonly teachers: readonly Row<T>[];
  readonly moves: readonly Move<T>[];
  /** m·m′ for two moves, of rows whose spikes are at the same input, and of others. */
  readonly products: { readonly same: readonly (readonly T[])[]; readonly other: readonly (readonly T[])[] };
}

/** The direction of one coordinate: the rows of its family move, each by `vector`. */
interface Move<T> {
  readonly at: number;
  readonly family: number;
  readonly vector: Row<T>;
}

/** The problem on `space`, the blocks of which have the given sizes, real numbers ≥ 1. */
export function reducedProblem<T>(
  field: Field<T>,
  norm: TensorNorm,
  space: Space,
  sizes: readonly T[],
): ReducedProblem<T> {
  const levels = sizes.map(() => field.zero);
  const teachers = sizes.map((count, block) => ({ block, count, spike: field.one, levels }));
  const coordinates = coordinatesOf(space);
  const moves = coordinates.map((coordinate, at) => moveOf(field, space, sizes, coordinate, at));
  const products = (same: boolean) =>
    moves.map((m) => moves.map((l) => dot(field, sizes, m.vector, l.vector, same)));
  return {
    field,
    norm,
    space,
    sizes,
    coordinates,
    teachers,
    moves,
    products: { same: products(true), other: products(false) },
  };
}

function moveOf<T>(
  field: Field<T>,
  { students }: Space,
  sizes: readonly T[],
  { family, block, role }: Coordinate,
  at: number,
): Move<T> {
  const student = students[family] as NeuronFamily;
  const levels = sizes.map((_, b) => (b === block && role !== 'diag' ? field.one : field.zero));
  const spike = field.fromNumber({ diag: 1, off: -1, level: 0 }[role]);
  const own = student.kind === 'tied' ? student.block : -1;
  return { at, family, vector: { block: own, count: familySize(field, student, sizes), spike, levels } };
}

/** All pairs of a student of family `left` and a row of family `right` whose spikes are at the same input, or not. */
interface PairClass<T> {
  readonly left: number;
  readonly right: number;
  readonly same: boolean;
  /** The number of pairs, times 1 for two students and −2 for a student and a teacher. */
  readonly weight: T;
  /** |w|², |v|², w·v. */
  readonly a: T;
  readonly b: T;
  readonly c: T;
}

/** A point with what its derivatives share. */
export interface ReducedState<T> {
  readonly problem: ReducedProblem<T>;
  /** Students, then teachers. */
  readonly rows: readonly Row<T>[];
  readonly classes: readonly PairClass<T>[];
}

/** Evaluates the rows and their inner products at `values`, in the order of the coordinates. */
export function reducedState<T>(problem: ReducedProblem<T>, values: readonly T[]): ReducedState<T> {
  const { field, space, sizes, coordinates, teachers } = problem;
  const students = studentRows(field, space, sizes, coordinates, values);
  const rows = [...students, ...teachers];
  const squares = rows.map((row) => dot(field, sizes, row, row, true));
  const classes = students.flatMap((w, left) =>
    rows.flatMap((v, right) =>
      relations(problem, w, v).map(({ same, each }) => {
        const pairs = field.mul(w.count, each);
        const weight = right < students.length ? pairs : field.scale(pairs, -2);
        const c = dot(field, sizes, w, v, same);
        return { left, right, same, weight, a: squares[left] as T, b: squares[right] as T, c };
      }),
    ),
  );
  return { problem, rows, classes };
}

/** How rows of one family lie to one row of another, and how many of them. */
function relations<T>({ field, space }: ReducedProblem<T>, w: Row<T>, v: Row<T>) {
  if (w.block < 0 || w.block !== v.block) return [{ same: false, each: v.count }];
  const same = { same: true, each: field.one };
  if (space.blocks[w.block] === 'single') return [same];
  return [same, { same: false, each: field.sub(v.count, field.one) }];
}

/** x^n for an integer n ≥ 0. */
function powerIn<T>(field: Field<T>, x: T, n: number): T {
  let product = field.one;
  for (let i = 0; i < n; i++) product = field.mul(product, x);
  return product;
}

/** L. */
export function reducedLoss<T>({ problem, classes }: ReducedState<T>): T {
  const { field, norm, sizes } = problem;
  const { add, mul, scale } = field;
  let sum = field.zero;
  for (const size of sizes) sum = add(sum, scale(size, norm.a + norm.b));
  for (const { weight, a, b, c } of classes) {
    const pure = scale(powerIn(field, c, norm.order), norm.a);
    const mixed = norm.b === 0 ? field.zero : scale(mul(mul(a, b), c), norm.b);
    sum = add(sum, mul(weight, add(pure, mixed)));
  }
  return sum;
}

/** How a, b and c of a class change along a move. */
interface Change<T> {
  readonly move: Move<T>;
  readonly a: T;
  readonly b: T;
  readonly c: T;
}

function changesIn<T>({ problem, rows }: ReducedState<T>, pairs: PairClass<T>): Change<T>[] {
  const { field, sizes, moves } = problem;
  const [w, v] = [rows[pairs.left] as Row<T>, rows[pairs.right] as Row<T>];
  const { zero } = field;
  return moves.flatMap((move) => {
    const [isLeft, isRight] = [move.family === pairs.left, move.family === pairs.right];
    if (!isLeft && !isRight) return [];
    const along = (row: Row<T>, same: boolean) => dot(field, sizes, move.vector, row, same);
    const a = isLeft ? field.scale(along(w, true), 2) : zero;
    const b = isRight ? field.scale(along(v, true), 2) : zero;
    const c = field.add(isLeft ? along(v, pairs.same) : zero, isRight ? along(w, pairs.same) : zero);
    return [{ move, a, b, c }];
  });
}

/** ∂κ/∂a, ∂κ/∂b and ∂κ/∂c of κ = αcⁿ + βabc. */
function slopes<T>({ field, norm }: ReducedProblem<T>, { a, b, c }: PairClass<T>) {
  const { add, mul, scale } = field;
  const pure = scale(powerIn(field, c, norm.order - 1), norm.a * norm.order);
  const part = (x: T, y: T) => scale(mul(x, y), norm.b);
  return { a: part(b, c), b: part(a, c), c: add(pure, part(a, b)) };
}

/** The derivative of the reduced loss by each coordinate: the sum of ∂L/∂W over the entries that share it. */
export function reducedGradient<T>(state: ReducedState<T>): T[] {
  const { problem, classes } = state;
  const { add, mul } = problem.field;
  const slope = problem.moves.map(() => problem.field.zero);
  for (const pairs of classes) {
    const by = slopes(problem, pairs);
    for (const { move, a, b, c } of changesIn(state, pairs)) {
      const change = add(add(mul(by.a, a), mul(by.b, b)), mul(by.c, c));
      slope[move.at] = add(slope[move.at] as T, mul(pairs.weight, change));
    }
  }
  return slope;
}

/** The second derivatives of the reduced loss by the coordinates; those above the diagonal are mirrored. */
export function reducedHessian<T>(state: ReducedState<T>): T[][] {
  const { problem, classes } = state;
  const { field, moves } = problem;
  const curvature = moves.map(() => moves.map(() => field.zero));
  for (const pairs of classes) {
    const by = slopes(problem, pairs);
    const bend = bends(problem, pairs);
    const changes = changesIn(state, pairs);
    for (const left of changes)
      for (const right of changes) {
        if (right.move.at < left.move.at) continue;
        const row = curvature[left.move.at] as T[];
        const value = field.add(bend(left, right), straight(problem, pairs, by, left.move, right.move));
        row[right.move.at] = field.add(row[right.move.at] as T, field.mul(pairs.weight, value));
      }
  }
  return curvature.map((row, i) => row.map((value, j) => (j < i ? ((curvature[j] as T[])[i] as T) : value)));
}

/** What the second derivatives of κ by a, b and c give: ∂²κ/∂c² = αn(n−1)cⁿ⁻², ∂²κ/∂a∂b = βc and so on. */
function bends<T>({ field, norm }: ReducedProblem<T>, { a, b, c }: PairClass<T>) {
  const { add, mul, scale } = field;
  const { order } = norm;
  const cc = scale(powerIn(field, c, order - 2), norm.a * order * (order - 1));
  const cross = (p: T, q: T, r: T, s: T) => add(mul(p, s), mul(q, r));
  return (left: Change<T>, right: Change<T>): T => {
    const pure = mul(cc, mul(left.c, right.c));
    if (norm.b === 0) return pure;
    const ab = mul(c, cross(left.a, left.b, right.a, right.b));
    const ac = mul(b, cross(left.a, left.c, right.a, right.c));
    const bc = mul(a, cross(left.b, left.c, right.b, right.c));
    return add(pure, scale(add(add(ab, ac), bc), norm.b));
  };
}

/** What the second derivatives of a, b and c give. */
function straight<T>(
  { field, products }: ReducedProblem<T>,
  { left, right, same }: PairClass<T>,
  by: { readonly a: T; readonly b: T; readonly c: T },
  { family: f, at: m }: Move<T>,
  { family: g, at: l }: Move<T>,
): T {
  const { add, mul, scale } = field;
  const product = (table: readonly (readonly T[])[]) => (table[m] as readonly T[])[l] as T;
  const own = () => scale(product(products.same), 2);
  const mixed = () => mul(by.c, product(same ? products.same : products.other));
  let sum = field.zero;
  if (f === left && g === left) sum = add(sum, mul(by.a, own()));
  if (f === right && g === right) sum = add(sum, mul(by.b, own()));
  if (f === left && g === right) sum = add(sum, mixed());
  return f === right && g === left ? add(sum, mixed()) : sum;
}

/** How many entries of the full matrix share each coordinate. */
export function entryCounts<T>({ field, space, sizes, coordinates }: ReducedProblem<T>): T[] {
  return coordinates.map((coordinate) => multiplicity(field, space, sizes, coordinate));
}
