/** Brings one missing step about: takes the lease, executes with retries, records. */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeCanonical } from '../base/canonical.ts';
import type { Digest } from '../base/digest.ts';
import { Fault } from '../model/fault.ts';
import type { Ending, RunEvent } from '../model/event.ts';
import type { Executor, Outcome } from '../model/executor.ts';
import type { KeyParts } from '../model/key.ts';
import type { Reason } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { OutDraft, Recorded, TraceDraft } from '../model/store.ts';
import type { RecordRules, Trace } from '../model/trace.ts';
import { commandCode } from './command-code.ts';
import type { ResolvedInput } from './decide.ts';
import { type Workshop, orderOf } from './order.ts';
import { removeFolder } from './scratch.ts';
import { isTorn } from './torn.ts';

interface Missing {
  readonly step: Step;
  readonly key: Digest;
  readonly parts: KeyParts;
  readonly inputs: Readonly<Record<string, ResolvedInput>>;
  readonly reasons: readonly Reason[];
  readonly sourceMap?: Digest | undefined;
  /** The step's last trace before this run. */
  readonly before?: Trace | undefined;
}

/** Where and how steps are brought about. */
export interface Site extends Workshop {
  readonly executor: Executor;
  readonly run: string;
  /** A name that no other attempt has. */
  readonly nameAttempt: () => string;
  /** Parent of the attempts' scratch folders. */
  readonly scratch: string;
  /** Parent of the attempts' logs. */
  readonly logs: string;
  readonly now: () => number;
  /** Milliseconds to wait before retry number `n` (1, 2, …). */
  readonly delay: (n: number) => number;
  readonly emit: (event: RunEvent) => void;
  /** Aborted when running steps are to be killed. */
  readonly kill: AbortSignal;
  /** Aborted when nothing new is to be started. */
  readonly stop: AbortSignal;
  /** Told when a record is durable, or that it cannot be. */
  readonly settled: (step: Step, recorded: Promise<Recorded>) => void;
}

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

type AttemptEnd = Extract<Brought, { type: 'done' }> | Omit<Failure, 'attempt'>;

async function attemptOnce(site: Site, missing: Missing, attempt: string): Promise<AttemptEnd> {
  const folder = join(site.scratch, attempt);
  try {
    const order = orderOf(site, { ...missing, attempt, folder });
    const outcome = await site.executor.execute(order, site.kill);
    for (const message of outcome.warnings) site.emit({ type: 'warning', step: missing.step.id, message });
    if (outcome.type === 'failed') return await failed(site, outcome);
    return await record(site, missing, attempt, outcome);
  } catch (error) {
    if (error instanceof Fault && error.kind === 'usage')
      return { type: 'failed', ending: 'error', message: error.message };
    throw error;
  } finally {
    keepLogs(folder, join(site.logs, attempt));
  }
}

/** What the step wrote to is no longer what its name says, and is taken out of service. */
async function failed(
  site: Site,
  { ending, message, damaged = [] }: Extract<Outcome, { type: 'failed' }>,
): Promise<AttemptEnd> {
  const { artifacts } = site.store;
  for (const digest of damaged) if (artifacts.has(digest)) await artifacts.quarantine(digest);
  return { type: 'failed', ending, message };
}

async function record(
  site: Site,
  missing: Missing,
  attempt: string,
  outcome: Extract<Outcome, { type: 'done' }>,
): Promise<AttemptEnd> {
  const torn = await isTorn(site.root, missing.step, missing.inputs);
  await keepCommand(site, missing);
  const draft = draftOf(site, missing, attempt, outcome, torn);
  const recording = site.store.traces.record(draft, outDrafts(missing.step, outcome), rulesOf(missing.step));
  site.settled(missing.step, recording.settled);
  noteOuts(site, recording.trace, outcome);
  if (torn) {
    const message =
      'an unpinned input changed while the step executed; its result is kept as torn and not used';
    return { type: 'failed', ending: 'error', message };
  }
  // A result that may lose against an earlier one (forced, lost) is not used before the store has judged.
  const mustWait = missing.reasons.some((reason) => reason.type === 'forced' || reason.type === 'lost');
  const trace = mustWait ? (await recording.settled).current : recording.trace;
  const { key, step, before } = missing;
  const cutoff = before !== undefined && before.key !== key && sameOuts(before, trace);
  site.emit({
    type: 'executed',
    step: step.id,
    key,
    outs: trace.outs,
    evidence: outcome.evidence,
    cost: outcome.cost,
    cutoff,
  });
  return { type: 'done', trace, how: 'executed' };
}

/** What comes after this step reads from memory what it has just made. */
function noteOuts({ contents }: Site, trace: Trace, { outs }: Extract<Outcome, { type: 'done' }>): void {
  for (const [role, { digest }] of Object.entries(trace.outs)) {
    const out = outs[role];
    if (out?.type === 'bytes') contents.note(digest, out.bytes);
  }
}

/** The words of a command are kept as its code, as a bundle is: the step can be executed again when they have changed. */
async function keepCommand({ store }: Site, { step: { stage }, parts }: Missing): Promise<void> {
  const { computation } = stage;
  if (computation.type !== 'command' || store.artifacts.has(parts.code)) return;
  await store.artifacts.put({ type: 'bytes', bytes: encodeCanonical(commandCode(stage, computation)) });
}

function draftOf(
  site: Site,
  missing: Missing,
  attempt: string,
  outcome: Extract<Outcome, { type: 'done' }>,
  torn: boolean,
): TraceDraft {
  const { step, key, parts, sourceMap } = missing;
  const seen = sourceMap === undefined ? outcome.seen : { ...outcome.seen, sourceMap };
  return {
    key,
    parts,
    step: step.id,
    stage: step.stage.name,
    case: step.case,
    evidence: outcome.evidence,
    cost: outcome.cost,
    run: site.run,
    attempt,
    seen,
    at: site.now(),
    torn,
  };
}

function outDrafts(step: Step, outcome: Extract<Outcome, { type: 'done' }>): Record<string, OutDraft> {
  return Object.fromEntries(
    Object.entries(step.signature.outs).map(([role, kind]) => {
      const out = outcome.outs[role];
      if (out === undefined) throw new Fault('usage', `the executor gave no out "${role}"`);
      return [role, { out, kind }];
    }),
  );
}

function rulesOf(step: Step): RecordRules {
  const compare = Object.fromEntries(
    Object.entries(step.stage.outs).map(([role, out]) => [role, out.compare]),
  );
  return { compare, stochastic: step.stage.stochastic };
}

function sameOuts(a: Trace, b: Trace): boolean {
  const roles = Object.keys(b.outs);
  return (
    roles.length === Object.keys(a.outs).length &&
    roles.every((role) => a.outs[role]?.digest === b.outs[role]?.digest)
  );
}

/** Endings that another try may change, for any stage; a command that exits badly may be tried again too. */
const retriable: ReadonlySet<Ending> = new Set(['crash', 'timeout', 'memory']);

async function afterFailure(
  site: Site,
  missing: Missing,
  attempt: string,
  end: Omit<Failure, 'attempt'>,
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

/** Moves what the attempt printed to the logs, and removes the rest. */
function keepLogs(folder: string, logs: string): void {
  if (!existsSync(folder)) return;
  keepLog(join(folder, 'stdout'), logs, 'stdout');
  keepLog(join(folder, 'stderr'), logs, 'stderr');
  removeFolder(folder);
}

function keepLog(from: string, logs: string, name: string): void {
  const size = statSync(from, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  mkdirSync(logs, { recursive: true });
  renameSync(from, join(logs, name));
}
