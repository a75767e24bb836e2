/** Executes a step under parts that no run may have had, from what the store holds, and keeps what comes out. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { orderOf } from '../engine/order.ts';
import type { Executor, Out } from '../model/executor.ts';
import type { ArtifactsByRole, Store } from '../model/store.ts';
import type { ArtifactReference } from '../model/trace.ts';
import type { Execute } from './recombine.ts';
import type { Recombined } from './world.ts';
import { knowsCommand, recordedStage } from './recorded.ts';

interface ExecuteSite {
  readonly root: string;
  readonly store: Store;
  /** A folder of this work alone. */
  readonly folder: string;
  readonly executor: Executor;
  readonly signal: AbortSignal;
  /** Told before each execution. */
  readonly tell: (step: string) => void;
}

/** An {@link Execute} that leaves no record: artifacts are kept until the next garbage collection. */
export function executeIn(site: ExecuteSite): Execute {
  let count = 0;
  return async (recombined) => {
    const { step, trace } = recombined;
    const { code } = trace.parts;
    const isKnown =
      step.stage.computation.type === 'command'
        ? knowsCommand(site.store, step, trace)
        : site.store.artifacts.has(code);
    if (!isKnown) return `the code of ${step.id} was not kept`;
    site.tell(step.id);
    const number = (count += 1).toString(36);
    const folder = join(site.folder, number);
    try {
      return await executeOnce(site, recombined, `recombined.${number}`, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

async function executeOnce(
  site: ExecuteSite,
  { step, trace, inputs }: Recombined,
  attempt: string,
  folder: string,
): Promise<ArtifactsByRole | string> {
  const { root, store, executor, signal } = site;
  const stage = recordedStage(store, step, trace);
  const sourceMap = trace.seen['sourceMap'] as Digest | undefined;
  const known = sourceMap !== undefined && store.artifacts.has(sourceMap) ? sourceMap : undefined;
  const order = orderOf(
    { root, store, contents: store.artifacts, bundles: join(site.folder, 'bundles') },
    { step: { ...step, stage }, parts: trace.parts, inputs, sourceMap: known, attempt, folder },
  );
  const outcome = await executor.execute(order, signal);
  if (outcome.type === 'failed') return `${step.id} failed: ${outcome.message}`;
  const outs: Record<string, ArtifactReference> = {};
  for (const [role, out] of Object.entries(outcome.outs)) outs[role] = await keep(store, step, role, out);
  return outs;
}

async function keep(
  store: Store,
  { signature }: Recombined['step'],
  role: string,
  out: Out,
): Promise<ArtifactReference> {
  const { name = 'file', version = 1, extension = '' } = signature.outs[role] ?? {};
  const digest =
    out.type === 'folder' ? await keepFolder(store, out.entries) : await store.artifacts.put(out);
  return { digest, size: store.artifacts.size(digest) ?? 0, kind: `${name}/${version}`, extension };
}

type Entries = Extract<Out, { type: 'folder' }>['entries'];

const keepFolder = (store: Store, entries: Entries) => store.artifacts.putFolder(entries);
