/** What commands that only read begin with: the project, its plan, the store untouched. */
import { type Outlook, outlook } from '../engine/outlook.ts';
import { probe } from '../executors/probe.ts';
import { stageOf } from '../model/case.ts';
import type { Trace } from '../model/trace.ts';
import type { FindOuts } from '../provenance/claims.ts';
import { type FindTrust, trustIn } from '../provenance/trust.ts';
import { withPlacesFrom } from './problems.ts';
import { type Project, openProject } from './project.ts';
import type { ProjectFlags } from './site.ts';
import { machineVersions } from './tool.ts';

export interface Reading extends Project {
  readonly seen: Outlook;
}

/** Plans the targets, hands the plan over, and closes the store whatever happens. */
export async function withPlan<T>(
  flags: ProjectFlags & { readonly force?: boolean },
  targets: readonly string[],
  use: (reading: Reading) => Promise<T> | T,
): Promise<T> {
  const project = await openProject(flags, 'read');
  const { context, pipeline } = project;
  try {
    return await withPlacesFrom(context.root, async () => {
      const options = { targets, force: flags.force ?? false, probe, versions: machineVersions() };
      return use({ ...project, seen: await outlook(context, pipeline, options) });
    });
  } finally {
    await context.store.close();
  }
}

interface FoundTrace {
  readonly trace: Trace;
  /** Whether it is the plan's own. */
  readonly current: boolean;
}

/** The execution that stands for a step: the plan's own, or the newest one, which may be stale. */
export function traceFinder({ context, seen }: Reading): (step: string) => FoundTrace | undefined {
  const hits = new Map(
    seen.plan.steps.flatMap(({ step, verdict }) =>
      verdict.type === 'hit' ? [[step.id, verdict.trace]] : [],
    ),
  );
  const steps = new Set(seen.allSteps().map(({ id }) => id));
  const waiting = new Set(seen.waiting().map(({ stage }) => stage));
  return (step) => {
    const hit = hits.get(step);
    if (hit !== undefined) return { trace: hit, current: true };
    // A step of another profile says nothing of this one; steps that are to come from items are not known yet.
    if (!steps.has(step) && !waiting.has(stageOf(step))) return undefined;
    const trace = context.store.traces.newest(step);
    return trace && { trace, current: false };
  };
}

/** The trust of each step's execution that stands for it. */
export function trustFinder(reading: Reading): FindTrust {
  const find = traceFinder(reading);
  const steps = reading.seen.allSteps();
  return trustIn({ store: reading.context.store, steps, find: (step) => find(step)?.trace });
}

/** The outs of a step, as claims ask for them. */
export function outsFinder(reading: Reading): FindOuts {
  const find = traceFinder(reading);
  return (step) => {
    const found = find(step);
    return found && { outs: found.trace.outs, current: found.current };
  };
}
