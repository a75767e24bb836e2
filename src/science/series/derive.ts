/**
 * Derives the series of a branch in closed form: only where each series begins is recognised, all else follows from
 * the equations.
 */
import { present } from '../../base/invariant.ts';
import { type Branch, spaceOf } from '../family/branch.ts';
import { type Irrep, irrepName, irrepsOf } from '../family/irreps.ts';
import type { State } from '../family/problem.ts';
import { coordinateName, coordinatesOf } from '../family/space.ts';
import { valueAt } from '../family/value.ts';
import { closedForm, type PiQuotient } from '../math/precision/closed-form.ts';
import { type ExactField, exactField, OutsideField, valueOf } from '../math/precision/exact-field.ts';
import { bitLength } from '../math/precision/fixed.ts';
import { denominatorOf, type PiNumber, piNumber, piNumbers } from '../math/precision/pi-number.ts';
import { coefficientAt, endOf } from '../math/precision/series.ts';
import { type Exact, exactRing, exactState } from './exact-entries.ts';
import { exactEigenvalue, pencilOf } from './exact-eigenvalues.ts';
import { type Coefficient, isZero } from './extrapolate.ts';
import type { Grid } from './sample.ts';

/** The coefficients of all quantities as read off. */
export type Numeric = ReadonlyMap<string, readonly Coefficient[]>;

/** Gives a coefficient of a quantity in closed form, undefined where it was not derived. */
export type Derived = (quantity: string, power: number) => PiQuotient | undefined;

/** Terms carried beyond those wanted: the equations lose some to the growth of eigenvalues and of multiplicities. */
const spare = 4;
/** With fewer the derivative looks singular. */
const fewest = 12;

/**
 * The series of `branch`, exactly; undefined where a leading term is not recognised, or is not in Q(π)(√m) with m
 * the size of the one small block. Quantities of which that holds are left out of it.
 */
export function derived(branch: Branch, numeric: Numeric, grid: Grid, terms: number): Derived | undefined {
  const radicals = [...new Set(branch.minorities.map(squareFree).filter((radical) => radical > 1))];
  if (radicals.length > 1) return undefined;
  const base = exactField(piNumbers(radicals[0] ?? 1));
  const leading = coordinatesOf(spaceOf(branch)).map((coordinate) =>
    start(base, numeric.get(coordinateName(coordinate)), grid),
  );
  if (!leading.every((entry) => entry !== undefined)) return undefined;
  try {
    const found = exactState(branch, base, leading, Math.max(fewest, terms + spare));
    return found === undefined ? undefined : lookup(base, seriesFrom(branch, base, found, numeric, grid));
  } catch (failure) {
    if (failure instanceof OutsideField) return undefined;
    throw failure;
  }
}

function lookup(base: ExactField, series: ReadonlyMap<string, Exact>): Derived {
  const { numbers } = base;
  return (quantity, power) => {
    const known = series.get(quantity);
    if (known === undefined || power >= endOf(known)) return undefined;
    const { plain, root, ...rest } = coefficientAt(exactRing(base, 0), known, power);
    return { plain, root, radical: numbers.radical, over: denominatorOf(numbers, { plain, root, ...rest }) };
  };
}

/** The value of a closed form as a fixed-point number. */
function valueOfQuotient({ plain, root, radical, over }: PiQuotient, bits: number): bigint {
  const numbers = piNumbers(radical);
  return valueOf(numbers, piNumber(numbers, plain, root, over), bits);
}

/** The entries, the loss, and the eigenvalues of which series were read off. */
function seriesFrom(
  branch: Branch,
  base: ExactField,
  { state, entries }: { readonly state: State<Exact>; readonly entries: readonly Exact[] },
  numeric: Numeric,
  grid: Grid,
): Map<string, Exact> {
  const { field, coordinates, space } = state.problem;
  const series = new Map(coordinates.map((each, i) => [coordinateName(each), entries[i] as Exact]));
  if (numeric.has('loss')) series.set('loss', field.div(valueAt(state), field.scale(field.pi, 2)));
  for (const irrep of irrepsOf(space, [Infinity, ...branch.minorities])) {
    const name = `eig_${irrepName(irrep, space)}`;
    if (!numeric.has(`${name}_1`)) continue;
    eigenvalues(base, state, irrep, name, numeric, grid).forEach((value, n) => {
      if (value !== undefined) series.set(`${name}_${n + 1}`, value);
    });
  }
  return series;
}

