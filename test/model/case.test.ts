/** Bindings of matrix variables: their spelling, order, and the names made from them. */
import { describe, expect, test } from 'vitest';
import {
  agree,
  caseOf,
  compareCases,
  fillPath,
  formatCase,
  readableName,
  readableNames,
  sortedStepId,
  spellValue,
  spelledName,
  stageOf,
  stepId,
  unroll,
} from '../../src/model/case.ts';

describe('a case is spelled', () => {
  test('with its variables sorted by code unit, whatever their order', () => {
    expect(formatCase({ n: 21, k: 20, Z: 1 })).toBe('Z=1,k=20,n=21');
    expect(formatCase({ Z: 1, n: 21, k: 20 })).toBe('Z=1,k=20,n=21');
  });

  test('with reserved characters percent-encoded, so that no two cases share a spelling', () => {
    expect(spellValue("a,b=c@d/e'(*)!")).toBe('a%2Cb%3Dc%40d%2Fe%27%28%2A%29%21');
    expect(formatCase({ a: '1,b=2' })).not.toBe(formatCase({ a: 1, b: 2 }));
  });

  test('as nothing where it binds nothing', () => {
    expect(stepId('train', {})).toBe('train');
    expect(stepId('train', { k: true })).toBe('train@k=true');
  });
});

describe("a step's name", () => {
  test('tells the stage from the case', () => {
    expect([stageOf('a@k=1,l=x%40y'), caseOf('a@k=1,l=x%40y')]).toEqual(['a', 'k=1,l=x%40y']);
    expect([stageOf('a'), caseOf('a')]).toEqual(['a', '']);
  });

  test('is made of these two again', () => {
    const step = stepId('a-b', { k: 6, name: 'x@y=z' });
    expect(`${stageOf(step)}@${caseOf(step)}`).toBe(step);
  });
});

describe('a typed step name', () => {
  test.each([
    ['train', 'train'],
    ['train@n=1,k=2', 'train@k=2,n=1'],
    ['train@k=2,n=1', 'train@k=2,n=1'],
    ['train@ab=1,a=2', 'train@a=2,ab=1'],
  ])('%s means %s', (typed, meant) => {
    expect(sortedStepId(typed)).toBe(meant);
  });

  test('has the spelling that a step with these variables has', () => {
    expect(sortedStepId('s@b=2,a-b=3,a=1')).toBe(stepId('s', { a: 1, b: 2, 'a-b': 3 }));
  });
});

describe('a name as people read it', () => {
  const values = [
    '1+1',
    'a/b',
    'α₂',
    'x y',
    'x,y',
    'a=b',
    '50%',
    '50%2B',
    '^',
    "d'",
    '@',
    'τé',
    '',
    'e\u0301',
  ];

  test('has its harmless letters written out, and those that mean something to a name or a shell escaped', () => {
    expect(readableName('over@extras=1%2B1,family=%CE%B1')).toBe('over@extras=1+1,family=α');
    expect(readableName(stepId('s', { v: "x y,=@^%'$" }))).toBe(stepId('s', { v: "x y,=@^%'$" }));
    expect(readableName('100%FF%2B')).toBe('100%FF%2B');
  });

  test('means the step that it was written for, and no other', () => {
    for (const v of values) {
      const id = stepId('s', { k: 6, v });
      expect(spelledName(readableName(id))).toBe(id);
      expect(sortedStepId(readableName(`s@v=${spellValue(v)},k=6`))).toBe(id);
    }
    expect(new Set(values.map((v) => readableName(stepId('s', { v })))).size).toBe(values.length);
  });

  test('may be typed escaped too, in either case of letters', () => {
    expect(['s@v=1%2B1', 's@v=1%2b1', 's@v=1+1'].map(spelledName)).toEqual(Array(3).fill('s@v=1%2B1'));
    expect(spelledName('tables/1+1.csv')).toBe('tables/1+1.csv');
  });
});

describe('a text as people read it', () => {
  test('has the names of steps as they are read, wherever they stand', () => {
    expect(readableNames('✓ over@extras=1%2B1,family=2  3 s\nwaits for over@extras=2%2B1.')).toBe(
      '✓ over@extras=1+1,family=2  3 s\nwaits for over@extras=2+1.',
    );
    expect(readableNames('extras=1%2B1,family=A changed')).toBe('extras=1+1,family=A changed');
    expect(readableNames('`colophon why "over@extras=1%2B1"`')).toBe('`colophon why "over@extras=1+1"`');
  });

  test('keeps paths, percents and addresses as they are', () => {
    for (const text of [
      'tables/1%2B1.csv',
      '100%25',
      'https://me@host/a%2Bb?c=a%2Bb',
      '--data=a%2Bb',
      'over@extras=a%2Cb',
    ])
      expect(readableNames(text)).toBe(text);
  });
});

describe('a path', () => {
  test('gets the values of the case, and keeps what it does not bind', () => {
    expect(fillPath('out/${k}/${m-n}.csv', { k: 6, 'm-n': 'a/b' })).toBe('out/6/a%2Fb.csv');
    expect(fillPath('${k}-${item}', { k: false })).toBe('false-${item}');
  });
});

describe('cases are in order', () => {
  test('numbers by size, all else by spelling, variable by variable', () => {
    const cases = [
      { k: 10, s: 'b' },
      { k: 9, s: 'c' },
      { k: 10, s: 'a' },
    ];
    expect(cases.sort(compareCases)).toEqual([
      { k: 9, s: 'c' },
      { k: 10, s: 'a' },
      { k: 10, s: 'b' },
    ]);
    expect(compareCases({ k: 1 }, { k: 1 })).toBe(0);
    expect(compareCases({ k: 1 }, {})).toBe(1);
  });
});

describe('all combinations', () => {
  test('vary the last variable fastest, by name and not by the order given', () => {
    expect(unroll({ b: [1, 2], a: ['x', 'y'] }).map(formatCase)).toEqual([
      'a=x,b=1',
      'a=x,b=2',
      'a=y,b=1',
      'a=y,b=2',
    ]);
  });

  test('are one of no variables, and none where a variable has no values', () => {
    expect(unroll({})).toEqual([{}]);
    expect(unroll({ a: [1], b: [] })).toEqual([]);
  });
});

describe('two cases agree', () => {
  test('on what both bind, by spelling', () => {
    expect(agree({ k: 6, a: 1 }, { k: '6', b: 2 })).toBe(true);
    expect(agree({ k: 6 }, { k: 7 })).toBe(false);
    expect(agree({ k: 6 }, { n: 7 })).toBe(true);
  });
});
