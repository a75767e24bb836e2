/** Laws of what is kept beside traces: runs and their events, failures, memos, published paths, pins. */
import { expect } from 'vitest';
import { digestOf } from '../../../src/base/digest.ts';
import type { RunEvent } from '../../../src/model/event.ts';
import type { FailedAttempt, PublishedPath } from '../../../src/model/store.ts';
import { runStart } from '../drafts.ts';
import type { Open } from '../laws.ts';
import { lawsOf } from './using.ts';

const counts = { hits: 3, executed: 2, failed: 1, skipped: 0 };

function warnings(from: number, to: number): RunEvent[] {
  return Array.from({ length: to - from }, (_, i) => ({ type: 'warning', message: `event ${from + i} é` }));
}

const failure = (attempt: string, step = 'fit'): FailedAttempt => ({
  attempt,
  run: 'one',
  step,
  key: digestOf(attempt),
  ending: 'timeout',
  message: 'took too long',
  at: 17,
});

const pathTo = (name: string, text: string, profile = 'default'): PublishedPath => ({
  path: name,
  digest: digestOf(text),
  step: 'plot',
  profile,
  stat: '1:2:3:4:5',
});

export function runLaws(open: Open): void {
  const law = lawsOf(open);

  law('a run is listed as running, then as it ended', async ({ store, elsewhere }) => {
    await store.runs.start(runStart('one'));
    expect(store.runs.list()).toEqual([
      { ...runStart('one'), status: 'running', counts: { hits: 0, executed: 0, failed: 0, skipped: 0 } },
    ]);
    await store.runs.finish('one', 'failed', counts, 1_790_000_001_234);
    expect(elsewhere().runs.list()).toEqual([
      { ...runStart('one'), status: 'failed', counts, finishedAt: 1_790_000_001_234 },
    ]);
  });

  law('runs are listed newest first, as many as are wanted', async ({ store }) => {
    for (const [id, at] of [
      ['b', 200],
      ['a', 100],
      ['c', 200],
    ] as const)
      await store.runs.start(runStart(id, at));
    expect(store.runs.list().map((run) => run.id)).toEqual(['c', 'b', 'a']);
    expect(store.runs.list(2).map((run) => run.id)).toEqual(['c', 'b']);
  });

  law('events come back in order, at once and after the run', async ({ store, elsewhere }) => {
    await store.runs.start(runStart('one'));
    await store.runs.start(runStart('two'));
    const said: RunEvent[] = [];
    for (let i = 0; i < 40; i++) {
      const some = warnings(i * 10, i * 10 + (i % 7));
      store.runs.append('one', some);
      store.runs.append('two', warnings(0, 1));
      said.push(...some);
      expect(store.runs.events('one')).toEqual(said);
      if (i % 5 === 0) await store.flush();
    }
    await store.runs.finish('one', 'complete', counts, 5);
    expect(elsewhere().runs.events('one')).toEqual(said);
    expect(store.runs.events('two')).toHaveLength(40);
    expect(store.runs.events('three')).toEqual([]);
  });

  law('events may follow the end of the run', async ({ store }) => {
    await store.runs.start(runStart('one'));
    for (let i = 0; i < 12; i++) {
      store.runs.append('one', warnings(i, i + 1));
      await store.flush();
    }
    const finished = store.runs.finish('one', 'complete', counts, 5);
    store.runs.append('one', warnings(12, 13));
    await finished;
    await store.flush();
    expect(store.runs.events('one')).toEqual(warnings(0, 13));
  });

  law('many events of one run come back, long and short', async ({ store, elsewhere }) => {
    await store.runs.start(runStart('one'));
    const long: RunEvent[] = [{ type: 'warning', message: 'x'.repeat(3_000_000) }];
    for (let i = 0; i < 10; i++) {
      store.runs.append('one', [...warnings(i * 1000, i * 1000 + 1000), ...long]);
      await store.flush();
    }
    await store.runs.finish('one', 'complete', counts, 5);
    const events = elsewhere().runs.events('one');
    expect(events).toHaveLength(10_010);
    expect(events[1001]).toEqual(warnings(1000, 1001)[0]);
    expect(events.at(-1)).toEqual(long[0]);
  });

  law('failures of a step come newest first', async ({ store }) => {
    await store.runs.fail(failure('a'));
    await store.runs.fail(failure('b'));
    await store.runs.fail(failure('c', 'plot'));
    expect(store.runs.failures('fit')).toEqual([failure('b'), failure('a')]);
    expect(store.runs.failures('none')).toEqual([]);
  });

  law('a memo is what was set last, at once and for all', async ({ store, elsewhere }) => {
    expect(store.memos.get('stat', 'a')).toBeUndefined();
    store.memos.set('stat', 'a', '1');
    store.memos.set('stat', 'b', '2');
    store.memos.set('bundle', 'a', '3');
    await store.flush();
    store.memos.set('stat', 'a', '4');
    expect(store.memos.get('stat', 'a')).toBe('4');
    expect(store.memos.all('stat')).toEqual(
      new Map([
        ['a', '4'],
        ['b', '2'],
      ]),
    );
    await store.flush();
    expect(elsewhere().memos.get('stat', 'a')).toBe('4');
    expect(elsewhere().memos.get('bundle', 'a')).toBe('3');
    expect(elsewhere().memos.all('none')).toEqual(new Map());
  });

  law('a thousand memos in one breath are all kept', async ({ store, elsewhere }) => {
    for (let i = 0; i < 1000; i++) store.memos.set('stat', `file ${i}`, `${i}`);
    expect(store.memos.all('stat').size).toBe(1000);
    await store.flush();
    expect(elsewhere().memos.all('stat').size).toBe(1000);
  });

  law('published paths are listed by profile, replaced and removed', async ({ store, elsewhere }) => {
    await store.published.set([pathTo('b.svg', '1'), pathTo('a.csv', '1'), pathTo('b.svg', '1', 'quick')]);
    await store.published.set([pathTo('b.svg', '2')]);
    expect(elsewhere().published.list('default')).toEqual([pathTo('a.csv', '1'), pathTo('b.svg', '2')]);
    await store.published.remove('default', 'a.csv');
    await store.published.remove('default', 'never there');
    expect(store.published.list('default')).toEqual([pathTo('b.svg', '2')]);
    expect(store.published.list('quick')).toEqual([pathTo('b.svg', '1', 'quick')]);
  });

  law('pins are listed by type and name, renamed and removed', async ({ store, elsewhere }) => {
    await store.pins.pin({ type: 'run', name: 'b', note: 'as submitted' });
    await store.pins.pin({ type: 'artifact', name: digestOf('x'), note: '' });
    await store.pins.pin({ type: 'run', name: 'a', note: '' });
    await store.pins.pin({ type: 'run', name: 'b', note: 'as printed' });
    expect(elsewhere().pins.list()).toEqual([
      { type: 'artifact', name: digestOf('x'), note: '' },
      { type: 'run', name: 'a', note: '' },
      { type: 'run', name: 'b', note: 'as printed' },
    ]);
    await store.pins.unpin('run', 'b');
    await store.pins.unpin('trace', 'never there');
    expect(store.pins.list().map((pin) => pin.name)).toEqual([digestOf('x'), 'a']);
  });
}
