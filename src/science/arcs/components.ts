/**
 * Lists the directions of one irrep in a divided space: those that the permutations of each part fix.
 *
 * A vector u that is constant on the parts of a block and of sum 0 gives the directions of the standard
 * representation s of the block. With two parts of at least 2 inputs each, y = (p−2,2) has one direction more, a
 * symmetric matrix of row sums 0; with three parts, x = (p−2,1,1) has one, a skew one.
 */
import { unreachable } from '../../base/invariant.ts';
import { entriesBy, type EntryRule, type Refined } from './refinement.ts';

/** A component by irrep: `block` (and `other`, for s ⊗ s) are blocks of the branch, counted from 0. */
export type Component =
  | { readonly kind: 't' }
  | { readonly kind: 's' | 'x' | 'y'; readonly block: number }
  | { readonly kind: 'product'; readonly block: number; readonly other: number };

/** Directions that span the part of the component in the divided space, by coordinates, neither orthogonal nor scaled. */
export function directionsOf(
  target: Refined,
  sizes: readonly number[],
  component: Component,
): readonly (readonly number[])[] {
  const rules = rulesOf(target.parents, sizes, component);
  return rules
    .map((rule) => entriesBy(target, rule))
    .filter((entries) => entries.some((value) => value !== 0));
}

function rulesOf(parents: readonly number[], sizes: readonly number[], component: Component): EntryRule[] {
  switch (component.kind) {
    case 't':
      return fixedRules(parents);
    case 's':
      return standardRules(parents, sizes, component.block);
    case 'y':
      return [symmetricRule(partsOf(parents, component.block), sizes)];
    case 'x':
      return [skewRule(partsOf(parents, component.block), sizes)];
    case 'product':
      return productRules(parents, sizes, component.block, component.other);
    default:
      return unreachable(component);
  }
}

function partsOf(parents: readonly number[], block: number): number[] {
  return parents.flatMap((parent, part) => (parent === block ? [part] : []));
}

/** Of sum 0 over the inputs of a block, constant on its first part and on the others together; 0 elsewhere. */
function contrast(parents: readonly number[], sizes: readonly number[], block: number): number[] {
  const [first = -1] = partsOf(parents, block);
  const rest = partsOf(parents, block)
    .slice(1)
    .reduce((sum, part) => sum + (sizes[part] as number), 0);
  return parents.map((parent, part) =>
    parent !== block ? 0 : part === first ? 1 / (sizes[part] as number) : -1 / rest,
  );
}

function fixedRules(parents: readonly number[]): EntryRule[] {
  const blocks = [...new Set(parents)];
  return blocks.flatMap((from) =>
    blocks.flatMap((to): EntryRule[] => {
      const inside = (row: number, column: number) => parents[row] === from && parents[column] === to;
      if (from !== to) return [(row, column) => (inside(row, column) ? 1 : 0)];
      return [
        (row, column, diagonal) => (inside(row, column) && diagonal ? 1 : 0),
        (row, column, diagonal) => (inside(row, column) && !diagonal ? 1 : 0),
      ];
    }),
  );
}

/** u_i on the diagonal; u_i ± u_j off it; u_i on the inputs, and on the neurons, of each other block. */
function standardRules(parents: readonly number[], sizes: readonly number[], block: number): EntryRule[] {
  const u = contrast(parents, sizes, block);
  const own = (part: number) => parents[part] === block;
  const at = (part: number) => u[part] as number;
  const off = (rule: (row: number, column: number) => number): EntryRule => {
    return (row, column, diagonal) => (own(row) && own(column) && !diagonal ? rule(row, column) : 0);
  };
  const others = [...new Set(parents)].filter((parent) => parent !== block);
  return [
    (row, column, diagonal) => (own(row) && own(column) && diagonal ? at(row) : 0),
    off((row, column) => at(row) + at(column)),
    off((row, column) => at(column) - at(row)),
    ...others.flatMap((other): EntryRule[] => [
      (row, column) => (own(row) && parents[column] === other ? at(row) : 0),
      (row, column) => (parents[row] === other && own(column) ? at(column) : 0),
    ]),
  ];
}

/** The symmetric matrix of row sums 0 and diagonal 0 on a block of two parts of p and q ≥ 2 inputs. */
function symmetricRule(parts: readonly number[], sizes: readonly number[]): EntryRule {
  const [p, q] = parts.map((part) => sizes[part] as number) as [number, number];
  return (row, column, diagonal) => {
    if (diagonal || !parts.includes(row) || !parts.includes(column)) return 0;
    if (row !== column) return 1;
    return row === parts[0] ? -q / (p - 1) : -p / (q - 1);
  };
}

/** The skew matrix of row sums 0 on a block of three parts a, b, c: what links two has the size of the third. */
function skewRule(parts: readonly number[], sizes: readonly number[]): EntryRule {
  return (row, column) => {
    const [from, to] = [parts.indexOf(row), parts.indexOf(column)];
    if (from < 0 || to < 0 || from === to) return 0;
    const third = sizes[parts[3 - from - to] as number] as number;
    return (to - from + 3) % 3 === 1 ? third : -third;
  };
}

/** u_i v_j for neurons of one block and inputs of the other, both ways. */
function productRules(
  parents: readonly number[],
  sizes: readonly number[],
  block: number,
  other: number,
): EntryRule[] {
  const [u, v] = [contrast(parents, sizes, block), contrast(parents, sizes, other)];
  const between = (from: readonly number[], to: readonly number[]): EntryRule => {
    return (row, column) => (from[row] as number) * (to[column] as number);
  };
  return [between(u, v), between(v, u)];
}
