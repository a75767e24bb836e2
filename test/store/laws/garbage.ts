/** Laws of garbage collection: what a root needs stays, with its code, inputs, outs and files; the rest goes. */
import { expect } from 'vitest';
import { type Digest, digestOf } from '../../../src/base/digest.ts';
import type { GarbageRoots } from '../../../src/model/store.ts';
import type { LocalStore } from '../../../store/local.ts';
import { draftOf, folderOut, recorded, runStart, strict, textContent, valueOf } from '../drafts.ts';
import type { Open } from '../laws.ts';
import { lawsOf } from './using.ts';

const day = 86_400_000;
const counts = { hits: 0, executed: 0, failed: 0, skipped: 0 };
const keyOf = (name: string): Digest => digestOf(`key ${name}`);

function roots(settings: { keys?: string[]; artifacts?: Digest[]; runs?: number } = {}): GarbageRoots {
  const { keys = [], artifacts = [], runs = 0 } = settings;
  return { keys: new Set(keys.map(keyOf)), artifacts: new Set(artifacts), runs };
}

/** Asks without using: `has` would keep it. */
function isKept(store: LocalStore, digest: Digest): boolean {
  return store.artifacts.size(digest) !== undefined;
}

function keptOf(store: LocalStore, ...names: string[]): string[] {
  return names.filter((name) => store.traces.find(keyOf(name)) !== undefined);
}

const entry = (path: string, text: string) => ({ path, executable: false, content: textContent(text) });

