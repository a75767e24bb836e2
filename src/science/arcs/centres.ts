/** Names the critical points that arcs are followed from: families, and the rungs between type A and the global minimum. */
import { type Branch, problemAt } from '../family/branch.ts';
import { plain } from '../family/arithmetic.ts';
import { criticalPoint } from '../family/critical-point.ts';
import { refineAt, scalesAt } from '../family/descent.ts';
import { branchOf, globalBranch, type SpuriousName } from '../family/families.ts';
import { solveFrom } from '../family/newton.ts';

/** A critical point in the fixed-point space of a diagonal Young group, with the entries of its matrix. */
export interface Centre {
  readonly name: string;
  readonly d: number;
  readonly minorities: readonly number[];
  readonly entries: readonly number[];
}

/** The critical point of a family at d. */
export function familyCentre(family: SpuriousName, d: number): Centre {
  const entries = criticalPoint({ family, d }).entries.map(({ value }) => value);
  return { name: family, d, minorities: branchOf(family).minorities, entries };
}

/**
 * The critical point of isotropy Δ(S_{d−j}×S_j) in which j of d neurons stand near their targets and the others point
 * away from theirs: A for j = 0, I for 1, (m) for d − m, II for d − 1. Undefined where Newton's method from the limit
 * as d → ∞ (the matrix −I + (2/p)11ᵀ on p = d − j inputs, I on the others) leads to none that has that form.
 */
export function rung(aligned: number, d: number): Centre | undefined {
  const p = d - aligned;
  const flipped = [2 / p - 1, 2 / p];
  if (aligned === 0) return solved('0 aligned', d, [], flipped, [-1]);
  if (p === 1) return solved(`${aligned} aligned`, d, [1], [1, 0, 2 / (d - 1), 0, -1], [1, -1]);
  if (p === 0) return { name: `${d} aligned`, d, minorities: globalBranch().minorities, entries: [1, 0] };
  const own = aligned === 1 ? [1] : [1, 0];
  return solved(`${aligned} aligned`, d, [aligned], [...flipped, 0, 0, ...own], [-1, 1]);
}

/** The refined solution near `guess`, if the diagonal entries of its blocks have the wanted signs. */
function solved(
  name: string,
  d: number,
  minorities: readonly number[],
  guess: readonly number[],
  signs: readonly number[],
): Centre | undefined {
  const branch: Branch = { name, minorities, extras: [], above: 1, guess: () => [...guess] };
  const coarse = solveFrom(problemAt(plain(), branch, d), guess, scalesAt(branch, d));
  const refined = refineAt(branch, d, coarse.values);
  if (refined === undefined) return undefined;
  const entries = refined.values.map(({ hi }) => hi);
  const last = entries.length - (minorities[0] === 1 || minorities.length === 0 ? 1 : 2);
  const diagonals = minorities.length === 0 ? [entries[0]] : [entries[0], entries[last]];
  if (diagonals.some((value, i) => (value as number) * (signs[i] as number) < 0.3)) return undefined;
  return { name, d, minorities, entries };
}
