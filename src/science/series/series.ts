/** Expands a family's critical points in powers of d^{-1/2}: entries, loss and eigenvalues, with closed forms. */
import type { Branch } from '../family/branch.ts';
import { branchOf, type FamilyName, globalBranch } from '../family/families.ts';
import { type ClosedForm, closedForm, type PiQuotient, textOf } from '../math/precision/closed-form.ts';
import { numberOf } from '../math/precision/fixed.ts';
import { agreement, type Derived, derived } from './derive.ts';
import { type Coefficient, coefficients, isZero } from './extrapolate.ts';
import { type Grid, sampled } from './sample.ts';

/** Which series are meant. */
export interface SeriesQuery {
  readonly family: FamilyName;
  /** `loss`, an entry (`diag1`, `row1col2`, …) or an eigenvalue (`eig_s_1`, numbered upwards at large d); all if left out. */
  readonly quantity?: string;
  /** How many consecutive powers of d^{-1/2}, from the leading one on; 8 if left out. */
  readonly terms?: number;
  /**
   * For how many of them, from the leading one on, closed forms are sought by integer relations where none can be
   * derived, which takes time; all if left out, and with 0 none are derived either.
   */
  readonly formulas?: number;
}

/** One term: `coefficient` times d^{-power/2}. */
export interface SeriesRow {
  readonly family: string;
  readonly quantity: string;
  readonly power: number;
  readonly coefficient: number;
  /** `1/4 - 1/(2*pi)`: a formula for the coefficient; empty where none was found, which does not say that there is none. */
  readonly closedForm: string;
  readonly evidence: SeriesEvidence;
}

/** What speaks for a term. */
export interface SeriesEvidence {
  /** Decimal places to which the coefficient is known. */
  readonly places: number;
  /**
   * Whether the closed form was derived from the equations, given the leading terms of the entries. Otherwise it was
   * found by integer relations.
   */
  readonly derived: boolean;
  /**
   * Decimal digits to which it agrees with the closed form, and those that the form's integers account for: none
   * where the form was not fitted but derived.
   */
  readonly agreed: number;
  readonly spent: number;
}

/** d from 2^96/24² to 2^96: eight terms come out to 130 decimal places or more, the first to 200. */
export const usualGrid: Grid = { bits: 1280, step: 48, nodes: 24 };

/**
 * The rows of a family's series. Throws RangeError for a quantity that the family does not have, for names of no
 * family, and unless 1 to 12 terms are asked for.
 */
export function series({ family, quantity, terms = 8, formulas = terms }: SeriesQuery): SeriesRow[] {
  if (!(terms >= 1 && terms <= 12)) throw new RangeError(`a series has 1 to 12 terms, not ${terms}`);
  const branch = family === 'global' ? globalBranch() : branchOf(family);
  const rows = seriesOf(
    branch,
    terms,
    (name) => quantity === undefined || name === quantity || quantity.startsWith(`${name}_`),
    usualGrid,
    formulas,
  );
  const found = quantity === undefined ? rows : rows.filter((row) => row.quantity === quantity);
  if (found.length === 0) throw new RangeError(`family ${family} has no quantity ${quantity}`);
  return found;
}

/** The same for any branch. `wanted` names what to compute: `loss`, entries by name, eigenvalues by `eig_<irrep>`. */
export function seriesOf(
  branch: Branch,
  terms: number,
  wanted: (quantity: string) => boolean = () => true,
  grid: Grid = usualGrid,
  formulas: number = terms,
): SeriesRow[] {
  const numeric = new Map(
    [...sampled(branch, grid, wanted)].map(([name, values]) => [name, coefficients(values, grid, terms)]),
  );
  const exact = formulas > 0 ? derived(branch, numeric, grid, terms) : undefined;
  return [...numeric].flatMap(([quantity, list]) => {
    if (!quantity.startsWith('eig_') && !wanted(quantity)) return [];
    return rowsOf(branch, quantity, list, grid, formulas, exact);
  });
}

/** Terms without a closed form after which no more are sought: the forms only grow from term to term. */
const mostMisses = 2;

/**
 * The rows of one quantity. The square roots of the sizes of small blocks are expected in closed forms, and those
 * seen in an early coefficient in the later ones.
 */
function rowsOf(
  { name, minorities }: Branch,
  quantity: string,
  list: readonly Coefficient[],
  grid: Grid,
  formulas: number,
  exact: Derived | undefined,
): SeriesRow[] {
  const radicals = new Set(minorities.filter((size) => size > 1 && size !== 4));
  let misses = 0;
  return list.map((coefficient, i): SeriesRow => {
    const { power, value, bits } = coefficient;
    const known = { family: name, quantity, power };
    const places = decimalPlaces(bits);
    const derivation = derivedTerm(coefficient, exact?.(quantity, power), grid);
    if (derivation !== undefined) return { ...known, ...derivation };
    if (isZero(coefficient, grid)) {
      const evidence = { places, derived: false, agreed: places, spent: 0 };
      return { ...known, coefficient: 0, closedForm: '0', evidence };
    }
    const sought = i < formulas && misses < mostMisses;
    const formula = sought ? formulaOf(coefficient, grid, [...radicals]) : undefined;
    if (formula === undefined) misses++;
    for (const [, radical] of formula?.text.matchAll(/sqrt\((\d+)\)/g) ?? []) radicals.add(Number(radical));
    const evidence = { places, derived: false, agreed: formula?.digits ?? 0, spent: formula?.spent ?? 0 };
    return { ...known, coefficient: numberOf(value, grid.bits), closedForm: formula?.text ?? '', evidence };
  });
}

/** A term in the form that was derived for it, if that has the value that was read off. */
function derivedTerm(
  coefficient: Coefficient,
  form: PiQuotient | undefined,
  grid: Grid,
): Pick<SeriesRow, 'coefficient' | 'closedForm' | 'evidence'> | undefined {
  const agreed = form === undefined ? undefined : agreement(form, coefficient, grid);
  if (form === undefined || agreed === undefined) return undefined;
  const places = decimalPlaces(coefficient.bits);
  const value = isZero(coefficient, grid) ? 0 : numberOf(coefficient.value, grid.bits);
  const evidence = { places, derived: true, agreed: decimalPlaces(agreed), spent: 0 };
  return { coefficient: value, closedForm: textOf(form), evidence };
}

/** A closed form; one guard byte is left out of the digits in which two extrapolations agree. */
function formulaOf(
  { value, bits }: Coefficient,
  grid: Grid,
  radicals: readonly number[],
): ClosedForm | undefined {
  const trusted = bits - 8;
  return closedForm(value >> BigInt(grid.bits - trusted), trusted, radicals);
}

function decimalPlaces(bits: number): number {
  return Math.floor((bits * 30103) / 100000);
}
