/** Describes a branch of critical points by its structure and its limit as d → ∞. */
import type { Field } from '../math/precision/field.ts';
import { type Problem, problemOf } from './problem.ts';
import type { BlockKind, NeuronFamily, Space } from './space.ts';

/**
 * A branch over real d. Block 1 has the d − Σ minorities inputs that are left, the others have fixed sizes; there
 * is one student family tied to each block, then free rows. The teacher is the identity.
 */
export interface Branch {
  readonly name: string;
  /** Sizes of the blocks 2, 3, …: integers. */
  readonly minorities: readonly number[];
  /** Copies of each free row. */
  readonly extras: readonly number[];
  /** A matrix near the branch at large d, by coordinates. */
  readonly guess: (d: number) => number[];
  /** The branch is not followed to this d or below: block 1 would vanish, or rows become parallel to others'. */
  readonly above: number;
  /** Where the branch is entered if it does not go on to d = ∞ from there. */
  readonly upTo?: number;
}

/** The space of a branch. Block 1 is `single` where there is one input left, which the caller knows. */
export function spaceOf({ minorities, extras }: Pick<Branch, 'minorities' | 'extras'>): Space {
  const blocks: BlockKind[] = [
    'many',
    ...minorities.map((size) => (size === 1 ? 'single' : 'many') as BlockKind),
  ];
  const tied = blocks.map((_, block): NeuronFamily => ({ kind: 'tied', block }));
  return { blocks, students: [...tied, ...extras.map((copies): NeuronFamily => ({ kind: 'free', copies }))] };
}

/** The sizes of the blocks at d. */
export function sizesAt<T>(field: Field<T>, minorities: readonly number[], d: T): T[] {
  const rest = minorities.reduce((sum, size) => sum + size, 0);
  return [field.sub(d, field.fromNumber(rest)), ...minorities.map((size) => field.fromNumber(size))];
}

/** The problem of a branch at d, with weight `linear` of the linear part (1 for ReLU). */
export function problemAt<T>(
  field: Field<T>,
  branch: Pick<Branch, 'minorities' | 'extras'>,
  d: T,
  linear: T = field.one,
): Problem<T> {
  const sizes = sizesAt(field, branch.minorities, d);
  const levels = sizes.map(() => field.zero);
  const teachers = sizes.map((count, block) => ({ block, count, spike: field.one, levels }));
  return problemOf(field, spaceOf(branch), sizes, teachers, linear);
}

/** The number of neurons at d. */
export function neurons({ extras }: Pick<Branch, 'extras'>, d: number): number {
  return d + extras.reduce((sum, copies) => sum + copies, 0);
}
