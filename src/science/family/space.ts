/**
 * Describes the matrices that a product of symmetric groups fixes: blocks of inputs, families of neurons, and
 * the few entries that remain free.
 */
import { unreachable } from '../../base/invariant.ts';
import type { Field } from '../math/precision/field.ts';

/**
 * A block of inputs: `many` (a real number > 1 of them, permuted at will), `single` (exactly one), or `blank`
 * (inputs that no teacher and no student of the space looks at, on which the orthogonal group acts).
 */
export type BlockKind = 'many' | 'single' | 'blank';

/**
 * Neurons that the group permutes: `tied` to a block (one per input of it, moved together with the inputs), or
 * `free` (`copies` equal ones, constant on every block).
 */
export type NeuronFamily =
  | { readonly kind: 'tied'; readonly block: number }
  | { readonly kind: 'free'; readonly copies: number };

/** The structure of a fixed-point space, without the sizes of its blocks. */
export interface Space {
  readonly blocks: readonly BlockKind[];
  readonly students: readonly NeuronFamily[];
}

/**
 * One free entry: `diag` and `off` on a family's own block, `level` on any other one. `family` and `block` count
 * from 0.
 */
export interface Coordinate {
  readonly family: number;
  readonly block: number;
  readonly role: 'diag' | 'off' | 'level';
}

/** The free entries of a space: family by family, block by block, `diag` before `off`. */
export function coordinatesOf(space: Space): Coordinate[] {
  return space.students.flatMap((student, family) =>
    space.blocks.flatMap((kind, block) => {
      if (kind === 'blank') return [];
      const own = student.kind === 'tied' && student.block === block;
      return rolesOf(kind, own).map((role) => ({ family, block, role }));
    }),
  );
}

function rolesOf(kind: BlockKind, own: boolean): readonly Coordinate['role'][] {
  if (!own) return ['level'];
  return kind === 'single' ? ['diag'] : ['diag', 'off'];
}

/** The published name of an entry: `diag1`, `off1`, `row1col2`; families and blocks count from 1. */
export function coordinateName({ family, block, role }: Coordinate): string {
  return role === 'level' ? `row${family + 1}col${block + 1}` : `${role}${block + 1}`;
}

/** The number of neurons of a family. */
export function familySize<T>(field: Field<T>, family: NeuronFamily, sizes: readonly T[]): T {
  return family.kind === 'tied' ? (sizes[family.block] as T) : field.fromNumber(family.copies);
}

/** How many entries of the whole matrix share a coordinate. */
export function multiplicity<T>(
  field: Field<T>,
  space: Space,
  sizes: readonly T[],
  { family, block, role }: Coordinate,
): T {
  const rows = familySize(field, space.students[family] as NeuronFamily, sizes);
  const size = sizes[block] as T;
  switch (role) {
    case 'diag':
      return size;
    case 'off':
      return field.mul(size, field.sub(size, field.one));
    case 'level':
      return field.mul(rows, size);
    default:
      return unreachable(role);
  }
}
