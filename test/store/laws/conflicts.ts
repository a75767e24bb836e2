/** Laws of conflicts: other bytes under one key are news, and both are kept. */
import { expect } from 'vitest';
import { type Digest, digestOf } from '../../../src/base/digest.ts';
import type { RecordRules } from '../../../src/model/trace.ts';
import { draftOf, folderOut, outOf, recorded, strict, textContent } from '../drafts.ts';
import type { Open } from '../laws.ts';
import { lawsOf } from './using.ts';

const key = digestOf('key a');
const second = { attempt: 'second' };
const third = { attempt: 'third' };

const within: RecordRules = {
  compare: { value: { type: 'tolerance', absolute: 0, relative: 1e-6 } },
  stochastic: false,
};

const outs = (a: string, b: string) => ({
  a: outOf(textContent(a)),
  b: outOf(textContent(b)),
  c: outOf(textContent('')),
});

export function conflictLaws(open: Open): void {
  const law = lawsOf(open);

  law('the same bytes again are the same: the first trace is kept', async ({ store }) => {
    const first = await recorded(store, 'a', '1');
    const epoch = store.epoch();
    const again = await recorded(store, 'a', '1', second);
    expect(again.answer).toEqual({ type: 'same', current: first.trace });
    expect(store.traces.ofStep('fit@k=6')).toHaveLength(1);
    expect(store.traces.conflicts()).toEqual([]);
    expect(store.epoch()).toBe(epoch);
  });

  law(
    'other bytes are a conflict: both are kept and the first stays current',
    async ({ store, elsewhere }) => {
      const first = await recorded(store, 'a', '1');
      const other = await recorded(store, 'a', '2', second);
      expect(other.answer).toEqual({
        type: 'conflict',
        current: first.trace,
        other: other.trace,
        roles: ['value'],
      });
      expect(elsewhere().traces.find(key)).toEqual(first.trace);
      expect(elsewhere().traces.conflicts()).toEqual([
        { key, step: 'fit@k=6', current: first.trace, others: [other.trace] },
      ]);
      for (const { out } of [first, other]) expect(elsewhere().artifacts.has(out)).toBe(true);
    },
  );

  law('the roles that differ are named, the others not', async ({ store }) => {
    await store.traces.record(draftOf('a'), outs('1', '2'), strict).settled;
    const answer = await store.traces.record(draftOf('a', second), outs('3', '4'), strict).settled;
    expect(answer).toMatchObject({ type: 'conflict', roles: ['a', 'b'] });
  });

  law('a third result joins the conflict; a known one is not kept twice', async ({ store }) => {
    const first = await recorded(store, 'a', '1');
    const other = await recorded(store, 'a', '2', second);
    await recorded(store, 'a', '3', third);
    const again = await recorded(store, 'a', '2', { attempt: 'fourth' });
    expect(again.answer).toEqual({
      type: 'conflict',
      current: first.trace,
      other: other.trace,
      roles: ['value'],
    });
    expect(store.traces.conflicts()[0]?.others.map((trace) => trace.attempt)).toEqual(['second', 'third']);
  });

  law(
    'resolve makes the chosen one current, ends the conflict and raises the epoch',
    async ({ store, elsewhere }) => {
      await recorded(store, 'a', '1');
      const other = await recorded(store, 'a', '2', second);
      const epoch = store.epoch();
      await store.traces.resolve(key, 'second');
      expect(elsewhere().traces.find(key)).toEqual(other.trace);
      expect(elsewhere().traces.conflicts()).toEqual([]);
      expect(elsewhere().epoch()).toBeGreaterThan(epoch);
      const again = await recorded(store, 'a', '1', third);
      expect(again.answer).toMatchObject({ type: 'conflict', current: { attempt: 'second' } });
    },
  );

  law('resolve may confirm the first', async ({ store }) => {
    const first = await recorded(store, 'a', '1');
    await recorded(store, 'a', '2', second);
    await store.traces.resolve(key, 'attempt-a');
    expect(store.traces.find(key)).toEqual(first.trace);
    expect(store.traces.conflicts()).toEqual([]);
  });

  law('resolve takes no attempt that is not recorded, nor a torn one', async ({ store }) => {
    await recorded(store, 'a', '1');
    await recorded(store, 'a', '2', { attempt: 'torn', torn: true });
    for (const attempt of ['nobody', 'torn'])
      await expect(store.traces.resolve(key, attempt)).rejects.toMatchObject({ kind: 'usage' });
    expect(store.traces.find(key)?.attempt).toBe('attempt-a');
    await store.flush();
  });

  law('when the current bytes are lost, new ones take over and the conflict stands', async ({ store }) => {
    const first = await recorded(store, 'a', '1');
    await store.artifacts.quarantine(first.out);
    const epoch = store.epoch();
    const other = await recorded(store, 'a', '2', second);
    expect(other.answer).toEqual({
      type: 'conflict',
      current: other.trace,
      other: first.trace,
      roles: ['value'],
    });
    expect(store.traces.find(key)).toEqual(other.trace);
    expect(store.traces.conflicts()[0]).toMatchObject({
      current: { attempt: 'second' },
      others: [{ attempt: 'attempt-a' }],
    });
    expect(store.epoch()).toBeGreaterThan(epoch);
  });

  law('when the current bytes are lost, a rival made again takes over', async ({ store }) => {
    const first = await recorded(store, 'a', '1');
    await recorded(store, 'a', '2', second);
    await store.artifacts.quarantine(first.out);
    const again = await recorded(store, 'a', '2', third);
    expect(again.answer).toMatchObject({
      type: 'conflict',
      current: { attempt: 'second' },
      other: { attempt: 'attempt-a' },
    });
    expect(store.traces.find(key)?.attempt).toBe('second');
    expect(store.traces.ofStep('fit@k=6')).toHaveLength(2);
  });

  law('an honestly random stage has no conflicts: the newest draw is current', async ({ store }) => {
    const rules = { compare: {}, stochastic: true };
    await recorded(store, 'a', '1', {}, rules);
    const epoch = store.epoch();
    const other = await recorded(store, 'a', '2', second, rules);
    expect(other.answer).toEqual({ type: 'recorded', current: other.trace });
    expect(store.traces.find(key)).toEqual(other.trace);
    expect(store.traces.conflicts()).toEqual([]);
    expect(store.epoch()).toBeGreaterThan(epoch);
    expect((await recorded(store, 'a', '2', third, rules)).answer.type).toBe('same');
  });

  law('results within the tolerance are the same; the bytes of both are readable', async ({ store }) => {
    const first = await recorded(store, 'a', '{"x":[1,2.0000001]}', {}, within);
    const near = await recorded(store, 'a', '{"x":[1.0000001,2]}', second, within);
    expect(near.answer).toEqual({ type: 'same', current: first.trace });
    expect(store.artifacts.has(near.out)).toBe(true);
    const far = await recorded(store, 'a', '{"x":[1.001,2]}', third, within);
    expect(far.answer.type).toBe('conflict');
  });

  law('a lost result cannot be compared within a tolerance: the new one takes over', async ({ store }) => {
    const first = await recorded(store, 'a', '1.0000001', {}, within);
    await store.artifacts.quarantine(first.out);
    expect((await recorded(store, 'a', '1', second, within)).answer).toMatchObject({
      type: 'conflict',
      current: { attempt: 'second' },
    });
  });

  law('folders are compared file by file', async ({ store }) => {
    const record = (name: object, files: Record<string, string>) =>
      store.traces.record(draftOf('a', name), { value: folderOut(files) }, within).settled;
    await record({}, { 'a.json': '[1,2]', 'b.txt': 'b' });
    expect((await record(second, { 'a.json': '[1, 2.0000001]', 'b.txt': 'b' })).type).toBe('same');
    expect((await record(third, { 'a.json': '[1,2]', 'b.txt': 'c' })).type).toBe('conflict');
  });

  law('what two queued records mean is settled in their order', async ({ store }) => {
    const [first, other] = ['1', '2'].map((value, index) =>
      store.traces.record(
        draftOf('a', { attempt: `attempt ${index}` }),
        { value: outOf(textContent(value)) },
        strict,
      ),
    );
    expect(store.traces.find(key)).toEqual(first?.trace);
    expect((await first?.settled)?.type).toBe('recorded');
    expect((await other?.settled)?.type).toBe('conflict');
    expect(store.traces.find(key)).toEqual(first?.trace);
  });

  law('every artifact that a trace names is there once it is found', async ({ store, elsewhere }) => {
    const settled: Promise<unknown>[] = [];
    for (let i = 0; i < 30; i++) {
      const draft = draftOf(`${i % 10}`, { attempt: `attempt ${i}` });
      settled.push(store.traces.record(draft, { value: outOf(textContent(`${i % 3}`)) }, strict).settled);
    }
    await Promise.all(settled);
    for (let i = 0; i < 10; i++) {
      const trace = elsewhere().traces.find(digestOf(`key ${i}`));
      expect(elsewhere().artifacts.has(trace?.outs['value']?.digest as Digest)).toBe(true);
    }
    expect(store.traces.conflicts().length).toBe(10);
  });
}
