import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSelector } from '../../../src/config/claims/selector.ts';
import type { Selector } from '../../../src/model/claim.ts';

function selector(text: string): Selector {
  const parsed = parseSelector(text);
  if ('wrong' in parsed) throw new Error(`${parsed.index}: ${parsed.wrong}`);
  return parsed.value;
}

function wrong(text: string): [index: number, message: string] | undefined {
  const parsed = parseSelector(text);
  return 'wrong' in parsed ? [parsed.index, parsed.wrong] : undefined;
}

describe('a selector', () => {
  test('is a stage and a role', () => {
    expect(selector('scaling.table')).toEqual({ step: 'scaling', role: 'table', path: [] });
  });

  test('goes on with conditions and fields', () => {
    expect(selector('scaling.table[family=II].coefficient')).toEqual({
      step: 'scaling',
      role: 'table',
      path: [
        { type: 'match', conditions: { family: 'II' } },
        { type: 'field', name: 'coefficient' },
      ],
    });
  });

  test('may name a case, an index and a field', () => {
    expect(selector('spectrum@k=6.lines[0].value')).toEqual({
      step: 'spectrum@k=6',
      role: 'lines',
      path: [
        { type: 'index', index: 0 },
        { type: 'field', name: 'value' },
      ],
    });
  });

  test('spells the case as step names are spelled, variables in order', () => {
    expect(selector('a@n=2,k=6.x').step).toBe('a@k=6,n=2');
    expect(selector('a@name="two words".x').step).toBe('a@name=two%20words');
  });

  test('takes a decimal value up to the role', () => {
    expect(selector('a@eps=0.5.x')).toEqual({ step: 'a@eps=0.5', role: 'x', path: [] });
    expect(selector('a@eps=1e-9,k=-2.5.x.y')).toMatchObject({ step: 'a@eps=1e-9,k=-2.5', role: 'x' });
  });

  test('reads a value with a dot before a letter from quotes', () => {
    expect(selector('a@file="v1.beta".x').step).toBe('a@file=v1.beta');
  });

  test('takes several conditions, with spaces, and anything in quotes', () => {
    expect(selector('a.t[ k = 6 , "mean loss"="a, b]" ]."the loss"').path).toEqual([
      { type: 'match', conditions: { k: '6', 'mean loss': 'a, b]' } },
      { type: 'field', name: 'the loss' },
    ]);
  });

  test('keeps a number in a condition as it is written', () => {
    expect(selector('a.t[x=0.50]').path).toEqual([{ type: 'match', conditions: { x: '0.50' } }]);
  });

  test('takes letters of every script in fields', () => {
    expect(selector('a.t.λ_max').path).toEqual([{ type: 'field', name: 'λ_max' }]);
  });
});

describe('a wrong selector is told at the character', () => {
  test.each([
    ['', 0, 'ends here, expected the name of a stage'],
    ['scaling', 7, 'ends here, expected "." and a role of the stage'],
    ['a..x', 2, 'goes on with ".x", expected a role of the stage'],
    ['a@.x', 2, 'goes on with ".x", expected the name of a matrix variable'],
    ['a@k.x', 3, 'goes on with ".x", expected "=" and a value'],
    ['a@k=.x', 4, 'goes on with ".x", expected a value'],
    ['a@k=1,k=2.x', 6, 'binds "k" twice'],
    ['a.x[', 4, 'ends here, expected the name of a field'],
    ['a.x[1', 4, 'goes on with "1", expected the name of a field'],
    ['a.x[y=]', 6, 'goes on with "]", expected a value'],
    ['a.x[y=1,y=2]', 8, 'asks for "y" twice'],
    ['a.x[y=1', 7, 'ends here, expected "]"'],
    ['a.x y', 4, 'goes on with "y", expected nothing more'],
    ['1.x', 0, 'begins with "1.x", expected the name of a stage'],
  ])('%s', (text, index, message) => {
    expect(wrong(text)).toEqual([index, message]);
  });
});

test('a field of any text can be written in quotes', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (name, value) => {
      const text = `a.x[${JSON.stringify(name)}=${JSON.stringify(value)}].${JSON.stringify(name)}`;
      expect(selector(text).path).toEqual([
        { type: 'match', conditions: Object.fromEntries([[name, value]]) },
        { type: 'field', name },
      ]);
    }),
    { seed: 3 },
  );
});
