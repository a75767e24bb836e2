/** Executes recorded steps again, from the store alone, and compares what comes out with what was recorded. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, digestOf } from '../base/digest.ts';
import { shortDigest } from '../base/text.ts';
import { orderOf } from '../engine/order.ts';
import type { Executor, Order, Out, Outcome } from '../model/executor.ts';
import { folderManifest } from '../model/folder.ts';
import { canonicalJson } from '../model/json.ts';
import { keyOf } from '../model/key.ts';
import type { Comparison } from '../model/pipeline.ts';
import type { Step } from '../model/step.ts';
import type { Store } from '../model/store.ts';
import type { ArtifactReference, Trace } from '../model/trace.ts';
import { firstDifference, firstDifferenceInFolder } from './difference.ts';
import { knowsCommand, recordedStep } from './recorded.ts';

type ReadBytes = (digest: Digest) => Uint8Array | undefined;

/** Whether two artifacts agree by an out's comparison. */
type Agree = (comparison: Comparison, a: ArtifactReference, b: ArtifactReference, read: ReadBytes) => boolean;

export interface AuditSite {
  readonly root: string;
  readonly store: Store;
  /** A folder of this audit alone. */
  readonly folder: string;
  readonly executor: Executor;
  readonly agree: Agree;
  /** Artifacts whose bytes are not what their name says. */
  readonly damaged: ReadonlySet<Digest>;
  /** Variables that commands see, where the stage declares no others. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lays inputs out in the opposite order: where a file system lists the newest first, a folder is listed so. */
  readonly reversed?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** One recorded step, with its settings in the pipeline as it stands. */
export interface Recorded {
  readonly step: Step;
  readonly trace: Trace;
}

interface Difference {
  /** A role of the outs, or `key`, or `evidence NAME`. */
  readonly role: string;
  readonly recorded: string;
  readonly now: string;
  /** The first place, and what stands there. */
  readonly first: string;
}

export type AuditVerdict =
  /** `by` is the weakest comparison that was needed. */
  | { readonly type: 'same'; readonly by: Comparison['type'] }
  | { readonly type: 'differs'; readonly differences: readonly Difference[] }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'skipped'; readonly because: string };

let orders = 0;

/** Executes one step again. Rejects with Fault `store` where the store cannot be read. */
export async function auditStep(site: AuditSite, { step, trace }: Recorded): Promise<AuditVerdict> {
  const key = keyOf(trace.parts);
  if (key !== trace.key)
    return {
      type: 'differs',
      differences: [{ role: 'key', recorded: trace.key, now: key, first: doctored }],
    };
  const because = whyNot(site, step, trace);
  if (because !== undefined) return { type: 'skipped', because };
  const order = orderFor(site, step, trace);
  try {
    const outcome = await site.executor.execute(order, site.signal);
    if (outcome.type === 'failed') return { type: 'failed', message: outcome.message };
    return compare(site, { step, trace }, outcome);
  } finally {
    rmSync(order.folder, { recursive: true, force: true });
  }
}

const doctored = 'the record was changed: its key is not that of its parts';

/** Why a step cannot be executed again from the store; undefined where it can. */
function whyNot({ store, damaged }: AuditSite, step: Step, trace: Trace): string | undefined {
  const { parts } = trace;
  if (step.stage.stochastic) return 'it is declared stochastic';
  const isCommand = step.stage.computation.type === 'command';
  if (isCommand && !knowsCommand(store, step, trace))
    return 'its command is another one now, and its words were not kept';
  for (const [role, input] of Object.entries(step.inputs))
    if (input.type === 'source' && !input.pin)
      return `its input ${role} is not pinned: its bytes are not kept`;
  const needed = [
    ...(isCommand ? [] : [['its code', parts.code] as const]),
    ...Object.entries(parts.inputs).flatMap(([role, input]) =>
      (typeof input === 'string' ? [input] : input.map(([, digest]) => digest)).map(
        (digest) => [`its input ${role}`, digest] as const,
      ),
    ),
  ];
  for (const [what, digest] of needed) {
    if (damaged.has(digest)) return `${what} is damaged (${shortDigest(digest)})`;
    if (!store.artifacts.has(digest)) return `${what} is gone (${shortDigest(digest)})`;
  }
  return undefined;
}

