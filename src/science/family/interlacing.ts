/** Compares the Hessian with extra neurons with its principal block on the others, irrep by irrep. */
import { fine } from './arithmetic.ts';
import { blockOf } from './blocks.ts';
import type { Branch } from './branch.ts';
import { type CriticalPoint, stateOf, twoPi } from './critical-point.ts';
import { type Irrep, irrepName, irrepsOf } from './irreps.ts';
import { fixedModes, standardModes } from './modes.ts';
import type { Problem } from './problem.ts';
import { eigenvaluesOf } from './symmetric.ts';

/** The eigenvalues of one irrep, ascending, with and without the directions that move the extra neurons. */
export interface Interlacing {
  readonly irrep: string;
  readonly whole: readonly number[];
  readonly principal: readonly number[];
  /**
   * Cauchy's inequalities, whole[i] ≤ principal[i] ≤ whole[i + e] with e the number of directions left out: by how
   * much the tightest holds. Never below rounding.
   */
  readonly margin: number;
}

/** For each irrep that extra neurons have a part in. Source: Cauchy; Arjevani, Field, arXiv:2210.06088. */
export function interlacing(branch: Branch, point: CriticalPoint): Interlacing[] {
  const state = stateOf(branch, point);
  const { space } = state.problem;
  const tied = space.blocks.length;
  return irrepsOf(space, point.sizes).flatMap((irrep) => {
    const families = familiesIn(state.problem, irrep);
    const kept = families.flatMap((family, i) => (family < tied ? [i] : []));
    if (kept.length === families.length) return [];
    const block = blockOf(state, irrep);
    const inner = kept.map((i) => kept.map((j) => (block[i] as (typeof block)[number])[j] as never));
    const values = (matrix: typeof block) =>
      eigenvaluesOf(fine(), matrix, 1e-28).map((value) => fine().toNumber(value) / twoPi());
    const [whole, principal] = [values(block), values(inner)];
    return [{ irrep: irrepName(irrep, space), whole, principal, margin: marginOf(whole, principal) }];
  });
}

/** The student family that each row of an irrep's block moves; none where extra neurons have no part in it. */
function familiesIn<T>(problem: Problem<T>, irrep: Irrep): number[] {
  if (irrep.kind === 't') return fixedModes(problem).map(({ mode }) => mode.family);
  return irrep.kind === 's' ? standardModes(problem, irrep.block).map(({ mode }) => mode.family) : [];
}

function marginOf(whole: readonly number[], principal: readonly number[]): number {
  const left = whole.length - principal.length;
  return Math.min(
    ...principal.flatMap((value, i) => [value - (whole[i] as number), (whole[i + left] as number) - value]),
  );
}
