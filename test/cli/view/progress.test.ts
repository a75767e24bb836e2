/** Events become a state: what is to come, what runs since when, how each step ended, and what that teaches of costs. */
import { beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../../src/base/digest.ts';
import {
  type Progress,
  advance,
  announce,
  endedOf,
  newProgress,
  remaining,
  totalsOf,
} from '../../../src/cli/view/progress.ts';
import { ended, planned, started } from '../../support/events.ts';

let progress: Progress;
beforeEach(() => void (progress = newProgress(1000, ['fit', 'table'])));

const rowOf = (stage: string) => {
  const row = progress.stages.get(stage);
  if (row === undefined) throw new Error(`no row ${stage}`);
  return row;
};

describe('a plan', () => {
  test('counts the steps to come by stage, in the order given and then as they come', () => {
    advance(progress, planned({ 'other@k=1': 5 }, ['other@k=1', 'fit@k=1', 'fit@k=2']), 1000);
    expect([...progress.stages].map(([stage, { total }]) => [stage, total])).toEqual([
      ['fit', 2],
      ['table', 0],
      ['other', 1],
    ]);
    expect(progress.isPlanned).toBe(true);
    expect([...progress.open]).toEqual(['other@k=1', 'fit@k=1', 'fit@k=2']);
    expect(progress.costs.expected).toEqual(new Map([['other@k=1', 5]]));
  });

  test('grows by the steps of a matrix over items', () => {
    advance(progress, planned({}, ['fit']), 1000);
    advance(progress, { type: 'expanded', stage: 'table', steps: ['table@i=1', 'table@i=2'] }, 1000);
    expect(totalsOf(progress).steps).toBe(3);
    expect(rowOf('table').total).toBe(2);
  });

  test('is not there before it is said', () => {
    announce(progress, ['fit']);
    expect(progress.isPlanned).toBe(false);
    expect(newProgress(0).stages.size).toBe(0);
  });
});

describe('a step', () => {
  beforeEach(() => advance(progress, planned({}, ['fit@k=1', 'fit@k=2', 'table']), 1000));

  test('runs by its case from when it started until it ended', () => {
    advance(progress, started('fit@k=1'), 1500);
    advance(progress, started('table'), 1600);
    expect([...rowOf('fit').running]).toEqual([['k=1', 1500]]);
    expect([...rowOf('table').running]).toEqual([['', 1600]]);
    advance(progress, ended('executed', 'fit@k=1'), 1700);
    expect(rowOf('fit').running.size).toBe(0);
    expect(progress.open.has('fit@k=1')).toBe(false);
    expect(progress.open.has('fit@k=2')).toBe(true);
  });

  test.each([
    ['executed', 'executed'],
    ['hit', 'hits'],
    ['failed', 'failed'],
    ['skipped', 'skipped'],
  ] as const)('that is %s is counted so, and has ended', (type, name) => {
    advance(progress, started('fit@k=1'), 1500);
    advance(progress, ended(type, 'fit@k=1'), 1700);
    const nothing = { steps: 3, hits: 0, executed: 0, failed: 0, skipped: 0 };
    expect(totalsOf(progress)).toEqual({ ...nothing, [name]: 1 });
    expect(endedOf(rowOf('fit'))).toBe(1);
    expect(endedOf(rowOf('table'))).toBe(0);
    expect([...progress.open]).toEqual(['fit@k=2', 'table']);
  });

  test('has not ended by being tried again, waited for or warned of', () => {
    const before = JSON.stringify([...progress.stages.values()]);
    const step = 'fit@k=1';
    advance(progress, { type: 'retried', step, attempt: '1', ending: 'crash', message: '', delay: 1 }, 1);
    advance(progress, { type: 'shared', step, key: digestOf(''), owner: '1' }, 1);
    advance(progress, { type: 'warning', step, message: '' }, 1);
    expect(JSON.stringify([...progress.stages.values()])).toBe(before);
    expect(progress.open.size).toBe(3);
  });
});

describe('costs', () => {
  beforeEach(() =>
    advance(progress, planned({ 'fit@k=1': 100, 'fit@k=2': 100 }, ['fit@k=1', 'fit@k=2']), 1000),
  );

  test('of what was executed teach the ratio and the mean of the stage', () => {
    announce(progress, ['fit@k=3']);
    advance(progress, ended('executed', 'fit@k=1', 250), 1250);
    advance(progress, ended('executed', 'fit@k=3', 50), 1300);
    expect(progress.costs.paid).toEqual({ expected: 100, actual: 250 });
    expect(progress.costs.stages.get('fit')).toEqual({ sum: 300, count: 2 });
    expect([...progress.costs.expected.keys()]).toEqual(['fit@k=2']);
  });

  test('of hits and failures teach nothing', () => {
    advance(progress, ended('hit', 'fit@k=1'), 1250);
    advance(progress, ended('failed', 'fit@k=2'), 1250);
    expect(progress.costs.paid).toEqual({ expected: 0, actual: 0 });
    expect(progress.costs.stages.size).toBe(0);
  });

  test('of what is open give the time that remains, less what has run', () => {
    expect(remaining(progress, 1, 1000)).toEqual({ left: 200, partial: false });
    advance(progress, started('fit@k=1'), 1000);
    expect(remaining(progress, 1, 1060)?.left).toBe(140);
    advance(progress, ended('executed', 'fit@k=1', 200), 1200);
    expect(remaining(progress, 1, 1200)?.left).toBe(200);
    advance(progress, ended('executed', 'fit@k=2', 200), 1400);
    expect(remaining(progress, 1, 1400)).toBeUndefined();
  });

  test('of another stage are not taken for those of one that was never executed', () => {
    advance(progress, ended('executed', 'fit@k=1', 100), 1100);
    announce(progress, ['table']);
    expect(remaining(progress, 1, 1100)).toEqual({ left: 100, partial: true });
  });
});
