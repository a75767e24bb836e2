/** Claims in a paper: what is printed of a value, how TeX reads it, and where a paper uses it. */
import { describe, expect, test } from 'vitest';
import type { ClaimDeclaration, Judgement, Relation } from '../../src/model/claim.ts';
import { claimUses, latexPackage, latexValues, linesWith, printedValue } from '../../src/provenance/latex.ts';

const claim = (id: string, relation: Relation): ClaimDeclaration => ({
  ...{ id, says: '', source: '', value: '', holds: '', relation },
  selector: { step: 'a', role: 'b', path: [] },
  place: { file: 'pipeline.yaml', line: 1, column: 1 },
});
const below: Relation = { type: 'compare', operator: '<', decimal: '1' };

describe('a printed value', () => {
  test.each<[Relation, string, Judgement['status'], string]>([
    [{ type: 'rounds to', decimal: '0.30' }, '0.29741', 'holds', '0.30'],
    [{ type: 'rounds to', decimal: '0.87' }, '0.865', 'holds', '0.87'],
    [{ type: 'rounds to', decimal: '0.30' }, '0.41741', 'fails', '0.42'],
    [{ type: 'within', center: '7', tolerance: '0.5' }, '7.2', 'holds', '7'],
    [{ type: 'within', center: '1.00', tolerance: '0.5' }, '1.005', 'holds', '1.01'],
    [below, '0.29741234', 'holds', '0.2974'],
    [below, '12', 'holds', '12'],
    [below, '1.23456e-9', 'holds', '1.235e-9'],
    [{ type: 'is', text: 'Δ(S_9×S_1)' }, 'Δ(S_9×S_1)', 'holds', 'Δ(S_9×S_1)'],
    [below, '[0.25, 0.5]', 'holds', '[0.25, 0.5]'],
  ])('of %o, found %s, %s, is %s', (relation, found, status, expected) =>
    expect(printedValue({ relation }, found, status)).toBe(expected),
  );
});

describe('the file of values', () => {
  const lines = (judgement: Partial<Judgement>) => {
    const whole: Judgement = { claim: 'a', status: 'holds', because: '', ...judgement };
    return latexValues([claim('a', below)], [whole])
      .split('\n')
      .slice(1)
      .join('\n');
  };

  test.each([
    ['0.29741234', '{0.2974}{0.29741234}'],
    ['-0.5', '{\\ensuremath{-0.5}}{\\ensuremath{-0.5}}'],
    [
      'Δ(S_5×S_1), 3 ≤ n, ∀',
      String.raw`{\ensuremath{\Delta}(S\_5\ensuremath{\times}S\_1), 3 \ensuremath{\le} n, ∀}`.repeat(2),
    ],
    ['1e-12', '{\\ensuremath{1\\times 10^{-12}}}{\\ensuremath{1\\times 10^{-12}}}'],
    [
      '50% of a_b \\ {c}',
      '{50\\% of a\\_b \\textbackslash{} \\{c\\}}{50\\% of a\\_b \\textbackslash{} \\{c\\}}',
    ],
  ])('writes %s as TeX reads it', (found, values) =>
    expect(lines({ found })).toBe(`\\colophonclaim{a}${values}{holds}\n`),
  );

  test('marks a claim without a value', () => {
    expect(lines({ status: 'unknown' })).toBe('\\colophonclaim{a}{??}{??}{unknown}\n');
  });

  test('is read by a package that defines what the file and the paper use', () => {
    for (const name of ['\\colophonclaim', '\\colophonvalues', '\\claimstatus'])
      expect(latexPackage).toContain(`\\newcommand*${name}`);
    // In headings and captions other commands are taken apart; in floats and formulas there are no margin notes.
    expect(latexPackage).toContain('\\DeclareRobustCommand*\\claim');
    expect(latexPackage).not.toContain('marginpar');
    const count = (pattern: RegExp) => latexPackage.match(pattern)?.length ?? 0;
    expect(count(/\{/g)).toBe(count(/\}/g));
    expect(count(/\\(?:ifcsname|ifx)\b/g)).toBe(count(/\\fi\b/g));
  });
});

describe('a paper', () => {
  const tex = 'We find \\claim{loss} and % \\claim{gone}\n\\claim* { loss } of \\claim{other}.\n';

  test('uses claims on lines, in full or as printed', () => {
    expect(claimUses(tex)).toEqual([
      { id: 'loss', line: 1, isFull: false },
      { id: 'loss', line: 2, isFull: true },
      { id: 'other', line: 2, isFull: false },
    ]);
  });

  test.each([
    ['a 0.29, b', true],
    ['0.29.', true],
    ['$0.29$', true],
    ['10.29', false],
    ['0.291', false],
    ['0.29.1', false],
    ['% 0.29', false],
    ['50\\% 0.29', true],
  ])('%s has 0.29: %s', (text, expected) => expect(linesWith(text, '0.29')).toEqual(expected ? [1] : []));
});
