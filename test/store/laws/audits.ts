/** Laws of what is found of traces later: re-executions and signatures. */
import { expect } from 'vitest';
import { digestOf } from '../../../src/base/digest.ts';
import type { AuditRecord, SignatureRecord } from '../../../src/model/audit.ts';
import { recorded } from '../drafts.ts';
import type { Open } from '../laws.ts';
import { lawsOf } from './using.ts';

const audit = (name: string, settings: Partial<AuditRecord> = {}): AuditRecord => ({
  key: digestOf(`key ${name}`),
  attempt: `attempt-${name}`,
  verdict: 'same',
  by: 'bytes',
  variation: 'as recorded',
  says: '',
  machine: { node: '24.21.0' },
  at: 5,
  ...settings,
});

const signature = (name: string, signer: string, at = 7): SignatureRecord => ({
  key: digestOf(`key ${name}`),
  attempt: `attempt-${name}`,
  signer,
  envelope: `{"at":${at}}`,
  at,
});

export function auditLaws(open: Open): void {
  const law = lawsOf(open);

  law('re-executions come back oldest first, here and elsewhere', async ({ store, elsewhere }) => {
    await recorded(store, 'a');
    await recorded(store, 'b');
    const said = [
      audit('a'),
      audit('b', { verdict: 'differs', says: 'row 1', at: 3 }),
      audit('a', { variation: 'locale' }),
    ];
    await store.audits.add(said.slice(0, 1));
    await store.audits.add(said.slice(1));
    expect(store.audits.list()).toEqual(said);
    expect(elsewhere().audits.list()).toEqual(said);
  });

  law('what is said of a trace that is not there is not kept', async ({ store }) => {
    await recorded(store, 'a');
    await store.audits.add([audit('a', { attempt: 'another' }), audit('b')]);
    await store.audits.sign([signature('b', 'someone')]);
    expect(store.audits.list()).toEqual([]);
    expect(store.audits.signatures()).toEqual([]);
  });

  law('a trace that was recorded a moment ago can be spoken of', async ({ store }) => {
    const recording = recorded(store, 'a');
    await store.audits.add([audit('a')]);
    await recording;
    expect(store.audits.list()).toEqual([audit('a')]);
  });

  law('a signer signs a trace once: the newer one stands', async ({ store, elsewhere }) => {
    await recorded(store, 'a');
    await store.audits.sign([signature('a', 'one'), signature('a', 'two', 8)]);
    await store.audits.sign([signature('a', 'one', 9)]);
    expect(elsewhere().audits.signatures()).toEqual([signature('a', 'two', 8), signature('a', 'one', 9)]);
  });

  law('it goes when its trace goes', async ({ store }) => {
    await recorded(store, 'a');
    await recorded(store, 'b');
    await store.audits.add([audit('a'), audit('b')]);
    await store.audits.sign([signature('a', 'one')]);
    const roots = { keys: new Set([digestOf('key b')]), artifacts: new Set<never>(), runs: 0 };
    expect((await store.collectGarbage(roots)).traces).toBe(1);
    expect(store.audits.list()).toEqual([audit('b')]);
    expect(store.audits.signatures()).toEqual([]);
  });
}
