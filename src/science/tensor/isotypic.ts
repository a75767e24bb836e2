/**
 * The spectrum of the Hessian at a point of a fixed-point space, by refinement: each block of inputs that an irrep needs
 * is split into (1, 1, p − 2), and the Hessian of the reduced loss on that finer space is restricted to the copies
 * of the irrep, which are written out there. Nothing is matched or subtracted, and sizes may be any real numbers ≥ 2.
 */
import { type Irrep, dimensionOf, irrepName, irrepsOf } from '../family/irreps.ts';
import type { Coordinate, Space } from '../family/space.ts';
import { eigenvaluesOf } from '../family/symmetric.ts';
import { dot, type Field } from '../math/precision/field.ts';
import { entryCounts, reducedHessian, reducedProblem, type ReducedProblem, reducedState } from './reduced.ts';

/** An eigenvalue of ∇²L, repeated `multiplicity` times (a real number for real sizes). */
export interface Line {
  readonly irrep: string;
  readonly eigenvalue: number;
  readonly multiplicity: number;
}

/** A piece of a block of the coarser space: the first input, the second one, or all others; or all of it. */
interface Piece {
  readonly block: number;
  readonly part: 'first' | 'second' | 'rest' | 'whole';
}

/** A refined space, each of its blocks with the piece that it is. */
interface Refined<T> {
  readonly problem: ReducedProblem<T>;
  readonly pieces: readonly Piece[];
  /** How many entries share each coordinate, and the second derivatives of L by them. */
  readonly weights: readonly T[];
  readonly hessian: readonly (readonly T[])[];
}

/** Off-diagonal entries below this part of a block's norm are left. */
const offDiagonal = 1e-28;

/** An irrep with its matrix in orthonormal coordinates: one row and column for each copy. */
export interface IsotypicBlock<T> {
  readonly irrep: Irrep;
  readonly block: readonly (readonly T[])[];
}

/** The blocks of ∇²L, one for each irrep that occurs at these sizes. */
export function isotypicBlocks<T>(problem: ReducedProblem<T>, values: readonly T[]): IsotypicBlock<T>[] {
  const sizes = problem.sizes.map(problem.field.toNumber);
  // Irreps that need the same blocks split share a refinement.
  const refined = new Map<string, Refined<T>>();
  return irrepsOf(problem.space, sizes).map((irrep) => {
    const split = splitBy(irrep);
    const known = refined.get(split.join()) ?? refine(problem, split, values);
    refined.set(split.join(), known);
    return { irrep, block: restricted(problem.space, irrep, known) };
  });
}

/** The whole spectrum, irrep by irrep, ascending within each. */
export function isotypicSpectrum<T>(problem: ReducedProblem<T>, values: readonly T[]): Line[] {
  const { field, space } = problem;
  const sizes = problem.sizes.map(field.toNumber);
  return isotypicBlocks(problem, values).flatMap(({ irrep, block }) => {
    const multiplicity = dimensionOf(irrep, space, sizes);
    return eigenvaluesOf(field, block, offDiagonal).map((value) => ({
      irrep: irrepName(irrep, space),
      eigenvalue: field.toNumber(value),
      multiplicity,
    }));
  });
}

/** The matrix of ∇²L on one copy of an irrep, from the Hessian of a refinement. */
function restricted<T>(space: Space, irrep: Irrep, refined: Refined<T>): T[][] {
  const { problem, weights, hessian } = refined;
  const { field, coordinates } = problem;
  const vectors = copies(space, irrep, refined)
    .map((entry) => coordinates.map((coordinate) => entry(coordinate)))
    // A copy that does not occur for two inputs is empty.
    .filter((vector) => vector.some((value) => !field.isZero(value)));
  const lengths = vectors.map((v) =>
    field.sqrt(
      dot(
        field,
        v,
        v.map((x, i) => field.mul(x, weights[i] as T)),
      ),
    ),
  );
  const images = vectors.map((vector) => hessian.map((row) => dot(field, vector, row)));
  return vectors.map((u, i) =>
    images.map((image, j) => field.div(dot(field, u, image), field.mul(lengths[i] as T, lengths[j] as T))),
  );
}

/** The blocks that an irrep needs split. */
function splitBy(irrep: Irrep): readonly number[] {
  if (irrep.kind === 't') return [];
  if (irrep.kind === 's' || irrep.kind === 'x' || irrep.kind === 'y') return [irrep.block];
  if (irrep.kind === 'product') return [irrep.block, irrep.other];
  throw new RangeError(`no decomposition has the irrep ${irrep.kind}`);
}

/** The space with blocks split, and the Hessian there at the same matrix. Throws RangeError for a block under 2. */
function refine<T>(coarse: ReducedProblem<T>, split: readonly number[], values: readonly T[]): Refined<T> {
  const { field, norm, space, sizes } = coarse;
  const parts = sizes.flatMap((size, block): { piece: Piece; size: T; kind: Space['blocks'][number] }[] => {
    const kind = space.blocks[block] as Space['blocks'][number];
    if (!split.includes(block)) return [{ piece: { block, part: 'whole' }, size, kind }];
    const rest = field.sub(size, field.fromNumber(2));
    const single = (part: Piece['part']) => ({
      piece: { block, part },
      size: field.one,
      kind: 'single' as const,
    });
    const others = { piece: { block, part: 'rest' as const }, size: rest, kind: 'many' as const };
    if (field.isZero(rest)) return [single('first'), single('second')];
    const last = field.isZero(field.sub(rest, field.one)) ? single('rest') : others;
    return [single('first'), single('second'), last];
  });
  const finer: Space = {
    blocks: parts.map(({ kind }) => kind),
    students: parts.map((_, block) => ({ kind: 'tied', block })),
  };
  const problem = reducedProblem(
    field,
    norm,
    finer,
    parts.map(({ size }) => size),
  );
  const pieces = parts.map(({ piece }) => piece);
  const hessian = reducedHessian(reducedState(problem, pulledBack(coarse, problem, pieces, values)));
  return { problem, pieces, weights: entryCounts(problem), hessian };
}

