import { describe, expect, it } from 'vitest';
import { nameAsMarkup } from '../../../src/science/group/names.ts';
import { glyphOf, outlineCommands } from '../../../src/science/figure/font.ts';
import { faces } from '../../../src/science/figure/glyphs.generated.ts';
import { parseMarkup, wordsOf } from '../../../src/science/figure/markup.ts';
import { labelWidth, textAt, typeset } from '../../../src/science/figure/typeset.ts';

const line = (label: string) => typeset(label).glyphs;
const characters = (label: string) =>
  line(label)
    .map(({ character }) => character)
    .join('');

const faceOf = (label: string) => line(label).map(({ face }) => face);
const width = (label: string) => typeset(label).width;
const at = (anchor: 'start' | 'middle' | 'end') =>
  textAt('123', 100, 50, { size: 10, fill: '#000000', anchor }).x;

describe('markup', () => {
  it('parts plain text from formulas', () => {
    expect(parseMarkup('loss $L$ and \\$3').map((run) => run.type)).toEqual(['plain', 'formula', 'plain']);
    expect(characters('costs \\$3')).toBe('costs$3');
  });

  it('sets letters of formulas in italics, digits and words upright', () => {
    expect(faceOf('$k2$')).toEqual(['italic', 'roman']);
    expect(faceOf('$\\lambda\\Delta$')).toEqual(['italic', 'roman']);
    expect(new Set(faceOf('$\\log x$').slice(0, 3))).toEqual(new Set(['roman']));
    expect(faceOf('$\\mathrm{Iso}$')).toEqual(['roman', 'roman', 'roman']);
    expect(typeset('(a)', 'bold').glyphs.map(({ face }) => face)).toEqual(['bold', 'bold', 'bold']);
  });

  it('raises and lowers scripts, smaller, and both at one place', () => {
    const [k, minus] = line('$k^{-1/2}$');
    expect(k).toMatchObject({ character: 'k', y: 0, scale: 1 });
    expect(minus).toMatchObject({ character: '−', scale: 0.7 });
    expect(minus!.y).toBeLessThan(-300);
    const [, sub, sup] = line('$w_{i}^{2}$');
    expect(sub!.y).toBeGreaterThan(0);
    expect(sup!.y).toBeLessThan(0);
    expect(Math.abs(sup!.x - sub!.x)).toBeLessThan(60);
    expect(characters("$f'$")).toBe('f′');
  });

  it('gives operators and relations room, but not signs', () => {
    const minus = glyphOf('roman', '−').advance;
    const [k, one] = [glyphOf('italic', 'k').advance, glyphOf('roman', '1').advance];
    expect(width('$k-1$')).toBe(k + minus + one + 444);
    expect(width('$-1$')).toBe(minus + one);
    expect(width('$k=-1$')).toBe(k + glyphOf('roman', '=').advance + 556 + minus + one);
    expect(width('$k^{k-1}$')).toBeLessThan(width('$k$') + width('$k-1$'));
  });

  it('writes groups as they are named', () => {
    expect(characters(nameAsMarkup('Δ(S_18×S_1)×S_2'))).toBe('Δ(S18×S1)×S2');
    expect(characters(nameAsMarkup('ΔB_6×{±1}^12'))).toBe('ΔB6×{±1}12');
    expect(wordsOf(nameAsMarkup('S_3×S_4(columns)'))).toBe('S_3×S_4 (columns)');
    expect(characters(nameAsMarkup('order 5 (rows 5, columns 5)'))).toContain('order');
  });

  it('says what it cannot read, with the label', () => {
    expect(() => parseMarkup('a $b')).toThrow('a formula is not closed in "a $b"');
    expect(() => parseMarkup('$\\wrong$')).toThrow('no symbol \\wrong in "$\\\\wrong$"');
    expect(() => parseMarkup('$a^$')).toThrow('a script is missing');
    expect(() => parseMarkup('$a^{b$')).toThrow('a brace is not closed');
    expect(() => parseMarkup('$a}$')).toThrow('a brace closes nothing');
    expect(() => parseMarkup('$\\mathrm x$')).toThrow('upright text needs braces');
    expect(() => parseMarkup('$漢$')).toThrow('no outline for 漢');
  });

  it('has words for readers that do not see', () => {
    expect(wordsOf('loss $k^{-1/2}$, $\\lambda\\to\\infty$, $\\|\\nabla L\\|_F$')).toBe(
      'loss k^(−1/2), λ→∞, ‖∇L‖_F',
    );
  });
});

describe('text', () => {
  it('is as wide as its characters, and placed by its anchor', () => {
    expect(labelWidth('123', 10)).toBeCloseTo(15, 10);
    expect([at('start'), at('middle'), at('end')]).toEqual([100, 92.5, 85]);
  });

  it('stands on its side about the same point', () => {
    const style = { size: 10, fill: '#000000', anchor: 'middle', upright: true } as const;
    const text = textAt('123', 100, 50, style);
    expect([text.x, text.y, text.upright]).toEqual([100, 57.5, true]);
    expect(textAt('123', 100, 50, { ...style, line: 'top' }).x).toBeCloseTo(106.83, 10);
  });
});

describe('outlines', () => {
  it('are closed paths of lines and quadratic curves', () => {
    for (const [face, glyphs] of Object.entries(faces))
      for (const [character, [advance, , outline]] of Object.entries(glyphs)) {
        expect(advance, `${face} ${character}`).toBeGreaterThan(0);
        const commands = outlineCommands(outline);
        const rebuilt = commands.map(([letter, ...numbers]) => letter + numbers.join(' ')).join('');
        expect(rebuilt).toBe(outline);
        const begun = commands.filter(([letter]) => letter === 'M').length;
        expect(commands.filter(([letter]) => letter === 'Z')).toHaveLength(begun);
        for (const [letter, ...numbers] of commands)
          expect(numbers).toHaveLength({ M: 2, L: 2, Q: 4, Z: 0 }[letter]);
      }
  });
});
