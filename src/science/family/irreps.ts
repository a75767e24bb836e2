/** Lists the irreducible representations that the space of k×d matrices contains, with names and multiplicities. */
import { unreachable } from '../../base/invariant.ts';
import type { Space } from './space.ts';

/**
 * `t`, the trivial one; `s`, `x`, `y` = (p−1,1), (p−2,1,1), (p−2,2) of a block of p inputs; `product` = s⊗s of two
 * blocks; `free`, the standard one of equal rows; `free*s`, that times s of a block; `blank`, vectors on a blank
 * block times t, s of a block, or the standard one of equal rows.
 */
export type Irrep =
  | { readonly kind: 't' }
  | { readonly kind: 's' | 'x' | 'y'; readonly block: number }
  | { readonly kind: 'product'; readonly block: number; readonly other: number }
  | { readonly kind: 'free'; readonly family: number }
  | { readonly kind: 'free*s'; readonly family: number; readonly block: number }
  | { readonly kind: 'blank'; readonly block: number; readonly rows: Factor };

/** The representation on the rows in a `blank` one. */
type Factor =
  | { readonly kind: 't' }
  | { readonly kind: 's'; readonly block: number }
  | { readonly kind: 'free'; readonly family: number };

/**
 * The irreps of a space whose blocks have the given sizes: `s` needs p ≥ 2, `x` p > 2, `y` p > 3. For 1 < p < 2, which
 * only real d meet, the multiplicities of what s is made of are partly negative, and no spectrum is meant.
 */
export function irrepsOf(space: Space, sizes: readonly number[]): Irrep[] {
  const many = space.blocks.flatMap((kind, block) => (kind === 'many' ? [block] : []));
  const free = space.students.flatMap((student, family) =>
    student.kind === 'free' && student.copies > 1 ? [family] : [],
  );
  const tied = (block: number) => space.students.some((s) => s.kind === 'tied' && s.block === block);
  const size = (block: number) => sizes[block] as number;
  const list: Irrep[] = [{ kind: 't' }];
  for (const block of many) if (size(block) >= 2) list.push({ kind: 's', block });
  for (const block of many) if (tied(block) && size(block) > 2) list.push({ kind: 'x', block });
  for (const block of many) if (tied(block) && size(block) > 3) list.push({ kind: 'y', block });
  for (const block of many) {
    for (const other of many) {
      if (block < other && (tied(block) || tied(other))) list.push({ kind: 'product', block, other });
    }
  }
  for (const family of free) list.push({ kind: 'free', family });
  for (const family of free) for (const block of many) list.push({ kind: 'free*s', family, block });
  space.blocks.forEach((kind, block) => {
    if (kind !== 'blank') return;
    list.push({ kind: 'blank', block, rows: { kind: 't' } });
    for (const other of many) {
      if (tied(other)) list.push({ kind: 'blank', block, rows: { kind: 's', block: other } });
    }
    for (const family of free) list.push({ kind: 'blank', block, rows: { kind: 'free', family } });
  });
  return list;
}

/** How often the eigenvalues of a component are repeated: the dimension of the irrep, real for real sizes. */
export function dimensionOf(irrep: Irrep, space: Space, sizes: readonly number[]): number {
  const size = (block: number) => sizes[block] as number;
  const rows = (family: number) => {
    const student = space.students[family] as Space['students'][number];
    return student.kind === 'free' ? student.copies - 1 : 0;
  };
  switch (irrep.kind) {
    case 't':
      return 1;
    case 's':
      return size(irrep.block) - 1;
    case 'x':
      return ((size(irrep.block) - 1) * (size(irrep.block) - 2)) / 2;
    case 'y':
      return (size(irrep.block) * (size(irrep.block) - 3)) / 2;
    case 'product':
      return (size(irrep.block) - 1) * (size(irrep.other) - 1);
    case 'free':
      return rows(irrep.family);
    case 'free*s':
      return rows(irrep.family) * (size(irrep.block) - 1);
    case 'blank':
      return size(irrep.block) * dimensionOf(irrep.rows, space, sizes);
    default:
      return unreachable(irrep);
  }
}

/**
 * The published name: `t`, `s`, `x`, `y`, with the number of the block where several blocks have more than one
 * input (`s1`, `x1`, `s1*s2`); `e1` for the first free family that has equal rows; `*o` for a blank block.
 */
export function irrepName(irrep: Irrep, space: Space): string {
  const several = space.blocks.filter((kind) => kind === 'many').length > 1;
  const on = (letter: string, block: number) => (several ? `${letter}${block + 1}` : letter);
  const frees = space.students.flatMap((student, family) => (student.kind === 'free' ? [family] : []));
  const equal = (family: number) => `e${frees.indexOf(family) + 1}`;
  switch (irrep.kind) {
    case 't':
      return 't';
    case 's':
    case 'x':
    case 'y':
      return on(irrep.kind, irrep.block);
    case 'product':
      return `${on('s', irrep.block)}*${on('s', irrep.other)}`;
    case 'free':
      return equal(irrep.family);
    case 'free*s':
      return `${equal(irrep.family)}*${on('s', irrep.block)}`;
    case 'blank':
      return `${irrepName(irrep.rows, space)}*o`;
    default:
      return unreachable(irrep);
  }
}
