import { describe, expect, test } from 'vitest';
import { type CaseValue, formatCase } from '../../src/model/case.ts';
import { describeMissing, joinDep } from '../../src/model/join.ts';
import type { MatrixVariable } from '../../src/model/pipeline.ts';
import { type ItemIds, type StageCases, casesOf } from '../../src/model/unroll.ts';

const values = (...list: CaseValue[]): MatrixVariable => ({ type: 'values', values: list });

function upstream(matrix: Record<string, MatrixVariable>, ids: ItemIds = () => undefined): StageCases {
  const search = { name: 'search', matrix: { k: values(6, 8) } };
  return casesOf([search, { name: 'up', matrix }], ids).get('up') as StageCases;
}

const overItems: Record<string, MatrixVariable> = {
  k: { type: 'same', stage: 'search' },
  m: { type: 'items', stage: 'search', role: 'found', id: 'label' },
};

describe('a dep with no other variables', () => {
  const join = joinDep(upstream({ k: values(6, 8) }), ['k', 'n']);

  test('is the one case that agrees', () => {
    expect(join({ k: 8, n: 1 })).toEqual({ type: 'one', case: { k: 8 } });
  });

  test('agrees by the spelling of the value, not by its type', () => {
    expect(join({ k: '8', n: 1 })).toEqual({ type: 'one', case: { k: 8 } });
  });

  test('is missing where the stage has no such case', () => {
    expect(join({ k: 10, n: 1 })).toEqual({ type: 'missing', shared: { k: 10 } });
  });

  test('and no matrix at all is the same for every case', () => {
    expect(joinDep(upstream({}), ['k'])({ k: 6 })).toEqual({ type: 'one', case: {} });
  });
});

describe('a dep with variables of its own', () => {
  test('is gathered over them, sorted', () => {
    const join = joinDep(upstream({ k: values(8, 6), n: values(10, 9) }), ['k']);
    expect(join({ k: 6 })).toEqual({
      type: 'gather',
      members: [
        { case: { n: 9 }, upstream: { k: 6, n: 9 } },
        { case: { n: 10 }, upstream: { k: 6, n: 10 } },
      ],
    });
  });

  test('is gathered whole by a stage without a matrix', () => {
    const joined = joinDep(upstream({ k: values(8, 6) }), [])({});
    expect(joined.type === 'gather' && joined.members.map((member) => formatCase(member.case))).toEqual([
      'k=6',
      'k=8',
    ]);
  });

  test('is missing for a value that it never had', () => {
    const join = joinDep(upstream({ k: values(6), n: values(1) }), ['k']);
    expect(join({ k: 8 })).toEqual({ type: 'missing', shared: { k: 8 } });
  });
});

/** Lists of items by the value of k. */
function ids(known: Readonly<Record<number, readonly CaseValue[]>>): ItemIds {
  return (_, __, ___, binding) => known[binding['k'] as number];
}

describe('a dep over items', () => {
  test('gathers none where the list is empty', () => {
    const join = joinDep(upstream(overItems, ids({ 6: ['a'], 8: [] })), ['k']);
    expect(join({ k: 8 })).toEqual({ type: 'gather', members: [] });
    expect(join({ k: 9 })).toEqual({ type: 'missing', shared: { k: 9 } });
  });

  test('waits for the lists that belong to the case, and for no others', () => {
    const join = joinDep(upstream(overItems, ids({ 6: ['a'] })), ['k']);
    expect(join({ k: 6 })).toMatchObject({ type: 'gather', members: [{ case: { m: 'a' } }] });
    expect(join({ k: 8 })).toEqual({
      type: 'waits',
      on: [{ stage: 'search', role: 'found', case: { k: 8 } }],
    });
  });

  test('gathered over everything waits while any list is unknown', () => {
    expect(joinDep(upstream(overItems, ids({ 6: ['a'] })), [])({})).toMatchObject({ type: 'waits' });
  });

  test('joined on the item itself needs only that item', () => {
    const join = joinDep(upstream(overItems, ids({ 6: ['a'] })), ['k', 'm']);
    expect(join({ k: 6, m: 'a' })).toEqual({ type: 'one', case: { k: 6, m: 'a' } });
    expect(join({ k: 6, m: 'b' })).toEqual({ type: 'missing', shared: { k: 6, m: 'b' } });
    expect(join({ k: 8, m: 'a' })).toMatchObject({ type: 'waits' });
  });
});

describe('missing cases', () => {
  test('are named, with those there are', () => {
    const cases = upstream({ k: values(6, 8), n: values(1) });
    expect(describeMissing('up.points', [{ k: 10 }, { k: 12 }], cases)).toBe(
      '"up.points" for k=10 and k=12, but "up" has no such cases: it has k=6 and k=8.',
    );
    expect(describeMissing('up.points', [{ k: 10 }], { ...cases, cases: [] })).toBe(
      '"up.points" for k=10, but "up" has no such case: it has none.',
    );
  });
});
