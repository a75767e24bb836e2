import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseValue, formatCase, stepId } from '../../src/model/case.ts';
import type { MatrixVariable } from '../../src/model/pipeline.ts';
import type { Unrollable } from '../../src/model/origin.ts';
import { type ItemIds, casesOf, formatAwaited, pick } from '../../src/model/unroll.ts';

const values = (...list: CaseValue[]): MatrixVariable => ({ type: 'values', values: list });
const from = (stage: string): MatrixVariable => ({ type: 'same', stage });
const items = (stage: string, role: string): MatrixVariable => ({ type: 'items', stage, role, id: 'label' });
const stage = (name: string, matrix: Record<string, MatrixVariable> = {}): Unrollable => ({ name, matrix });

const unknown: ItemIds = () => undefined;

/** Items by the name of the list, such as `polish@k=6.points`. */
function lists(known: Readonly<Record<string, readonly CaseValue[]>>): ItemIds {
  return (name, role, _, binding) => known[`${stepId(name, binding)}.${role}`];
}

function spelled(stages: readonly Unrollable[], name: string, ids: ItemIds = unknown): string[] | undefined {
  return casesOf(stages, ids).get(name)?.cases.map(formatCase);
}

function problemsOf(stages: readonly Unrollable[], name: string, ids: ItemIds = unknown) {
  return casesOf(stages, ids).get(name)?.problems;
}

describe('listed values', () => {
  test('a stage without a matrix has the one empty case', () => {
    expect(casesOf([stage('a')], unknown).get('a')).toMatchObject({
      cases: [{}],
      bases: [{}],
      awaits: [],
      problems: [],
    });
  });

  test('every combination is a case, sorted by value and not by how the list is written', () => {
    const stages = [stage('a', { n: values('y', 'x'), k: values(10, 6) })];
    expect(spelled(stages, 'a')).toEqual(['k=6,n=x', 'k=6,n=y', 'k=10,n=x', 'k=10,n=y']);
  });

  test('the order in which variables are written does not matter', () => {
    const one = casesOf([stage('a', { k: values(1, 2), n: values(3) })], unknown).get('a');
    const other = casesOf([stage('a', { n: values(3), k: values(2, 1) })], unknown).get('a');
    expect(other).toEqual(one);
  });
});

describe('values from another stage', () => {
  const chain = [
    stage('a', { k: values(6, 8) }),
    stage('b', { k: from('a') }),
    stage('c', { k: from('b'), n: values(1) }),
  ];

  test('a chain of from ends at the listed values', () => {
    expect(spelled(chain, 'c')).toEqual(['k=6,n=1', 'k=8,n=1']);
  });

  test('a chain of ten thousand stages is followed without deep calls', () => {
    const long = [stage('s0', { k: values(1) })];
    for (let i = 1; i < 10_000; i++) long.push(stage(`s${i}`, { k: from(`s${i - 1}`) }));
    expect(spelled(long.reverse(), 's9999')).toEqual(['k=1']);
  });

  test('a circle is named in order', () => {
    const circle = [stage('a', { k: from('b') }), stage('b', { k: from('c') }), stage('c', { k: from('a') })];
    expect(problemsOf(circle, 'b')).toEqual([
      {
        variable: 'k',
        type: 'circular',
        message: 'the values of "k" come from themselves: "a" from "b" from "c" from "a".',
      },
    ]);
  });

  test('what leads into a circle has no cases either', () => {
    const circle = [stage('a', { k: from('a') }), stage('b', { k: from('a') })];
    expect(casesOf(circle, unknown).get('b')).toMatchObject({ cases: [], problems: [{ type: 'circular' }] });
  });

  test('a stage or a variable that is not there is missing', () => {
    const stages = [stage('a'), stage('b', { k: from('a') }), stage('c', { k: from('gone') })];
    expect(problemsOf(stages, 'b')).toEqual([
      { variable: 'k', type: 'missing', message: '"a" has no matrix variable "k".' },
    ]);
    expect(problemsOf(stages, 'c')).toEqual([
      { variable: 'k', type: 'missing', message: 'there is no stage "gone".' },
    ]);
  });
});

