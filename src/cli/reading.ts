/** What commands that only read begin with: the project, its plan, the store untouched. */
import { type Outlook, outlook } from '../engine/outlook.ts';
import { probe } from '../executors/probe.ts';
import type { FindOuts } from '../provenance/claims.ts';
import { type Project, type ProjectFlags, openProject } from './project.ts';
import { machineVersions } from './tool.ts';
import { type Style, styleFor } from './view/style.ts';

export interface Reading extends Project {
  readonly seen: Outlook;
}

/** Plans the targets, hands the plan over, and closes the store whatever happens. */
export async function withPlan<T>(
  flags: ProjectFlags,
  targets: readonly string[],
  use: (reading: Reading) => Promise<T> | T,
): Promise<T> {
  const project = await openProject(flags, 'read');
  try {
    const options = { targets, force: false, probe, versions: machineVersions() };
    const seen = await outlook(project.context, project.pipeline, options);
    return await use({ ...project, seen });
  } finally {
    await project.context.store.close();
  }
}

/** The outs of a step: those of the plan's own trace, or of the newest one, which may be stale. */
export function outsFinder({ context, seen }: Reading): FindOuts {
  const hits = new Map(
    seen.plan.steps.flatMap(({ step, verdict }) =>
      verdict.type === 'hit' ? [[step.id, verdict.trace]] : [],
    ),
  );
  return (step) => {
    const trace = hits.get(step);
    if (trace !== undefined) return { outs: trace.outs, current: true };
    const older = context.store.traces.newest(step);
    return older && { outs: older.outs, current: false };
  };
}

export const stdoutStyle = (): Style => styleFor(process.stdout, process.env);

/** Writes lines to stdout. */
export function print(lines: readonly string[] | string): void {
  const text = typeof lines === 'string' ? lines : lines.join('\n');
  process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
}

/** `2026-11-22 01:15:26` in UTC, the same in every locale. */
export function formatTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
