/** The families of spurious critical points for k = d neurons and the identity as target, with their limits. */
import type { Branch } from './branch.ts';

/** `global`; `A`, `I`, `II`; or the number m of neurons that point away from their targets, 2 to 6. */
export type FamilyName = 'global' | 'A' | 'I' | 'II' | '2' | '3' | '4' | '5' | '6';

/** The names of all families, the global minimum first. */
export const familyNames: readonly FamilyName[] = ['global', 'A', 'I', 'II', '2', '3', '4', '5', '6'];

/** The spurious ones. */
export type SpuriousName = Exclude<FamilyName, 'global'>;

/**
 * The branch of a family.
 *
 * `A` → −I, near the reflection −I + (2/d)11ᵀ; `I` → −I but for one +1; `II` → I but for one −1; `m` → I but for m
 * entries −1. Throws RangeError for any other name. The level 2/p that the guesses put where the sign is wrong makes Σw_i = Σv_j. Sources: Arjevani,
 * Field, arXiv:2003.10576, section 1, and arXiv:2107.10370.
 */
export function branchOf(name: SpuriousName): Branch {
  const known = branches.get(name) ?? made(name);
  branches.set(name, known);
  return known;
}

/** One object for each, by which others know what they found on it. */
const branches = /* @__PURE__ */ new Map<string, Branch>();

function made(name: SpuriousName): Branch {
  switch (name) {
    case 'A':
      return { name, minorities: [], extras: [], above: 2, guess: (d) => [2 / d - 1, 2 / d] };
    case 'I':
      return {
        name,
        minorities: [1],
        extras: [],
        above: 3,
        guess: (d) => [2 / (d - 1) - 1, 2 / (d - 1), 0, 0, 1],
      };
    case 'II':
      return { name, minorities: [1], extras: [], above: 2, guess: (d) => [1, 0, 2 / (d - 1), 0, -1] };
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
      return flipped(name, Number(name));
    default:
      // Callers without types get here.
      throw new RangeError(
        `${JSON.stringify(name)} is no spurious family: they are ${familyNames.slice(1).join(', ')}`,
      );
  }
}

/** The family with m ≥ 2 neurons that point away from their targets. */
function flipped(name: string, m: number): Branch {
  const guess = (d: number) => [1, 0, 2 / (d - m), 0, -1, 0];
  return { name, minorities: [m], extras: [], above: m + 1, guess };
}

/** The global minimum W = V, where no search is needed. */
export function globalBranch(): Branch {
  return { name: 'global', minorities: [], extras: [], above: 1, guess: () => [1, 0] };
}
