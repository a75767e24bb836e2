/** One attempt at a step: hands the executor an order, records what came back, keeps what was printed. */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodeCanonical } from '../base/canonical.ts';
import type { Ending } from '../model/event.ts';
import type { Outcome } from '../model/executor.ts';
import { Fault } from '../model/fault.ts';
import { sameOuts, type Trace } from '../model/trace.ts';
import { commandCode } from './command-code.ts';
import { draftOf, outDrafts, rulesOf } from './draft.ts';
import { orderOf } from './order.ts';
import { removeFolder } from './scratch.ts';
import type { Missing, Site } from './site.ts';
import { isTorn } from './torn.ts';

export type AttemptEnd =
  | { readonly type: 'done'; readonly trace: Trace; readonly how: 'executed' }
  | { readonly type: 'failed'; readonly ending: Ending; readonly message: string };

/** Tries a step once. Rejects with a Fault where the store cannot go on. */
export async function attemptOnce(site: Site, missing: Missing, attempt: string): Promise<AttemptEnd> {
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
