/** Lists the isotypic components of the space of matrices, each with directions that span one copy of it. */
import type { Field } from '../math/precision/field.ts';
import type { Mode } from './quadratic.ts';
import type { Problem } from './problem.ts';
import type { Row } from './row.ts';
import { familySize, multiplicity, type Space } from './space.ts';

/** A direction with its squared length. */
export interface WeighedMode<T> {
  readonly mode: Mode<T>;
  readonly weight: T;
}

/** A row with the given spike and one level set. */
function rowWith<T>(problem: Problem<T>, family: number, spike: number, level: number, at: number): Row<T> {
  const { field, space, sizes } = problem;
  const student = space.students[family] as Space['students'][number];
  return {
    block: student.kind === 'tied' ? student.block : -1,
    count: familySize(field, student, sizes),
    spike: field.fromNumber(spike),
    levels: space.blocks.map((_, block) => (block === at ? field.fromNumber(level) : field.zero)),
  };
}

/** The directions fixed by the group, one per coordinate, in their order. */
export function fixedModes<T>(problem: Problem<T>): WeighedMode<T>[] {
  const { field, space, sizes } = problem;
  return problem.coordinates.map((coordinate) => {
    const { family, block, role } = coordinate;
    const spike = { diag: 1, off: -1, level: 0 }[role];
    const vector = rowWith(problem, family, spike, role === 'diag' ? 0 : 1, block);
    return { mode: { family, vector, along: false }, weight: multiplicity(field, space, sizes, coordinate) };
  });
}

/**
 * The directions of s of a block of size p. For a family tied to it: u_i on the diagonal, u_i + u_j off it (none
 * for p = 2), u_j − u_i, and u_i on each other block; for any other family: u along its rows.
 */
export function standardModes<T>(problem: Problem<T>, block: number): WeighedMode<T>[] {
  const { field, space, sizes } = problem;
  const size = sizes[block] as T;
  return space.students.flatMap((student, family) => {
    const at = (spike: number, level: number, where: number, along: boolean, weight: T): WeighedMode<T> => ({
      mode: { family, vector: rowWith(problem, family, spike, level, where), along },
      weight,
    });
    if (student.kind !== 'tied' || student.block !== block) {
      return [at(0, 0, -1, true, familySize(field, student, sizes))];
    }
    const modes = [at(1, 0, -1, false, field.one)];
    const rest = field.sub(size, field.fromNumber(2));
    if (!field.isZero(rest)) modes.push(at(-2, 1, block, true, field.scale(rest, 2)));
    modes.push(at(0, -1, block, true, field.scale(size, 2)));
    space.blocks.forEach((kind, other) => {
      if (kind !== 'blank' && other !== block) modes.push(at(0, 1, other, false, sizes[other] as T));
    });
    return modes;
  });
}

/** The families tied to a block. */
export function familiesOn(space: Space, block: number): number[] {
  return space.students.flatMap((student, family) =>
    student.kind === 'tied' && student.block === block ? [family] : [],
  );
}

/** The matrix a_ij / √(weight_i weight_j). */
export function normalized<T>(
  field: Field<T>,
  matrix: readonly (readonly T[])[],
  weights: readonly T[],
): T[][] {
  const lengths = weights.map((weight) => field.sqrt(weight));
  return matrix.map((row, i) =>
    row.map((value, j) => field.div(value, field.mul(lengths[i] as T, lengths[j] as T))),
  );
}
