/** Divides the blocks of a fixed-point space, so that directions of less symmetry lie in the finer space. */
import { coordinatesOf } from '../family/space.ts';
import { type Branch, spaceOf } from '../family/branch.ts';

/** The blocks of a branch with the whole numbers of inputs of the parts that each is divided into. */
export interface Refinement {
  /** Minorities of the branch: its blocks 2, 3, …; block 1 has the rest. */
  readonly minorities: readonly number[];
  /** For each block of the branch, how its parts are sized; the first part of block 1 is what is left, not counted. */
  readonly parts: readonly (readonly number[])[];
}

/** A divided space: its structure, and for each of its blocks the block of the branch that it is a part of. */
export interface Refined {
  readonly structure: Pick<Branch, 'minorities' | 'extras'>;
  readonly parents: readonly number[];
}

/** The divided space. Throws RangeError for parts that do not add up to their block. */
export function refined({ minorities, parts }: Refinement): Refined {
  minorities.forEach((size, at) => {
    const own = parts[at + 1] ?? [];
    if (own.reduce((sum, part) => sum + part, 0) !== size)
      throw new RangeError(`parts ${own.join(', ')} do not make a block of ${size}`);
  });
  const cut = parts.flatMap((own, parent) => own.map((size) => ({ size, parent })));
  return {
    structure: { minorities: cut.map(({ size }) => size), extras: [] },
    parents: [0, ...cut.map(({ parent }) => parent)],
  };
}

/** A value for each entry of a matrix of the divided space: by block of the neuron, block of the input, on the diagonal or not. */
export type EntryRule = (row: number, column: number, diagonal: boolean) => number;

/** The entries that a rule gives, in the order of the coordinates. */
export function entriesBy({ structure }: Refined, rule: EntryRule): number[] {
  return coordinatesOf(spaceOf(structure)).map(({ family, block, role }) =>
    rule(family, block, role === 'diag'),
  );
}

/** A matrix of the branch, by the coordinates of its own space, as one of the divided space. */
export function embedded(refinement: Refinement, values: readonly number[]): number[] {
  const target = refined(refinement);
  const { minorities } = refinement;
  const own = coordinatesOf(spaceOf({ minorities, extras: [] }));
  const valueAt = (family: number, block: number, role: string) =>
    values[own.findIndex((one) => one.family === family && one.block === block && one.role === role)] ?? 0;
  return entriesBy(target, (row, column, diagonal) => {
    const [family, block] = [target.parents[row] as number, target.parents[column] as number];
    return valueAt(family, block, family !== block ? 'level' : diagonal ? 'diag' : 'off');
  });
}
