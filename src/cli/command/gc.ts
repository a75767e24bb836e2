/** `colophon gc`: removes what nothing needs any more. */
import type { Digest } from '../../base/digest.ts';
import { byteSize, counted } from '../../base/text.ts';
import { profileNames } from '../../config/profiles.ts';
import { outlook } from '../../engine/outlook.ts';
import { probe } from '../../executors/probe.ts';
import type { GarbageReport } from '../../model/store.ts';
import { readLock } from '../lockfile.ts';
import { wholeNumber } from '../numbers.ts';
import { print, printJson } from '../output.ts';
import { withPlacesFrom } from '../problems.ts';
import { type Project, parseSite } from '../project.ts';
import { type LocalSite, type ProjectFlags, openLocalSite } from '../site.ts';
import { machineVersions } from '../tool.ts';

export interface GcFlags extends ProjectFlags {
  readonly dryRun?: boolean;
  /** How many of the newest complete runs keep their traces. */
  readonly keepRuns?: string;
  readonly json?: boolean;
}

export async function gcCommand(flags: GcFlags): Promise<void> {
  const runs = wholeNumber('--keep-runs', flags.keepRuns, 0) ?? 5;
  const site = openLocalSite(flags);
  try {
    const keys = await rootKeys(site, flags);
    const { dryRun = false } = flags;
    const report = await site.store.collectGarbage({ keys, artifacts: new Set(), runs }, { dryRun });
    if (flags.json) printJson({ dryRun, ...report });
    else print(reportLine(report, dryRun));
  } finally {
    await site.store.close();
  }
}

/** What the pipeline in every profile needs, and what the lock expects. */
async function rootKeys(site: LocalSite, flags: GcFlags): Promise<Set<Digest>> {
  const keys = new Set<Digest>();
  for (const profile of [undefined, ...profileNames(site.text)])
    await addKeys(await parseSite(site, { ...flags, profile }), keys);
  for (const profile of Object.values(readLock(site.root).profiles))
    for (const { key } of Object.values(profile)) keys.add(key);
  return keys;
}

/** The newest trace of every step, and what the plan finds. */
async function addKeys({ context, pipeline }: Project, keys: Set<Digest>): Promise<void> {
  const options = { targets: [], force: false, probe, versions: machineVersions() };
  const seen = await withPlacesFrom(context.root, () => outlook(context, pipeline, options));
  for (const { step, verdict } of seen.plan.steps) {
    if (verdict.type === 'hit') keys.add(verdict.key);
    const newest = context.store.traces.newest(step.id);
    if (newest !== undefined) keys.add(newest.key);
  }
}

function reportLine({ traces, artifacts, files, bytes }: GarbageReport, dryRun: boolean): string {
  if (traces + artifacts + files === 0) return 'nothing to remove: every trace and artifact is needed';
  const what = [counted(traces, 'trace'), counted(artifacts, 'artifact'), counted(files, 'file')];
  return `${dryRun ? 'would remove' : 'removed'} ${what.join(', ')}: ${byteSize(bytes)}`;
}