export function garbageLaws(open: Open): void {
  const law = lawsOf(open);

  law('without roots everything goes', async ({ store, pass }) => {
    const { out } = await recorded(store, 'a', '1');
    pass(day);
    const report = await store.collectGarbage(roots());
    expect(report).toMatchObject({ traces: 1, artifacts: 1, bytes: 1 });
    expect(store.traces.find(keyOf('a'))).toBeUndefined();
    expect(store.traces.look(keyOf('a')).isLost).toBe(false);
    expect(store.traces.ofStep('fit@k=6')).toEqual([]);
    expect(isKept(store, out)).toBe(false);
  });

  law(
    'a root keeps its trace with the code, the inputs and the outs; what it replaced goes',
    async ({ store, pass }) => {
      const put = (text: string) => store.artifacts.put(textContent(text));
      const [code, input, member, unused] = [
        await put('code'),
        await put('in'),
        await put('member'),
        await put('unused'),
      ];
      const inputs = { one: input, many: [['k=1', member]] as const };
      await recorded(store, 'a', '1', { parts: { ...draftOf('a').parts, code, inputs } });
      await recorded(store, 'b', '2');
      pass(day);
      await store.collectGarbage(roots({ keys: ['a'] }));
      expect(keptOf(store, 'a', 'b')).toEqual(['a']);
      for (const digest of [code, input, member, digestOf('1')]) expect(isKept(store, digest)).toBe(true);
      for (const digest of [unused, digestOf('2')]) expect(isKept(store, digest)).toBe(false);
    },
  );

  law('an artifact of two traces stays while one of them does', async ({ store, pass }) => {
    await recorded(store, 'a', 'shared');
    await recorded(store, 'b', 'shared');
    pass(day);
    await store.collectGarbage(roots({ keys: ['b'] }));
    expect(keptOf(store, 'a', 'b')).toEqual(['b']);
  });

  law('folders keep their files, as outs and as inputs', async ({ store, pass }) => {
    const source = await store.artifacts.putFolder([entry('x', 'in x'), entry('y', 'in y')]);
    const dropped = await store.artifacts.putFolder([entry('x', 'in x'), entry('z', 'in z')]);
    const draft = draftOf('a', { parts: { ...draftOf('a').parts, inputs: { source } } });
    const { trace, settled } = store.traces.record(draft, { value: folderOut({ p: 'out p' }) }, strict);
    await settled;
    pass(day);
    await store.collectGarbage(roots({ keys: ['a'] }));
    expect(store.artifacts.folder(source)).toHaveLength(2);
    expect(store.artifacts.folder(trace.outs['value']?.digest as Digest)).toHaveLength(1);
    expect(isKept(store, dropped)).toBe(false);
    expect(isKept(store, digestOf('in z'))).toBe(false);
  });

  law('artifacts can be roots by themselves, folders with their files', async ({ store, pass }) => {
    const folder = await store.artifacts.putFolder([
      { path: 'x', executable: false, content: textContent('x') },
    ]);
    const [kept, gone] = [
      await store.artifacts.put(textContent('kept')),
      await store.artifacts.put(textContent('gone')),
    ];
    await store.flush();
    pass(day);
    await store.collectGarbage(roots({ artifacts: [kept, folder] }));
    expect([isKept(store, kept), isKept(store, folder), isKept(store, gone)]).toEqual([true, true, false]);
  });

  law('what was put lately stays, even unused', async ({ store, pass }) => {
    const old = await store.artifacts.put(textContent('old'));
    const again = await store.artifacts.put(textContent('again'));
    await store.flush();
    pass(3_500_000);
    const young = await store.artifacts.put(textContent('young'));
    await store.artifacts.put(textContent('again'));
    await store.flush();
    pass(200_000);
    await store.collectGarbage(roots());
    expect([isKept(store, old), isKept(store, again), isKept(store, young)]).toEqual([false, true, true]);
  });

  law('what a working process asked for lately stays, even unused', async ({ store, pass }) => {
    const asked = await store.artifacts.put(textContent('asked'));
    const entry = { path: 'x', executable: false, content: textContent('x') };
    const folder = await store.artifacts.putFolder([entry]);
    const other = await store.artifacts.put(textContent('other'));
    await store.flush();
    pass(day);
    expect([store.artifacts.has(asked), store.artifacts.has(folder)]).toEqual([true, true]);
    await store.flush();
    await store.collectGarbage(roots());
    expect(isKept(store, asked)).toBe(true);
    expect(store.artifacts.folder(folder)).toHaveLength(1);
    expect(isKept(store, other)).toBe(false);
  });

  law(
    'pins keep a trace, an artifact with what made it, and a run with all it found',
    async ({ store, pass }) => {
      for (const name of ['a', 'b', 'c', 'd', 'e'])
        await recorded(store, name, name, { run: `run of ${name}` });
      await store.runs.hold('pinned run', [keyOf('c')]);
      await store.pins.pin({ type: 'trace', name: keyOf('a'), note: '' });
      await store.pins.pin({ type: 'artifact', name: digestOf('b'), note: '' });
      await store.pins.pin({ type: 'run', name: 'pinned run', note: '' });
      await store.pins.pin({ type: 'run', name: 'run of d', note: '' });
      pass(day);
      await store.collectGarbage(roots());
      expect(keptOf(store, 'a', 'b', 'c', 'd', 'e')).toEqual(['a', 'b', 'c', 'd']);
    },
  );

  law(
    'both sides of a conflict stay until it is resolved; then the one not chosen goes',
    async ({ store, pass }) => {
      await recorded(store, 'a', '1');
      await recorded(store, 'a', '2', { attempt: 'second' });
      pass(day);
      await store.collectGarbage(roots());
      expect(store.traces.conflicts()).toHaveLength(1);
      expect([isKept(store, digestOf('1')), isKept(store, digestOf('2'))]).toEqual([true, true]);
      await store.traces.resolve(keyOf('a'), 'second');
      await store.collectGarbage(roots({ keys: ['a'] }));
      expect(store.traces.find(keyOf('a'))?.attempt).toBe('second');
      expect(isKept(store, digestOf('1'))).toBe(false);
    },
  );

  law('what published paths name stays', async ({ store, pass }) => {
    const { out } = await recorded(store, 'a', '1', { step: 'plot' });
    await recorded(store, 'b', '1', { step: 'other' });
    await store.published.set([{ path: 'p', digest: out, step: 'plot', profile: 'quick', stat: '' }]);
    pass(day);
    await store.collectGarbage(roots());
    expect(keptOf(store, 'a', 'b')).toEqual(['a']);
  });

  law('the newest complete runs keep what they recorded and what they found', async ({ store, pass }) => {
    for (const [index, id] of ['one', 'two', 'three', 'four'].entries()) {
      await store.runs.start(runStart(id, 1000 + index));
      await recorded(store, id, id, { run: id });
      if (id === 'three') await store.runs.hold(id, [keyOf('one')]);
      await store.runs.finish(id, id === 'four' ? 'failed' : 'complete', counts, 2000);
    }
    pass(day);
    await store.collectGarbage(roots({ runs: 1 }));
    expect(keptOf(store, 'one', 'two', 'three', 'four')).toEqual(['one', 'three']);
    await store.collectGarbage(roots({ runs: 1 }));
    expect(keptOf(store, 'one', 'two', 'three', 'four')).toEqual(['one', 'three']);
  });

  law('a live run keeps what it holds, what it records, and what it put', async ({ store, pass }) => {
    await recorded(store, 'held', '1', { run: 'earlier' });
    await recorded(store, 'other', '2', { run: 'earlier' });
    pass(2 * day);
    await store.runs.start(runStart('live', Date.now() + 2 * day));
    await store.runs.hold('live', [keyOf('held')]);
    await recorded(store, 'made', '3', { run: 'live' });
    const put = await store.artifacts.put(textContent('an input'));
    pass(day);
    await store.collectGarbage(roots());
    expect(keptOf(store, 'held', 'other', 'made')).toEqual(['held', 'made']);
    expect(isKept(store, put)).toBe(true);
  });

  law('a record that was the same as an older one belongs to its run too', async ({ store, pass }) => {
    await recorded(store, 'a', '1', { run: 'earlier' });
    await store.runs.start(runStart('later', 1000));
    expect((await recorded(store, 'a', '1', { run: 'later', attempt: 'second' })).answer.type).toBe('same');
    await store.runs.finish('later', 'complete', counts, 2000);
    pass(day);
    await store.collectGarbage(roots({ runs: 1 }));
    expect(keptOf(store, 'a')).toEqual(['a']);
  });

  law('a leased key keeps its trace', async ({ store, pass }) => {
    await recorded(store, 'a', '1');
    await store.traces.lease(keyOf('a'), 'audit', true);
    pass(day);
    await store.collectGarbage(roots());
    expect(keptOf(store, 'a')).toEqual(['a']);
  });

  law('torn traces and past ones go, with or without their key', async ({ store, pass }) => {
    const random = { compare: {}, stochastic: true };
    await recorded(store, 'a', '1', {}, random);
    await recorded(store, 'a', '2', { attempt: 'second' }, random);
    await recorded(store, 'a', '3', { attempt: 'torn', torn: true });
    pass(day);
    const report = await store.collectGarbage(roots({ keys: ['a'] }));
    expect(report).toMatchObject({ traces: 2, artifacts: 2 });
    expect(store.traces.ofStep('fit@k=6').map((trace) => trace.attempt)).toEqual(['second']);
  });

  law('a dry run counts what would go and removes nothing', async ({ store, pass }) => {
    for (let i = 0; i < 30; i++) await recorded(store, `${i}`, `value ${i % 20}`);
    await store.artifacts.putFolder([{ path: 'x', executable: false, content: textContent('x') }]);
    await store.flush();
    pass(day);
    const some = roots({ keys: ['0', '1', '2'] });
    const epoch = store.epoch();
    const forecast = await store.collectGarbage(some, { dryRun: true });
    expect(keptOf(store, '0', '29')).toEqual(['0', '29']);
    expect(store.epoch()).toBe(epoch);
    expect(await store.collectGarbage(some)).toEqual(forecast);
    expect(forecast).toMatchObject({ traces: 27, artifacts: 19 });
    expect(keptOf(store, '0', '1', '2', '3')).toEqual(['0', '1', '2']);
    expect(store.epoch()).toBeGreaterThan(epoch);
  });

  law('collecting twice finds nothing the second time, and raises no epoch', async ({ store, pass }) => {
    for (let i = 0; i < 5; i++) await recorded(store, `${i}`);
    pass(day);
    await store.collectGarbage(roots({ keys: ['1'] }));
    const epoch = store.epoch();
    expect(await store.collectGarbage(roots({ keys: ['1'] }))).toEqual({
      traces: 0,
      artifacts: 0,
      files: 0,
      bytes: 0,
    });
    expect(store.epoch()).toBe(epoch);
  });

  law('what is queued when collection begins is seen by it', async ({ store, pass }) => {
    pass(day);
    store.traces.record(draftOf('a'), valueOf('1'), strict);
    expect(await store.collectGarbage(roots({ keys: ['a'] }))).toMatchObject({ traces: 0, artifacts: 0 });
    expect(keptOf(store, 'a')).toEqual(['a']);
  });
}