/** Bundles are laid out anew from the store: a file that lies about is not trusted. */
function orderFor(site: AuditSite, step: Step, trace: Trace): Order {
  const { root, store, folder, environment } = site;
  const shop = { root, store, contents: store.artifacts, bundles: join(folder, 'bundles') };
  const recorded = recordedStep(store, step, trace);
  const number = (orders += 1).toString(36);
  const order = orderOf(shop, {
    ...recorded,
    attempt: `audit.${number}`,
    parts: trace.parts,
    folder: join(folder, number),
  });
  const { work } = order;
  if (work.type !== 'command') return order;
  const inputs = site.reversed === true ? reversed(order.inputs) : order.inputs;
  return { ...order, inputs, work: { ...work, env: { ...environment, ...work.env } } };
}

function reversed(inputs: Order['inputs']): Order['inputs'] {
  const turned = Object.entries(inputs).map(([role, input]) => {
    if (input.type === 'folder') return [role, { ...input, entries: input.entries.toReversed() }] as const;
    if (input.type === 'gather') return [role, { ...input, members: input.members.toReversed() }] as const;
    return [role, input] as const;
  });
  return Object.fromEntries(turned.toReversed());
}

function compare(
  site: AuditSite,
  { step, trace }: Recorded,
  outcome: Extract<Outcome, { type: 'done' }>,
): AuditVerdict {
  const fresh = new Map<Digest, Uint8Array>();
  const read: ReadBytes = (digest) =>
    fresh.get(digest) ?? (site.store.artifacts.has(digest) ? site.store.artifacts.read(digest) : undefined);
  const differences: Difference[] = evidenceDifferences(step, trace, outcome);
  let by: Comparison['type'] = 'bytes';
  for (const [role, recorded] of Object.entries(trace.outs)) {
    const out = outcome.outs[role];
    const now = out === undefined ? undefined : keepOut(out, fresh);
    if (now === recorded.digest) continue;
    const comparison = step.stage.outs[role]?.compare ?? { type: 'bytes' };
    if (now !== undefined && site.agree(comparison, recorded, { ...recorded, digest: now }, read)) {
      if (by !== 'tolerance') by = comparison.type;
      continue;
    }
    const first = now === undefined ? 'it did not come out' : firstPlace(recorded, now, read);
    differences.push({ role, recorded: recorded.digest, now: now ?? 'nothing', first });
  }
  return differences.length > 0 ? { type: 'differs', differences } : { type: 'same', by };
}

function firstPlace(recorded: ArtifactReference, now: Digest, read: ReadBytes): string {
  const [a, b] = [read(recorded.digest), read(now)];
  if (a === undefined || b === undefined) return 'the recorded bytes are gone';
  return recorded.kind.startsWith('folder/')
    ? firstDifferenceInFolder(a, b, read)
    : firstDifference(a, b, recorded.extension);
}

/** What a stage without effects reports of itself is a result like its outs. */
function evidenceDifferences(
  step: Step,
  trace: Trace,
  { evidence }: Extract<Outcome, { type: 'done' }>,
): Difference[] {
  if (step.stage.computation.type === 'command' || step.stage.effects.length > 0) return [];
  const names = new Set([...Object.keys(trace.evidence), ...Object.keys(evidence)]);
  return [...names].flatMap((name) => {
    const [recorded, now] = [spell(trace.evidence[name]), spell(evidence[name])];
    return recorded === now
      ? []
      : [{ role: `evidence ${name}`, recorded, now, first: `${recorded} → ${now}` }];
  });
}

function spell(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : canonicalJson(value);
}

/** The digest of an out; its bytes are kept for comparison. */
function keepOut(out: Out, fresh: Map<Digest, Uint8Array>): Digest {
  const keep = (bytes: Uint8Array): Digest => {
    const digest = digestOf(bytes);
    fresh.set(digest, bytes);
    return digest;
  };
  if (out.type === 'bytes') return keep(out.bytes);
  if (out.type === 'file') return keep(readFileSync(out.path));
  const entries = out.entries.map(({ path, executable, content }) => ({
    path,
    executable,
    digest: keepOut(content, fresh),
  }));
  return keep(new TextEncoder().encode(folderManifest(entries)));
}
