/** `colophon lock`: writes what a complete run gave into pipeline.lock. */
import { counted, listed } from '../../base/text.ts';
import { Fault } from '../../model/fault.ts';
import type { LockedProfile, LockedStep } from '../../engine/lock.ts';
import { lockable, readLock, writeLock } from '../lockfile.ts';
import type { ProjectFlags } from '../site.ts';
import { print, printJson } from '../output.ts';
import { withPlan } from '../reading.ts';

/** Locks the targets (all steps where there are none). Throws Fault `usage` where one of them is not up to date. */
export async function lockCommand(
  targets: readonly string[],
  flags: ProjectFlags & { readonly json?: boolean },
): Promise<void> {
  await withPlan(flags, targets, ({ seen, pipeline, context }) => {
    const open = seen.plan.steps.filter(({ verdict }) => verdict.type !== 'hit').map(({ step }) => step.id);
    if (open.length > 0)
      throw new Fault(
        'usage',
        `${counted(open.length, 'step')} not up to date (${listed(open, 4)}); \`colophon run\` first, then lock`,
      );
    const free = new Set(lockable(seen.allSteps()).map(({ id }) => id));
    const fresh: Record<string, LockedStep> = {};
    for (const { step, verdict } of seen.plan.steps) {
      if (verdict.type !== 'hit' || !free.has(step.id)) continue;
      const outs = Object.fromEntries(
        Object.entries(verdict.trace.outs).map(([role, { digest }]) => [role, digest]),
      );
      fresh[step.id] = { key: verdict.key, outs };
    }
    const lock = readLock(context.root);
    const before: LockedProfile = lock.profiles[pipeline.profile] ?? {};
    const kept = targets.length === 0 ? {} : before;
    writeLock(context.root, {
      ...lock,
      profiles: { ...lock.profiles, [pipeline.profile]: { ...kept, ...fresh } },
    });
    const changed = Object.keys(fresh).filter(
      (step) => JSON.stringify(before[step]) !== JSON.stringify(fresh[step]),
    );
    if (flags.json) return printJson({ profile: pipeline.profile, steps: fresh, changed });
    print(
      `pipeline.lock: ${counted(Object.keys(fresh).length, 'step')} of profile ${pipeline.profile}, ${changed.length} changed${changed.length > 0 ? `: ${listed(changed, 6)}` : ''}`,
    );
  });
}
