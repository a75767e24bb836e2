/** Audits a store: its bytes, what it published, then as many of the recorded steps as a time budget allows. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit } from '../base/canonical.ts';
import { type Digest, digestOf, digestOfValue } from '../base/digest.ts';
import { randomStream } from '../base/random.ts';
import type { AuditRecord } from '../model/audit.ts';
import type { PublishedPath, Store } from '../model/store.ts';
import { type AuditSite, type AuditVerdict, type Recorded, auditStep } from './audit.ts';

interface DamagedArtifact {
  readonly digest: Digest;
  readonly status: 'damaged' | 'absent';
  /** `step.role` of every record that names it as an out. */
  readonly outs: readonly string[];
}

export interface StoreAudit {
  readonly artifacts: number;
  readonly damaged: readonly DamagedArtifact[];
}

/** Hashes every artifact again. */
export async function auditStore(store: Store): Promise<StoreAudit> {
  const damaged: DamagedArtifact[] = [];
  let artifacts = 0;
  for await (const { digest, status } of store.artifacts.verify()) {
    artifacts += 1;
    if (status !== 'sound') damaged.push({ digest, status, outs: outsNaming(store, digest) });
  }
  return { artifacts, damaged };
}

function outsNaming(store: Store, digest: Digest): string[] {
  const names = store.traces
    .producing(digest)
    .flatMap(({ step, outs }) =>
      Object.keys(outs).flatMap((role) => (outs[role]?.digest === digest ? [`${step}.${role}`] : [])),
    );
  return [...new Set(names)];
}

/** What starting a process of its own costs a step, in milliseconds. */
const startCost = 150;

/** What repeating a step should take (ms), by its recorded cost. */
export const priceOf = ({ trace }: Recorded): number => trace.cost.wall + startCost;

interface Sample {
  readonly chosen: readonly Recorded[];
  readonly left: readonly Recorded[];
}

/**
 * Those of the steps that `budget` milliseconds hold with `jobs` at once, by recorded cost: they are gone through in an
 * order that `seed` alone decides, and each that still fits is taken. They stay in that order, so that what is reached
 * of them on a slower machine is a random sample too; only without a limit do the costliest come first.
 */
export function sampleWithin(
  recorded: readonly Recorded[],
  budget: number,
  jobs: number,
  seed: string,
): Sample {
  let left = budget * jobs;
  const drawn = shuffled(recorded, seed).map((each) => {
    const fits = priceOf(each) <= Math.min(left, budget);
    if (fits) left -= priceOf(each);
    return { each, fits };
  });
  const those = (wanted: boolean) => drawn.filter(({ fits }) => fits === wanted).map(({ each }) => each);
  const chosen = those(true);
  if (budget === Infinity) chosen.sort((a, b) => priceOf(b) - priceOf(a));
  return { chosen, left: those(false) };
}

/** The items in an order drawn from a seed (Fisher and Yates), whatever order they came in. */
function shuffled(recorded: readonly Recorded[], seed: string): Recorded[] {
  const list = [...recorded].sort((a, b) => byCodeUnit(a.step.id, b.step.id));
  const stream = randomStream(digestOfValue(['audit', seed]));
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(stream.uniform() * (i + 1));
    [list[i], list[j]] = [list[j] as Recorded, list[i] as Recorded];
  }
  return list;
}

/**
 * Audits each of the steps, `jobs` at once, and tells each verdict as it is known. Begins no step that `fits` refuses
 * when its turn comes, and none once the site's signal is aborted; a step that the signal cut short is not told. Gives
 * the steps not told.
 */
export async function auditSteps(
  site: AuditSite,
  recorded: readonly Recorded[],
  jobs: number,
  tell: (recorded: Recorded, verdict: AuditVerdict) => void,
  fits: (recorded: Recorded) => boolean,
): Promise<readonly Recorded[]> {
  const open = new Set(recorded);
  const queue = recorded.values();
  const work = async () => {
    for (const each of queue) {
      if (site.signal.aborted) return;
      if (!fits(each)) continue;
      const verdict = await auditStep(site, each);
      if (site.signal.aborted) return;
      open.delete(each);
      tell(each, verdict);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return [...open];
}

/** A verdict as it is kept in the store; undefined where the step was not executed. */
export function auditRecord(
  { trace }: Recorded,
  verdict: AuditVerdict,
  told: Pick<AuditRecord, 'variation' | 'machine' | 'at'>,
): AuditRecord | undefined {
  const { key, attempt } = trace;
  switch (verdict.type) {
    case 'skipped':
      return undefined;
    case 'same':
      return { key, attempt, verdict: 'same', by: verdict.by, says: '', ...told };
    case 'failed':
      return { key, attempt, verdict: 'failed', by: 'bytes', says: verdict.message, ...told };
    case 'differs': {
      const says = verdict.differences.map(({ role, first }) => `${role}: ${first}`).join('; ');
      return { key, attempt, verdict: 'differs', by: 'bytes', says, ...told };
    }
  }
}

export interface PublishedAudit {
  readonly path: string;
  readonly step: string;
  readonly status: 'same' | 'edited' | 'absent';
}

/** Hashes what was published again, where it lies in the project. */
export function auditPublished(root: string, published: readonly PublishedPath[]): PublishedAudit[] {
  return published.map(({ path, step, digest }) => {
    const absolute = join(root, path);
    if (!existsSync(absolute)) return { path, step, status: 'absent' };
    return { path, step, status: digestOf(readFileSync(absolute)) === digest ? 'same' : 'edited' };
  });
}
