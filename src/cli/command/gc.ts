/** `colophon gc`: removes what nothing needs any more. */
import type { Digest } from '../../base/digest.ts';
import { byteSize, counted } from '../../base/text.ts';
import { outlook } from '../../engine/outlook.ts';
import { probe } from '../../executors/probe.ts';
import { collectGarbage } from '../../../store/local.ts';
import { readLock } from '../lockfile.ts';
import { openLocalSite, parseSite, type Project, type ProjectFlags } from '../project.ts';
import { print } from '../reading.ts';
import { machineVersions } from '../tool.ts';

export interface GcFlags extends ProjectFlags {
  readonly dryRun?: boolean;
  /** How many of the newest complete runs keep their traces. */
  readonly keepRuns?: string;
}

export async function gcCommand(flags: GcFlags): Promise<void> {
  const site = openLocalSite(flags);
  try {
    const keys = new Set<Digest>();
    const artifacts = new Set<Digest>();
    for (const profile of ['default', ...(await profileNames(site, flags))]) {
      const project = await parseSite(site, {
        ...flags,
        profile: profile === 'default' ? undefined : profile,
      });
      await addRoots(project, keys);
    }
    for (const profile of Object.values(readLock(site.root).profiles))
      for (const { key } of Object.values(profile)) keys.add(key);
    const runs = Number(flags.keepRuns ?? 5);
    const report = await collectGarbage(
      site.store,
      { keys, artifacts, runs },
      { dryRun: flags.dryRun ?? false },
    );
    const verb = flags.dryRun ? 'would remove' : 'removed';
    print(
      `${verb} ${counted(report.traces, 'trace')}, ${counted(report.artifacts, 'artifact')}, ${counted(report.files, 'file')}: ${byteSize(report.bytes)}`,
    );
  } finally {
    await site.store.close();
  }
}

async function profileNames(site: { readonly text: string }, _: GcFlags): Promise<string[]> {
  const { parse } = await import('yaml');
  const profiles = (parse(site.text) as { profiles?: Record<string, unknown> }).profiles ?? {};
  return Object.keys(profiles);
}

/** The newest trace of every step, and what the plan finds. */
async function addRoots({ context, pipeline }: Project, keys: Set<Digest>): Promise<void> {
  const seen = await outlook(context, pipeline, {
    targets: [],
    force: false,
    probe,
    versions: machineVersions(),
  });
  for (const { step, verdict } of seen.plan.steps) {
    if (verdict.type === 'hit') keys.add(verdict.key);
    const newest = context.store.traces.newest(step.id);
    if (newest !== undefined) keys.add(newest.key);
  }
}