function eigenvalues(
  base: ExactField,
  state: State<Exact>,
  irrep: Irrep,
  name: string,
  numeric: Numeric,
  grid: Grid,
): (Exact | undefined)[] {
  const { field } = state.problem;
  const pencil = pencilOf(state, irrep);
  const { matrix, weights } = pencil;
  if (weights.length === 1)
    return [field.div((matrix[0] as readonly Exact[])[0] as Exact, weights[0] as Exact)];
  const lists = weights.map((_, n) =>
    present(numeric.get(`${name}_${n + 1}`), `the series of ${name}_${n + 1}`),
  );
  return lists.map((own, n) => {
    const gap = Math.max(...lists.flatMap((other, i) => (i === n ? [] : [parting(own, other, grid)])));
    const first = start(base, own, grid, gap);
    const end = (own[0] as Coefficient).power + own.length;
    return first === undefined ? undefined : exactEigenvalue(base, pencil, first, gap, end);
  });
}

/** The power at which two series part. */
function parting(one: readonly Coefficient[], other: readonly Coefficient[], grid: Grid): number {
  const at = (list: readonly Coefficient[], power: number) => list.find((each) => each.power === power);
  const first = Math.min((one[0] as Coefficient).power, (other[0] as Coefficient).power);
  const end = Math.min(...[one, other].map((list) => (list[0] as Coefficient).power + list.length));
  for (let power = first; power < end; power++) {
    const [a, b] = [at(one, power), at(other, power)];
    const bits = Math.min(a?.bits ?? grid.bits, b?.bits ?? grid.bits);
    if (!isZero({ power, value: (a?.value ?? 0n) - (b?.value ?? 0n), bits }, grid)) return power;
  }
  return end;
}

/** Digits on which a leading term is recognised: those are simple, and fewer digits make short work of them. */
const shown = 448;

/** The terms up to t^last, or the leading one alone, recognised; undefined where that fails. */
function start(
  base: ExactField,
  list: readonly Coefficient[] | undefined,
  grid: Grid,
  last?: number,
): Exact | undefined {
  const leading = list?.[0];
  if (list === undefined || leading === undefined || isZero(leading, grid)) return undefined;
  const wanted = list.filter(({ power }) => power <= Math.max(last ?? leading.power, leading.power));
  const coefficients = wanted.map((coefficient) => recognised(base, coefficient, grid));
  if (!coefficients.every((coefficient) => coefficient !== undefined)) return undefined;
  return { power: leading.power, coefficients };
}

function recognised(
  { numbers, zero }: ExactField,
  coefficient: Coefficient,
  grid: Grid,
): PiNumber | undefined {
  if (isZero(coefficient, grid)) return zero;
  const bits = Math.min(shown, coefficient.bits - 8);
  const radicals = numbers.radical === 1 ? [] : [numbers.radical];
  const found = closedForm(coefficient.value >> BigInt(grid.bits - bits), bits, radicals)?.quotient;
  if (found === undefined || (found.root.length > 0 && found.radical !== numbers.radical)) return undefined;
  return piNumber(numbers, found.plain, found.root, found.over);
}

/** Binary digits to which a closed form has the value of a coefficient, if it has it as far as that is known. */
export function agreement(form: PiQuotient, { value, bits }: Coefficient, grid: Grid): number | undefined {
  const agreed = grid.bits - bitLength(valueOfQuotient(form, grid.bits) - value);
  return agreed >= bits - 16 ? Math.min(agreed, bits) : undefined;
}

/** m without its square factors. */
function squareFree(m: number): number {
  let left = m;
  for (let factor = 2; factor * factor <= left; factor++)
    while (left % (factor * factor) === 0) left /= factor * factor;
  return left;
}
