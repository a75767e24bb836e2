/** Events of a run, as tests of what follows a run need them. */
import { digestOf } from '../../src/base/digest.ts';
import type { RunEvent } from '../../src/model/event.ts';

const key = digestOf('key');

/** A plan of these steps, of which these have a price (ms). */
export const planned = (prices: Readonly<Record<string, number>>, order: readonly string[]): RunEvent => ({
  type: 'planned',
  steps: order.length,
  hits: 0,
  misses: order.length,
  waits: 0,
  order,
  prices,
});

export const started = (step: string): RunEvent => ({
  type: 'started',
  step,
  key,
  attempt: 'attempt',
  reasons: [],
});

/** The end of a step, `wall` milliseconds after its beginning. */
export function ended(type: 'executed' | 'hit' | 'failed' | 'skipped', step: string, wall = 1): RunEvent {
  const cost = { wall, cpu: wall, memory: 0 };
  if (type === 'executed') return { type, step, key, outs: {}, evidence: {}, cost, cutoff: false };
  if (type === 'hit') return { type, step, key, outs: {} };
  if (type === 'failed') return { type, step, attempt: 'attempt', ending: 'exit', message: 'exit 1' };
  return { type, step, because: [] };
}
