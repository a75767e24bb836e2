/** How far a run is, from what it has said. */
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/model/event.ts';
import { foldOn, newFold } from '../../../src/ui/server/fold.ts';
import { ended, planned, started } from '../../support/events.ts';

/** A plan of steps of 100 ms each. */
const announced = (...order: readonly string[]) =>
  planned(Object.fromEntries(order.map((step) => [step, 100])), order);

function fold(...events: readonly RunEvent[]) {
  const made = newFold();
  foldOn(made, events, 5000);
  return made;
}

describe('a run', () => {
  test('that is planned has all its steps open', () => {
    const { steps, stages, prices } = fold(announced('a@k=1', 'a@k=2', 'b'));
    expect([...steps.values()]).toEqual(['open', 'open', 'open']);
    expect(stages.get('a')).toMatchObject({ total: 2, running: 0, executed: 0 });
    expect([...prices.values()]).toEqual([100, 100, 100]);
  });

  test('counts each step once, under what was said of it last', () => {
    const events = [
      announced('a@k=1', 'a@k=2', 'b', 'c'),
      started('a@k=1'),
      ended('executed', 'a@k=1'),
      started('a@k=2'),
      ended('failed', 'a@k=2'),
      ended('skipped', 'b'),
      ended('hit', 'c'),
    ];
    const { stages, since, prices, notes } = fold(...events);
    expect(stages.get('a')).toEqual({
      stage: 'a',
      total: 2,
      hits: 0,
      executed: 1,
      failed: 1,
      skipped: 0,
      running: 0,
    });
    expect(stages.get('b')).toMatchObject({ skipped: 1 });
    expect(stages.get('c')).toMatchObject({ hits: 1 });
    expect([since.size, prices.size]).toEqual([0, 0]);
    expect(notes).toEqual([{ step: 'a@k=2', text: 'exit: exit 1', bad: true }]);
  });

  test('says what is running, and since when it was seen', () => {
    const { since, stages } = fold(announced('a', 'b'), started('a'));
    expect([...since]).toEqual([['a', 5000]]);
    expect(stages.get('a')).toMatchObject({ running: 1 });
  });

  test('that was read in pieces comes out as if read at once', () => {
    const events = [
      announced('a', 'b'),
      started('a'),
      ended('executed', 'a'),
      started('b'),
      ended('failed', 'b'),
    ];
    const once = fold(...events);
    const pieces = newFold();
    for (let i = 1; i <= events.length; i++) foldOn(pieces, events.slice(0, i), 5000);
    expect(pieces).toEqual(once);
    expect(pieces.changes.length).toBe(6);
  });

  test('takes in steps that come to light, and steps that no plan named', () => {
    const { stages } = fold(
      announced('a'),
      { type: 'expanded', stage: 'b', steps: ['b@i=1', 'b@i=2'] },
      ended('hit', 'z'),
    );
    expect(stages.get('b')?.total).toBe(2);
    expect(stages.get('z')).toMatchObject({ total: 1, hits: 1 });
  });

  test('notes retries, warnings and results that differ from the lock, and counts claims', () => {
    const { notes, claims } = fold(
      { type: 'retried', step: 'a', attempt: 'a.1', ending: 'timeout', message: 'over 1 s', delay: 0 },
      { type: 'warning', message: 'careful' },
      { type: 'lock', step: 'b', status: 'irreproducible', message: 'other bytes' },
      { type: 'lock', step: 'b', status: 'absent', message: 'not in the lock' },
      { type: 'judged', judgement: { claim: 'x', status: 'holds', because: '' } },
      { type: 'judged', judgement: { claim: 'y', status: 'holds', because: '' } },
    );
    expect(notes.map(({ text }) => text)).toEqual([
      'tried again after timeout: over 1 s',
      'careful',
      'other bytes',
    ]);
    expect(claims).toEqual({ holds: 2 });
  });
});
