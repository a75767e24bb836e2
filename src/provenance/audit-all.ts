/** Audits a store: its bytes, then as many of the recorded steps as a time budget allows. */
import { type Digest } from '../base/digest.ts';
import type { Store } from '../model/store.ts';
import { type AuditSite, type AuditVerdict, type Recorded, auditStep } from './audit.ts';

export interface DamagedArtifact {
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

export interface Sample {
  readonly chosen: readonly Recorded[];
  readonly left: readonly Recorded[];
}

/** The cheapest steps first, by recorded cost, as many as `budget` milliseconds hold with `jobs` at once. */
export function sampleWithin(recorded: readonly Recorded[], budget: number, jobs: number): Sample {
  const price = ({ trace }: Recorded) => trace.cost.wall + startCost;
  const sorted = [...recorded].sort((a, b) => price(a) - price(b));
  let left = budget * jobs;
  const end = sorted.findIndex((each) => (left -= price(each)) < 0);
  return end < 0 ? { chosen: sorted, left: [] } : { chosen: sorted.slice(0, end), left: sorted.slice(end) };
}

/** Audits each of the steps, `jobs` at once, and tells each verdict as it is known. */
export async function auditSteps(
  site: AuditSite,
  recorded: readonly Recorded[],
  jobs: number,
  tell: (recorded: Recorded, verdict: AuditVerdict) => void,
): Promise<void> {
  const queue = recorded.values();
  const work = async () => {
    for (const each of queue) {
      if (site.signal.aborted) return;
      tell(each, await auditStep(site, each));
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}