describe('values from the items of an artifact', () => {
  const single = [stage('search'), stage('point', { m: items('search', 'found') })];
  const perK = [
    stage('search', { k: values(6, 8) }),
    stage('point', { k: from('search'), m: items('search', 'found') }),
    stage('after', { k: from('point'), m: from('point') }),
  ];

  test('the ids are the values', () => {
    expect(spelled(single, 'point', lists({ 'search.found': ['b', 'a'] }))).toEqual(['m=a', 'm=b']);
  });

  test('an unknown list is awaited, and there are no cases yet', () => {
    const cases = casesOf(single, unknown).get('point');
    expect(cases).toMatchObject({ cases: [], bases: [{}], dynamic: ['m'], problems: [] });
    expect(cases?.awaits.map(formatAwaited)).toEqual(['search.found']);
  });

  test('an empty list gives no cases, and nothing is awaited', () => {
    expect(casesOf(single, lists({ 'search.found': [] })).get('point')).toMatchObject({
      cases: [],
      awaits: [],
      problems: [],
    });
  });

  test('a stage with a matrix makes one list for each case', () => {
    const ids = lists({ 'search@k=6.found': ['a'], 'search@k=8.found': ['a', 'c'] });
    expect(spelled(perK, 'point', ids)).toEqual(['k=6,m=a', 'k=8,m=a', 'k=8,m=c']);
    expect(spelled(perK, 'after', ids)).toEqual(['k=6,m=a', 'k=8,m=a', 'k=8,m=c']);
  });

  test('the cases whose lists are known are there while others are awaited', () => {
    const cases = casesOf(perK, lists({ 'search@k=8.found': ['c'] })).get('after');
    expect(cases?.cases.map(formatCase)).toEqual(['k=8,m=c']);
    expect(cases?.awaits.map(formatAwaited)).toEqual(['search@k=6.found']);
    expect(cases?.bases.map(formatCase)).toEqual(['k=6', 'k=8']);
  });

  test('a list is asked for once for each upstream case', () => {
    const asked: string[] = [];
    const ids: ItemIds = (name, role, id, binding) => {
      asked.push(`${stepId(name, binding)}.${role} by ${id}`);
      return ['x'];
    };
    casesOf(
      [
        stage('search', { k: values(1, 2) }),
        stage('p', { k: from('search'), n: values(1, 2, 3), m: items('search', 'found') }),
      ],
      ids,
    );
    expect(asked).toEqual(['search@k=1.found by label', 'search@k=2.found by label']);
  });

  test('items of items are bound in the order in which they depend on each other', () => {
    const stages = [
      stage('z'),
      stage('y', { b: items('z', 'list') }),
      stage('x', { a: items('y', 'list'), b: from('y') }),
    ];
    const ids = lists({ 'z.list': ['p', 'q'], 'y@b=p.list': [1], 'y@b=q.list': [2, 3] });
    expect(spelled(stages, 'x', ids)).toEqual(['a=1,b=p', 'a=2,b=q', 'a=3,b=q']);
    const half = casesOf(stages, lists({ 'z.list': ['p', 'q'], 'y@b=p.list': [1] })).get('x');
    expect(half?.cases.map(formatCase)).toEqual(['a=1,b=p']);
    expect(half?.awaits.map(formatAwaited)).toEqual(['y@b=q.list']);
  });

  test('a matrix that lacks a variable of the list is told to add it', () => {
    const stages = [stage('search', { k: values(6) }), stage('point', { m: items('search', 'found') })];
    expect(problemsOf(stages, 'point')).toEqual([
      {
        variable: 'm',
        type: 'ambiguous',
        message: '"search.found" is another list for each "k". Add k: { from: search } to the matrix.',
      },
    ]);
  });

  test('a case for which the other stage has no list is named', () => {
    const stages = [
      stage('search', { k: values(6) }),
      stage('point', { k: values(6, 8), m: items('search', 'found') }),
    ];
    expect(problemsOf(stages, 'point', lists({ 'search@k=6.found': ['a'] }))).toEqual([
      {
        variable: 'm',
        type: 'unmatched',
        message: 'it needs the items of "search.found" for k=8, but "search" has no such case.',
      },
    ]);
  });

  test('two items of one id are named', () => {
    expect(problemsOf(single, 'point', lists({ 'search.found': ['a', 1, '1'] }))).toEqual([
      {
        variable: 'm',
        type: 'repeated',
        message: 'two items of "search.found" have the id "1". Each needs its own.',
      },
    ]);
  });

  test('stages whose cases depend on each other are circular', () => {
    const own = [stage('a', { m: items('a', 'list') })];
    expect(problemsOf(own, 'a')?.[0]).toMatchObject({ type: 'circular', variable: 'm' });
    const each = [
      stage('a', { m: items('b', 'list'), n: values(1) }),
      stage('b', { n: values(1), m: from('a') }),
    ];
    expect(problemsOf(each, 'a')?.[0]).toMatchObject({ type: 'circular' });
    const mutual = [
      stage('a', { m: items('b', 'list'), n: items('b', 'list') }),
      stage('b', { n: items('a', 'list') }),
    ];
    expect(problemsOf(mutual, 'a')?.length).toBeGreaterThan(0);
  });

  test('items of a stage that is not there are missing', () => {
    expect(problemsOf([stage('a', { m: items('gone', 'list') })], 'a')).toEqual([
      { variable: 'm', type: 'missing', message: 'there is no stage "gone".' },
    ]);
  });
});

test('the order of the stages and of the items never matters', () => {
  const stages = [
    stage('search', { k: values(6, 8, 10) }),
    stage('point', { k: from('search'), m: items('search', 'found') }),
    stage('pair', { k: from('point'), m: from('point'), n: values('x', 'y') }),
    stage('fit', { n: from('pair') }),
  ];
  const names = ['a', 'b', 'c', 'd'];
  const expected = casesOf(stages, () => names);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(stages, { minLength: 4 }),
      fc.shuffledSubarray(names, { minLength: 4 }),
      (mixed, ids) => {
        const found = casesOf(mixed, () => ids);
        for (const { name } of stages) expect(found.get(name)).toEqual(expected.get(name));
      },
    ),
    { seed: 7, numRuns: 50 },
  );
});

test('pick keeps the part of a case that binds the variables', () => {
  expect(pick({ k: 6, n: 'x' }, ['n', 'z'])).toEqual({ n: 'x' });
});