/** The point of the coarser space in the coordinates of the finer one. */
function pulledBack<T>(
  coarse: ReducedProblem<T>,
  problem: ReducedProblem<T>,
  pieces: readonly Piece[],
  values: readonly T[],
): T[] {
  return problem.coordinates.map(({ family, block, role }) => {
    const [row, column] = [(pieces[family] as Piece).block, (pieces[block] as Piece).block];
    const old = role === 'level' && row === column ? 'off' : role;
    const at = coarse.coordinates.findIndex((c) => c.family === row && c.block === column && c.role === old);
    return values[at] as T;
  });
}

/** The entry of a direction at a coordinate of the finer space. */
type Direction<T> = (coordinate: Coordinate) => T;

/** Orthogonal directions, one in each copy of the irrep, all for the vector (1, −1, 0, …) or their like. */
function copies<T>(space: Space, irrep: Irrep, { problem, pieces }: Refined<T>): Direction<T>[] {
  const { field, sizes } = problem;
  const at = (place: number) => pieces[place] as Piece;
  const number = field.fromNumber;
  const kronecker =
    (row: number, column: number): Direction<T> =>
    (c) =>
      at(c.family).block === row && at(c.block).block === column
        ? number(weight(at(c.family)) * weight(at(c.block)))
        : field.zero;
  if (irrep.kind === 't')
    return problem.coordinates.map((own) => (c) => (c === own ? field.one : field.zero));
  if (irrep.kind === 'product')
    return [kronecker(irrep.block, irrep.other), kronecker(irrep.other, irrep.block)];
  if (irrep.kind === 's') return standard(space, irrep.block, pieces).map((entry) => (c) => number(entry(c)));
  const block = (irrep as { readonly block: number }).block;
  const rest = pieces.findIndex((piece) => piece.block === block && piece.part === 'rest');
  const square = irrep.kind === 'x' ? alternating(field, sizes[rest] as T) : squared(field, sizes[rest] as T);
  return [
    (c) =>
      at(c.family).block === block && at(c.block).block === block
        ? square(at(c.family), at(c.block), c)
        : field.zero,
  ];
}

/** The vector (1, −1, 0, …) on a split block, 1 on a whole one. */
function weight({ part }: Piece): number {
  return { first: 1, second: -1, rest: 0, whole: 1 }[part];
}

/** With u = (1, −1, 0, …): u on the diagonal, u_i + u_j and u_j − u_i off it, and u along rows and columns of other blocks. */
function standard(space: Space, block: number, pieces: readonly Piece[]): ((c: Coordinate) => number)[] {
  const at = (place: number) => pieces[place] as Piece;
  const within = (c: Coordinate) => at(c.family).block === block && at(c.block).block === block;
  const isOff = (c: Coordinate) => within(c) && c.role !== 'diag';
  const [row, column] = [(c: Coordinate) => weight(at(c.family)), (c: Coordinate) => weight(at(c.block))];
  const others = space.blocks.flatMap((_, other) => (other === block ? [] : [other]));
  return [
    (c) => (within(c) && c.role === 'diag' ? row(c) : 0),
    (c) => (isOff(c) ? row(c) + column(c) : 0),
    (c) => (isOff(c) ? column(c) - row(c) : 0),
    ...others.map(
      (other) => (c: Coordinate) =>
        at(c.family).block === block && at(c.block).block === other ? row(c) : 0,
    ),
    ...others.map(
      (other) => (c: Coordinate) =>
        at(c.family).block === other && at(c.block).block === block ? column(c) : 0,
    ),
  ];
}

type Square<T> = (row: Piece, column: Piece, c: Coordinate) => T;

/** x: antisymmetric with sums 0, q others. */
function alternating<T>({ div, neg, one, zero }: Field<T>, q: T): Square<T> {
  const share = div(one, q);
  const entries: Readonly<Record<string, T>> = {
    'first second': one,
    'second first': neg(one),
    'first rest': neg(share),
    'rest first': share,
    'second rest': share,
    'rest second': neg(share),
  };
  return (row, column) => entries[`${row.part} ${column.part}`] ?? zero;
}

/** y: symmetric with diagonal and sums 0, q others: q, −1 and 2/(q − 1). */
function squared<T>({ div, sub, neg, one, zero, fromNumber }: Field<T>, q: T): Square<T> {
  const inner = div(fromNumber(2), sub(q, one));
  return (row, column, { role }) => {
    if (role === 'diag') return zero;
    if (row.part === 'rest' && column.part === 'rest') return inner;
    return row.part === 'rest' || column.part === 'rest' ? neg(one) : q;
  };
}
