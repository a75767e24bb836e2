/** Laws of traces and leases: found at once, never torn or incomplete, one execution at a time. */
import { expect } from 'vitest';
import { type Digest, digestOf } from '../../../src/base/digest.ts';
import type { TraceDraft } from '../../../src/model/store.ts';
import { inlineLimit } from '../../../store/local.ts';
import { draftOf, folderOut, outOf, recorded, someBytes, strict, textContent, valueOf } from '../drafts.ts';
import type { Open } from '../laws.ts';
import { lawsOf } from './using.ts';

const keyOf = (name: string): Digest => digestOf(`key ${name}`);

const withInputs = (inputs: TraceDraft['parts']['inputs']) => ({ parts: { ...draftOf('b').parts, inputs } });

const attempts = (list: readonly { attempt: string }[]) => list.map((trace) => trace.attempt);

const costing = (wall: number) => ({ wall, cpu: 0, memory: 0 });

export function traceLaws(open: Open): void {
  const law = lawsOf(open);

  law('what was recorded is found at once here, and by all once settled', async ({ store, elsewhere }) => {
    const { trace, settled } = store.traces.record(draftOf('a'), valueOf('1'), strict);
    expect(store.traces.find(keyOf('a'))).toEqual(trace);
    expect(store.traces.newest(trace.step)).toEqual(trace);
    expect(store.artifacts.read(trace.outs['value']?.digest as Digest)).toEqual(new Uint8Array([49]));
    expect(await settled).toEqual({ type: 'recorded', current: trace });
    expect(elsewhere().traces.find(keyOf('a'))).toEqual(trace);
  });

  law(
    'a trace comes back as it was recorded, with every sign and every field',
    async ({ store, elsewhere }) => {
      const draft = draftOf('a', {
        evidence: { zero: -0, tiny: 5e-324, text: 'é\u2028\n"', flag: false },
        parts: {
          ...draftOf('a').parts,
          inputs: {
            one: digestOf('one'),
            many: [
              ['k=1', digestOf('x')],
              ['k=2', digestOf('y')],
            ],
          },
          stream: digestOf('stream'),
          environment: { python: 'Python 3.11' },
        },
        case: { k: 20, name: 'a/b', flag: true },
        at: 1_790_000_000_000.5,
      });
      const { trace } = await recorded(store, 'a', '1', draft);
      const found = elsewhere().traces.find(draft.key);
      expect(found).toEqual(trace);
      expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify(trace)));
      expect({ ...found }).toEqual(trace);
      expect(Object.is(found?.evidence['zero'], -0)).toBe(true);
    },
  );

  law('a number that JSON cannot hold is refused with its place', ({ store }) => {
    const draft = draftOf('a', { evidence: { residual: Number.NaN } });
    expect(() => store.traces.record(draft, valueOf('1'), strict)).toThrow(/evidence\.residual is NaN/);
    expect(store.traces.find(draft.key)).toBeUndefined();
  });

  law('outs may be bytes, files taken over, or folders', async ({ store, elsewhere }) => {
    const outs = {
      small: outOf(textContent('small')),
      large: outOf({ type: 'bytes', bytes: someBytes(inlineLimit * 3) }),
      folder: folderOut({ 'b.txt': 'b', 'a.sh': 'a', 'sub/c.txt': 'b' }),
    };
    const { trace, settled } = store.traces.record(draftOf('a'), outs, strict);
    await settled;
    const found = elsewhere().traces.find(keyOf('a'));
    expect(found?.outs).toEqual(trace.outs);
    expect(found?.outs['folder']?.kind).toBe('folder/1');
    expect(found?.outs['large']?.size).toBe(inlineLimit * 3);
    const files = elsewhere().artifacts.folder(found?.outs['folder']?.digest as Digest);
    expect(files.map((file) => file.path)).toEqual(['a.sh', 'b.txt', 'sub/c.txt']);
  });

  law(
    'a trace whose artifact is gone is lost, and found again when the bytes come back',
    async ({ store }) => {
      const { out } = await recorded(store, 'a', '1');
      expect(store.traces.look(keyOf('a')).isLost).toBe(false);
      await store.artifacts.quarantine(out);
      expect(store.traces.find(keyOf('a'))).toBeUndefined();
      expect(store.traces.findAll([keyOf('a')]).size).toBe(0);
      expect(store.traces.look(keyOf('a')).isLost).toBe(true);
      expect(store.traces.newest('fit@k=6')?.key).toBe(keyOf('a'));
      const again = await recorded(store, 'a', '1', { attempt: 'second' });
      expect(again.answer).toMatchObject({ type: 'same', current: { attempt: 'attempt-a' } });
      expect(store.traces.find(keyOf('a'))?.attempt).toBe('attempt-a');
      expect(store.traces.look(keyOf('a')).isLost).toBe(false);
    },
  );

  law('a trace with a folder is lost with any of its files', async ({ store }) => {
    await store.traces.record(draftOf('a'), { value: folderOut({ one: '1', two: '2' }) }, strict).settled;
    await store.artifacts.quarantine(digestOf('2'));
    expect(store.traces.find(keyOf('a'))).toBeUndefined();
    expect(store.traces.findAll([keyOf('a')]).size).toBe(0);
  });

  law('an unknown key is neither found nor lost', ({ store }) => {
    expect(store.traces.find(keyOf('a'))).toBeUndefined();
    expect(store.traces.look(keyOf('a')).isLost).toBe(false);
    expect(store.traces.newest('fit')).toBeUndefined();
    expect(store.traces.stagePrices()).toEqual(new Map());
  });

  law('many keys and steps are answered as one by one', async ({ store }) => {
    for (let i = 0; i < 12; i++) await recorded(store, `${i}`, `${i}`, { step: `fit@k=${i % 5}` });
    store.traces.record(draftOf('queued', { step: 'fit@k=0' }), valueOf('9'), strict);
    const names = [...Array.from({ length: 14 }, (_, i) => `${i}`), 'queued', 'queued'];
    const steps = Array.from({ length: 7 }, (_, i) => `fit@k=${i}`);
    const [keys, found, newest] = [
      names.map(keyOf),
      store.traces.findAll(names.map(keyOf)),
      store.traces.newestAll(steps),
    ];
    for (const key of keys) expect(found.get(key)).toEqual(store.traces.find(key));
    for (const step of steps) expect(newest.get(step)).toEqual(store.traces.newest(step));
    expect([found.size, newest.size]).toEqual([13, 5]);
  });

  law('a torn trace is kept but never served', async ({ store }) => {
    await recorded(store, 'old', '0');
    const { answer } = await recorded(store, 'a', '1', { torn: true });
    expect(answer).toMatchObject({ type: 'recorded', current: { torn: true } });
    expect(store.traces.find(keyOf('a'))).toBeUndefined();
    expect(store.traces.look(keyOf('a')).isLost).toBe(false);
    expect(store.traces.newest('fit@k=6')?.key).toBe(keyOf('old'));
    expect(store.traces.ofStep('fit@k=6').map((trace) => trace.torn)).toEqual([true, false]);
    await recorded(store, 'a', '2', { attempt: 'whole' });
    expect(store.traces.find(keyOf('a'))?.attempt).toBe('whole');
    expect(store.traces.conflicts()).toEqual([]);
  });

  law('a queued torn trace is not served either', ({ store }) => {
    store.traces.record(draftOf('a', { torn: true }), valueOf('1'), strict);
    expect(store.traces.find(keyOf('a'))).toBeUndefined();
    expect(store.traces.newest('fit@k=6')).toBeUndefined();
    expect(store.traces.ofStep('fit@k=6')).toHaveLength(1);
  });

  law('the traces of a step come newest first', async ({ store }) => {
    for (const name of ['a', 'b', 'c']) await recorded(store, name);
    store.traces.record(draftOf('d'), valueOf('4'), strict);
    expect(attempts(store.traces.ofStep('fit@k=6'))).toEqual([
      'attempt-d',
      'attempt-c',
      'attempt-b',
      'attempt-a',
    ]);
  });

  law('producers and consumers of an artifact are found', async ({ store }) => {
    const { out } = await recorded(store, 'a', '1');
    await recorded(store, 'b', '2', withInputs({ x: out }));
    await recorded(
      store,
      'c',
      '3',
      withInputs({
        x: [
          ['k=1', digestOf('z')],
          ['k=2', out],
        ],
      }),
    );
    store.traces.record(draftOf('d', withInputs({ x: out, y: out })), valueOf('1'), strict);
    expect(attempts(store.traces.producing(out))).toEqual(['attempt-d', 'attempt-a']);
    expect(attempts(store.traces.consuming(out))).toEqual(['attempt-d', 'attempt-c', 'attempt-b']);
    expect(store.traces.producing(digestOf('z'))).toEqual([]);
    await store.flush();
    expect(attempts(store.traces.consuming(out))).toEqual(['attempt-d', 'attempt-c', 'attempt-b']);
  });

  law('a stage costs the mean of its newest sixteen traces', async ({ store }) => {
    for (let i = 0; i < 20; i++) await recorded(store, `f${i}`, '1', { cost: costing(i < 4 ? 1e9 : i) });
    await recorded(store, 'other', '1', { step: 'plot', cost: costing(3) });
    await recorded(store, 'torn', '1', { step: 'plot', cost: costing(900), torn: true });
    store.traces.record(draftOf('queued', { step: 'plot', cost: costing(5) }), valueOf('1'), strict);
    const prices = store.traces.stagePrices();
    expect(prices.get('fit')).toBe((4 + 19) / 2);
    expect(prices.get('plot')).toBe(4);
  });

  law('one attempt at a time may execute a key', async ({ store }) => {
    expect(await store.traces.lease(keyOf('a'), 'first', false)).toEqual({ type: 'granted' });
    expect(await store.traces.lease(keyOf('a'), 'first', false)).toEqual({ type: 'granted' });
    expect(await store.traces.lease(keyOf('a'), 'second', false)).toMatchObject({
      type: 'held',
      owner: expect.stringMatching(/^process \d+ on /),
    });
    await store.traces.release(keyOf('a'), 'second');
    expect(await store.traces.lease(keyOf('a'), 'second', false)).toMatchObject({ type: 'held' });
    await store.traces.release(keyOf('a'), 'first');
    expect(await store.traces.lease(keyOf('a'), 'second', false)).toEqual({ type: 'granted' });
  });

  law('of many leases asked for at once exactly one is granted', async ({ store }) => {
    const asked = Array.from({ length: 20 }, (_, i) =>
      store.traces.lease(keyOf('a'), `attempt ${i}`, i % 2 === 0),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer.type === 'granted')).toHaveLength(1);
  });

  law('a recorded key is found instead of leased, and leased when forced', async ({ store }) => {
    await store.traces.lease(keyOf('a'), 'attempt-a', false);
    const { trace, settled } = store.traces.record(draftOf('a'), valueOf('1'), strict);
    expect(await store.traces.lease(keyOf('a'), 'second', false)).toEqual({ type: 'found', trace });
    expect(await store.traces.lease(keyOf('a'), 'second', true)).toEqual({ type: 'granted' });
    await settled;
  });

  law('a record gives back the lease of its own attempt and of no other', async ({ store }) => {
    await store.traces.lease(keyOf('a'), 'stranger', true);
    await recorded(store, 'a', '1');
    expect(await store.traces.lease(keyOf('a'), 'x', true)).toMatchObject({ type: 'held' });
    await store.traces.release(keyOf('a'), 'stranger');
    expect(await store.traces.lease(keyOf('a'), 'x', true)).toEqual({ type: 'granted' });
  });

  law('a lost key may be leased again', async ({ store }) => {
    const { out } = await recorded(store, 'a', '1');
    await store.artifacts.quarantine(out);
    expect(await store.traces.lease(keyOf('a'), 'again', false)).toEqual({ type: 'granted' });
  });
}
