import { describe, expect, it } from 'vitest';
import { branchOf } from '../../../src/science/family/families.ts';
import { coordinateName, coordinatesOf } from '../../../src/science/family/space.ts';
import { spaceOf } from '../../../src/science/family/branch.ts';
import { textOf } from '../../../src/science/math/precision/closed-form.ts';
import { exactField, OutsideField } from '../../../src/science/math/precision/exact-field.ts';
import { piNumber, piNumbers } from '../../../src/science/math/precision/pi-number.ts';
import { agreement, derived, type Numeric } from '../../../src/science/series/derive.ts';
import { type Exact, exactState } from '../../../src/science/series/exact-entries.ts';
import { coefficients } from '../../../src/science/series/extrapolate.ts';
import { sampled } from '../../../src/science/series/sample.ts';
import { closedForms } from '../../../src/science/series/forms.ts';
import { type SeriesRow, usualGrid } from '../../../src/science/series/series.ts';

const grid = usualGrid;

let kept: Numeric | undefined;
/** What is read off for type A, once. */
function numeric(): Numeric {
  return (kept ??= new Map(
    [...sampled(branchOf('A'), grid, () => true)].map(([name, values]) => [
      name,
      coefficients(values, grid, 8),
    ]),
  ));
}

const base = exactField(piNumbers(1));
const term = (power: number, plain: readonly number[], over: readonly number[] = [1]): Exact => ({
  power,
  coefficients: [piNumber(base.numbers, plain.map(BigInt), [], over.map(BigInt))],
});

describe('the series of a branch, derived', () => {
  const branch = branchOf('II');
  const names = coordinatesOf(spaceOf(branch)).map(coordinateName);
  // 1, −4/π t⁴, 2t², 4/π t², −1.
  const leading = [term(0, [1]), term(4, [-4], [0, 1]), term(2, [2]), term(2, [4], [0, 1]), term(0, [-1])];

  it('solve the equations exactly, given where they begin', () => {
    const found = exactState(branch, base, leading, 12)!;
    const diag2 = found.entries[names.indexOf('diag2')]!;
    const texts = diag2.coefficients
      .slice(0, 4)
      .map(({ plain, root, ...x }) =>
        textOf({ plain, root, radical: 1, over: denominatorOf({ plain, root, ...x }) }),
      );
    expect(texts).toEqual(['-1', '0', '2 + 8/pi + 8/pi^2', '(64*pi - 768)/(3*pi^4*(pi - 2))']);
  });

  it('come out from a rough beginning too, and not from one of other signs', () => {
    const [one, other] = [term(4, [-1]), term(2, [1])];
    const rough = [leading[0]!, one, leading[2]!, other, leading[4]!];
    exactState(branch, base, rough, 12)!.entries.forEach(({ coefficients: [first] }, i) => {
      expect(base.isZero(base.sub(first!, leading[i]!.coefficients[0]!))).toBe(true);
    });
    expect(() => exactState(branch, base, leading.with(4, term(0, [1])), 12)).toThrow(OutsideField);
  });

  it('have the values that were read off, for every entry, the loss and all eigenvalues', () => {
    const exact = derived(branchOf('A'), numeric(), grid, 8)!;
    let compared = 0;
    for (const [quantity, list] of numeric()) {
      for (const coefficient of list) {
        const form = exact(quantity, coefficient.power);
        expect([quantity, coefficient.power, form !== undefined]).toEqual([
          quantity,
          coefficient.power,
          true,
        ]);
        expect(agreement(form!, coefficient, grid)).toBeGreaterThan(300);
        compared++;
      }
    }
    expect(compared).toBe(80);
    expect(exact('loss', 40)).toBeUndefined();
    expect(exact('loss', -3)).toMatchObject({ plain: [] });
    expect(exact('eig_z_1', 0)).toBeUndefined();
  });

  it('are refused where what was read off is something else', () => {
    const exact = derived(
      branchOf('A'),
      new Map([...numeric()].filter(([name]) => !name.startsWith('eig'))),
      grid,
      8,
    )!;
    const first = numeric().get('loss')![0]!;
    const form = exact('loss', first.power)!;
    expect(agreement(form, first, grid)).toBeGreaterThan(100);
    expect(agreement(form, { ...first, value: first.value + (1n << 500n) }, grid)).toBeUndefined();
  });

  it('are not there without the beginning of an entry', () => {
    const some = new Map(numeric());
    some.delete('off1');
    expect(derived(branchOf('A'), some, grid, 8)).toBeUndefined();
  });
});

function denominatorOf(x: Exact['coefficients'][number]): readonly bigint[] {
  const one = piNumber(base.numbers, [1n], [], [1n]);
  return base.div(one, { ...one, over: x.over, powers: x.powers }).plain;
}

it('closed forms are counted by family, with the fewest digits that speak for one', () => {
  const row = (family: string, closedForm: string, agreed: number, isDerived: boolean): SeriesRow => ({
    ...{ family, quantity: 'loss', power: 0, coefficient: 1, closedForm },
    evidence: { places: 200, derived: isDerived, agreed, spent: 0 },
  });
  const rows = [
    row('A', '1', 150, true),
    row('A', '', 0, false),
    row('I', '', 0, false),
    row('A', 'pi', 120, false),
  ];
  expect(closedForms(rows)).toEqual([
    { family: 'A', coefficients: 3, derived: 1, recognised: 1, open: 1, digits: 120 },
    { family: 'I', coefficients: 1, derived: 0, recognised: 0, open: 1, digits: null },
  ]);
});
