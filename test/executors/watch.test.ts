import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type WatchLimits, watch } from '../../src/executors/watch.ts';

/** Watches something that holds what `held` gives, until it is killed or `patience` is over. */
async function watching(
  limits: WatchLimits,
  held: () => number,
  signal = new AbortController().signal,
  patience = 10_000,
) {
  const killed = Promise.withResolvers<string>();
  const end = watch(
    limits,
    signal,
    () => ({ memory: held(), cpu: 0 }),
    (ending, message) => killed.resolve(`${ending}: ${message}`),
  );
  const how = await Promise.race([killed.promise, sleep(patience, 'not killed')]);
  return { how, peak: end() };
}

describe('watch', () => {
  it('kills past the timeout', async () => {
    expect((await watching({ timeout: 20 }, () => 0)).how).toBe(
      'timeout: took longer than its timeout of 20 ms',
    );
  });

  it('kills past the memory limit, and gives the peak', async () => {
    const held = [50, 120, 80];
    const { how, peak } = await watching({ memory: 100 }, () => held.shift() ?? 0);
    expect(how).toBe('memory: held 120 B, over its limit of 100 B');
    expect(peak).toBe(120);
  });

  it('kills when it is told to, before or after it began', async () => {
    const early = AbortSignal.abort();
    expect((await watching({}, () => 0, early)).how).toBe('interrupted: was interrupted');
    const late = new AbortController();
    setTimeout(() => late.abort(), 10);
    expect((await watching({}, () => 0, late.signal)).how).toBe('interrupted: was interrupted');
  });

  it('lets alone what stays within its limits, and looks at memory only where asked', async () => {
    let looks = 0;
    const held = () => ++looks;
    const within = await watching({ memory: 1e9, timeout: 1e12 }, held, undefined, 200);
    expect(within).toEqual({ how: 'not killed', peak: looks });
    expect(looks).toBeGreaterThan(0);
    looks = 0;
    expect(await watching({}, held, undefined, 120)).toEqual({ how: 'not killed', peak: 0 });
    expect(looks).toBe(0);
    expect((await watching({ always: true }, held, undefined, 120)).peak).toBeGreaterThan(0);
  });

  it('stops looking when it is ended', async () => {
    let looks = 0;
    await watching({ memory: 1e9 }, () => ++looks, undefined, 120);
    const at = looks;
    await sleep(120);
    expect(looks).toBe(at);
  });
});
