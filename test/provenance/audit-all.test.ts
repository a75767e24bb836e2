/** How a time budget is spent: which steps a sample takes, in which order, and which of them are begun. */
import { describe, expect, test } from 'vitest';
import type { AuditSite, Recorded } from '../../src/provenance/audit.ts';
import { auditSteps, priceOf, sampleWithin } from '../../src/provenance/audit-all.ts';

/** A record whose key is not that of its parts: auditing it takes no time and no executor. */
function recorded(id: string, wall: number): Recorded {
  const parts = { protocol: 1, code: '', params: {}, case: {}, inputs: {}, outs: {}, environment: {} };
  return { step: { id }, trace: { key: id, parts, cost: { wall } } } as unknown as Recorded;
}

const ids = (list: readonly Recorded[]) => list.map(({ step }) => step.id);
const twenty = Array.from({ length: 20 }, (_, i) => recorded(`s${i}`, 100 * (i + 1)));

describe('a sample', () => {
  test('without a limit has every step, the costliest first', () => {
    const { chosen, left } = sampleWithin(twenty, Infinity, 2, 'a');
    expect(ids(chosen)).toEqual(ids(twenty).toReversed());
    expect(left).toEqual([]);
  });

  test('within a time stays in the order it was drawn in, whatever order the steps came in', () => {
    const { chosen, left } = sampleWithin(twenty, 4000, 2, 'a');
    const cost = chosen.reduce((sum, each) => sum + priceOf(each), 0);
    expect(cost).toBeLessThanOrEqual(8000);
    expect([...ids(chosen), ...ids(left)].sort()).toEqual(ids(twenty).sort());
    expect(ids(sampleWithin(twenty.toReversed(), 4000, 2, 'a').chosen)).toEqual(ids(chosen));
    const prices = chosen.map(priceOf);
    expect(prices).not.toEqual([...prices].sort((a, b) => b - a));
    // A smaller sample of the same seed begins as the larger one does.
    expect(ids(sampleWithin(twenty, 3000, 2, 'a').chosen)[0]).toBe(ids(chosen)[0]);
  });

  test('takes no step that the time does not hold by itself, and counts what starting a process costs', () => {
    expect(ids(sampleWithin([recorded('long', 901)], 1000, 8, 'a').chosen)).toEqual([]);
    expect(priceOf(recorded('a', 10))).toBeGreaterThan(100);
  });
});

describe('the steps of an audit', () => {
  const site = { signal: new AbortController().signal } as AuditSite;

  test('are begun where they fit when their turn comes; later ones that fit are not held up', async () => {
    const told: string[] = [];
    const fits = ({ step }: Recorded) => step.id !== 's1' && step.id !== 's3';
    const open = await auditSteps(site, twenty.slice(0, 5), 2, ({ step }) => told.push(step.id), fits);
    expect(told.sort()).toEqual(['s0', 's2', 's4']);
    expect(ids(open)).toEqual(['s1', 's3']);
  });

  test('are all left after an interrupt', async () => {
    const stopped = { signal: AbortSignal.abort() } as AuditSite;
    const open = await auditSteps(
      stopped,
      twenty,
      3,
      () => expect.unreachable(),
      () => true,
    );
    expect(ids(open)).toEqual(ids(twenty));
  });
});
