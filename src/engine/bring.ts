/** Brings one missing step about: takes the lease, attempts it, tries again where that may help. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ending } from '../model/event.ts';
import type { Trace } from '../model/trace.ts';
import { type AttemptEnd, attemptOnce } from './attempt.ts';
import type { Missing, Site } from './site.ts';

export type Brought =
  | { readonly type: 'done'; readonly trace: Trace; readonly how: 'executed' | 'found' }
  | Failure
  /** Stopped before it began, or killed. */
  | { readonly type: 'stopped' };

/** The attempt that was not tried again, and how it ended. */
interface Failure {
  readonly type: 'failed';
  readonly attempt: string;
  readonly ending: Ending;
  readonly message: string;
}

/** Never rejects for what the step does; rejects with a Fault where the store cannot go on. */
export async function bring(site: Site, missing: Missing): Promise<Brought> {
  const { step, key } = missing;
  const forced = missing.reasons.some((reason) => reason.type === 'forced');
  for (let retry = 0; ; retry++) {
    const attempt = site.nameAttempt();
    const lease = await takeLease(site, missing, attempt, forced);
    if (lease === 'stopped') return { type: 'stopped' };
    if (lease !== 'granted') return { type: 'done', trace: lease, how: 'found' };
    if (retry === 0) site.emit({ type: 'started', step: step.id, key, attempt, reasons: missing.reasons });
    const end = await attemptOnce(site, missing, attempt);
    if (end.type === 'done') return end;
    await site.store.traces.release(key, attempt);
    const decision = await afterFailure(site, missing, attempt, end, retry);
    if (decision === 'failed') return { ...end, attempt };
    if (decision === 'stopped') return { type: decision };
  }
}

/** Waits while another process executes the very key; takes its result where it succeeds. */
async function takeLease(
  site: Site,
  missing: Missing,
  attempt: string,
  forced: boolean,
): Promise<Trace | 'granted' | 'stopped'> {
  for (let wait = 20, told = false; ; wait = Math.min(2 * wait, 500)) {
    if (site.stop.aborted) return 'stopped';
    const answer = await site.store.traces.lease(missing.key, attempt, forced);
    if (answer.type === 'granted') return 'granted';
    if (answer.type === 'found') return answer.trace;
    if (!told) site.emit({ type: 'shared', step: missing.step.id, key: missing.key, owner: answer.owner });
    told = true;
    await sleep(wait);
  }
}

/** Endings that another try may change, for any stage; a command that exits badly may be tried again too. */
const retriable: ReadonlySet<Ending> = new Set(['crash', 'timeout', 'memory']);

async function afterFailure(
  site: Site,
  missing: Missing,
  attempt: string,
  end: Extract<AttemptEnd, { type: 'failed' }>,
  retry: number,
): Promise<'retry' | 'failed' | 'stopped'> {
  const { step, key } = missing;
  const { ending, message } = end;
  if (ending === 'interrupted') return 'stopped';
  await site.store.runs.fail({ attempt, run: site.run, step: step.id, key, ending, message, at: site.now() });
  const again = retriable.has(ending) || (ending === 'exit' && step.stage.computation.type === 'command');
  if (again && retry < step.stage.retries && !site.stop.aborted) {
    const delay = site.delay(retry + 1);
    site.emit({ type: 'retried', step: step.id, attempt, ending, message, delay });
    await sleep(delay, undefined, { signal: site.stop }).catch(() => undefined);
    return 'retry';
  }
  site.emit({ type: 'failed', step: step.id, attempt, ending, message, logs: join(site.logs, attempt) });
  return 'failed';
}
