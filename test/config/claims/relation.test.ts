import { describe, expect, test } from 'vitest';
import { parseRelation } from '../../../src/config/claims/relation.ts';

describe('a relation', () => {
  test.each([
    ['rounds to 0.3', { type: 'rounds to', decimal: '0.3' }],
    ['  rounds  to   -1.50e-3 ', { type: 'rounds to', decimal: '-1.50e-3' }],
    ['= 0.3 ± 0.05', { type: 'within', center: '0.3', tolerance: '0.05' }],
    ['=0.3+-.05', { type: 'within', center: '0.3', tolerance: '.05' }],
    ['= 1e3 +/- 1', { type: 'within', center: '1e3', tolerance: '1' }],
    ['= 1e-3+-1e-4', { type: 'within', center: '1e-3', tolerance: '1e-4' }],
    ['= 7', { type: 'within', center: '7', tolerance: '0' }],
    ['in [0.2, 0.4]', { type: 'between', low: '0.2', high: '0.4' }],
    ['in[ -1 ,+1 ]', { type: 'between', low: '-1', high: '+1' }],
    ['in [0.30, 0.3]', { type: 'between', low: '0.30', high: '0.3' }],
    ['< 1', { type: 'compare', operator: '<', decimal: '1' }],
    ['<=1', { type: 'compare', operator: '≤', decimal: '1' }],
    ['≤ 1', { type: 'compare', operator: '≤', decimal: '1' }],
    ['> -1', { type: 'compare', operator: '>', decimal: '-1' }],
    ['>= 1', { type: 'compare', operator: '≥', decimal: '1' }],
    ['≥ 1', { type: 'compare', operator: '≥', decimal: '1' }],
    ['is a saddle, not a minimum', { type: 'is', text: 'a saddle, not a minimum' }],
    ['is  true ', { type: 'is', text: 'true' }],
  ])('%s', (text, relation) => {
    expect(parseRelation(text)).toEqual({ value: relation });
  });
});

describe('a wrong relation is told at the character', () => {
  test.each([
    ['', 0, 'ends here, expected "rounds to", "=", "in", "<", "≤", ">", "≥" or "is"'],
    ['about 3', 0, 'begins with "about 3", expected "rounds to", "=", "in", "<", "≤", ">", "≥" or "is"'],
    ['rounds to', 9, 'ends here, expected a decimal number such as 0.3 or 1e-9'],
    ['rounds to x', 10, 'goes on with "x", expected a decimal number such as 0.3 or 1e-9'],
    ['rounds to 0x1F', 10, 'goes on with "0x1F", expected a decimal number such as 0.3 or 1e-9'],
    ['rounds to 1e99999', 10, 'goes on with "1e99999", expected a decimal number such as 0.3 or 1e-9'],
    ['rounds to 0,3', 11, 'goes on with ",3", expected nothing more'],
    ['= 1 ± -1', 6, 'has the tolerance -1, which is negative'],
    ['= −1', 2, 'has −1 with a typographic minus, expected "-"'],
    ['in (1, 2)', 2, 'goes on with " (1, 2)", expected "[" and an interval such as [0.2, 0.4]'],
    ['in [1; 2]', 5, 'goes on with "; 2]", expected "," and the upper end'],
    ['in [1, 2', 8, 'ends here, expected "]"'],
    [
      'in [0.2000000000000000001, 0.2]',
      4,
      'has the interval [0.2000000000000000001, 0.2], whose ends are the wrong way round',
    ],
    ['is', 2, 'ends here, expected the text'],
    ['< 1 or 2', 4, 'goes on with "or 2", expected nothing more'],
  ])('%s', (text, index, message) => {
    const parsed = parseRelation(text);
    expect('wrong' in parsed && [parsed.index, parsed.wrong]).toEqual([index, message]);
  });
});
