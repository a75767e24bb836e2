/** Writes the names of isotropy groups, up to conjugacy. */
import { type Plan } from './matching.ts';
import { type Structure } from './structure.ts';
import { productName } from './young.ts';

type Orbits = readonly (readonly number[])[];

/** Which family of groups acts on a block or on equal rows or columns: B where signs change as well. */
export type Letter = 'S' | 'B';

/** How the parts of a plan are lettered. All are S by default. */
export interface Letters {
  readonly block: (columns: readonly number[]) => Letter;
  readonly rows: (orbit: readonly number[]) => Letter;
  readonly columns: (orbit: readonly number[]) => Letter;
}

const symmetric: Letters = { block: () => 'S', rows: () => 'S', columns: () => 'S' };

/** What is to be named. */
export interface Named extends Pick<Structure, 'young'> {
  readonly order: bigint;
  readonly rowOrbits: Orbits;
  readonly columnOrbits: Orbits;
}

/**
 * `Δ(S_5×S_1)×S_2` for a diagonal Young group and two equal rows, `…×S_2(columns)` for equal columns, `1` for the
 * trivial group; for any other group its order and the sizes of its orbits.
 */
export function nameOf(group: Named): string {
  if (group.young === undefined) return plainName(group);
  const factors = youngFactors(group.young, symmetric);
  return factors.length === 0 ? '1' : productName(factors);
}

/** The direct factors of a diagonal Young group: the diagonal one first, left out where it is trivial. */
export function youngFactors(plan: Plan, letters: Letters): string[] {
  const blocks = plan.blocks.map(({ columns }) => ({ size: columns.length, letter: letters.block(columns) }));
  const diagonal = words(blocks);
  const wrapped = diagonal.length === 1 ? `Δ${diagonal[0]}` : `Δ(${productName(diagonal)})`;
  return [
    ...(blocks.some((block) => block.size > 1) ? [wrapped] : []),
    ...words(plan.equalRows.map((orbit) => ({ size: orbit.length, letter: letters.rows(orbit) }))),
    ...words(plan.equalColumns.map((orbit) => ({ size: orbit.length, letter: letters.columns(orbit) }))).map(
      (word) => `${word}(columns)`,
    ),
  ];
}

/** For any group: what conjugation leaves alone and a reader can check. */
export function plainName({ order, rowOrbits, columnOrbits }: Omit<Named, 'young'>): string {
  return `order ${order} (rows ${sizes(rowOrbits)}, columns ${sizes(columnOrbits)})`;
}

/** A name as markup of figures, `Δ(S_18×S_1)` as `$Δ(S_{18}×S_1)$`; names in words stay as they are. */
export function nameAsMarkup(name: string): string {
  if (name.startsWith('order ')) return name;
  const formula = name
    .replace(/[{}]/g, '\\$&')
    .replace(/([_^])(\d\d+)/g, '$1{$2}')
    .replaceAll('(columns)', '\\text{ (columns)}');
  return `$${formula}$`;
}

function words(parts: readonly { size: number; letter: Letter }[]): string[] {
  return parts
    .toSorted((a, b) => b.size - a.size || (a.letter < b.letter ? -1 : a.letter > b.letter ? 1 : 0))
    .map(({ size, letter }) => `${letter}_${size}`);
}

function sizes(orbits: Orbits): string {
  return orbits
    .map((orbit) => orbit.length)
    .sort((a, b) => b - a)
    .join('+');
}
