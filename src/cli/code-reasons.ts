/** Says of changed code which functions changed, from the source maps of the bundles before and after. */
import type { Digest } from '../base/digest.ts';
import { listed } from '../base/text.ts';
import { changes } from '../engine/explain.ts';
import type { PlannedStep, Reason } from '../model/plan.ts';
import type { Store } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import { codeChanges, spellChange } from '../provenance/code-changes.ts';
import { codeOf } from '../provenance/code.ts';
import type { Reading } from './reading.ts';

/** The reasons of a planned step, with functions and lines in place of the code's digests where they are known. */
export function codeReasons({ context, seen }: Reading): (planned: PlannedStep) => readonly Reason[] {
  const said = new Map<string, string | undefined>();
  return ({ step, verdict }) => {
    if (verdict.type !== 'miss') return [];
    if (!verdict.reasons.some(({ type }) => type === 'code')) return verdict.reasons;
    const before = seen.memory.newest(step.id)?.seen['sourceMap'] as Digest | undefined;
    const after = seen.sourceMap(step);
    const name = `${before} ${after}`;
    if (!said.has(name)) said.set(name, changedCode(context.store, before, after));
    return told(verdict.reasons, said.get(name));
  };
}

/** The reasons, with what is known of the code in place of its digests. */
function told(reasons: readonly Reason[], code: string | undefined): readonly Reason[] {
  if (code === undefined) return reasons;
  return reasons.map((reason) =>
    reason.type === 'code' ? { type: 'code', detail: `code: ${code}` } : reason,
  );
}

/** `loss (stages/train.ts:12) changed`; undefined where a map is gone, or the difference lies elsewhere. */
function changedCode(store: Store, before?: Digest, after?: Digest): string | undefined {
  const { artifacts } = store;
  if (before === undefined || after === undefined) return undefined;
  if (!artifacts.has(before) || !artifacts.has(after)) return undefined;
  const read = (digest: Digest) => codeOf(new TextDecoder().decode(artifacts.read(digest)));
  const changes = codeChanges(read(before), read(after));
  return changes.length === 0 ? undefined : listed(changes.map(spellChange), 3);
}

/** Why an execution was made: what differed from the one before it, which had another key. `history` is newest first. */
export function pastReasons(store: Store, trace: Trace, history: readonly Trace[]): readonly Reason[] {
  const before = history.find((other) => other.key !== trace.key && other.at < trace.at);
  if (before === undefined) return [{ type: 'new', detail: 'it had never been executed' }];
  const [old, now] = [before, trace].map(({ seen }) => seen['sourceMap'] as Digest | undefined);
  return told(changes(before.parts, trace.parts), changedCode(store, old, now));
}
