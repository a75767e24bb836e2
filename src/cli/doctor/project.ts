/** Looks at the project: the pipeline file, what it names, the lock. */
import { counted } from '../../base/text.ts';
import { Fault, formatProblem } from '../../model/fault.ts';
import { exits } from '../exit.ts';
import { readLock } from '../lockfile.ts';
import { openProject } from '../project.ts';
import { withPlacesFrom } from '../problems.ts';
import type { ProjectFlags } from '../site.ts';
import type { Check } from './check.ts';

/** The pipeline file and all that it names. */
export async function pipelineCheck(flags: ProjectFlags, file: string): Promise<Check> {
  try {
    const says = await describePipeline(flags);
    return { name: file, status: 'fine', says: [says], exit: exits.ok };
  } catch (error) {
    return refusal(file, error);
  }
}

async function describePipeline(flags: ProjectFlags): Promise<string> {
  const { pipeline, context } = await openProject(flags, 'read');
  try {
    const { problemsOf } = await import('../../engine/problems.ts');
    await withPlacesFrom(context.root, async () => {
      const problems = await problemsOf(context, pipeline);
      if (problems.length > 0) throw new Fault('usage', problems);
    });
    return `${counted(pipeline.stages.length, 'stage')}, ${counted(pipeline.claims.length, 'claim')}`;
  } finally {
    await context.store.close();
  }
}

/** The lock beside the pipeline. */
export function lockCheck(root: string): Check {
  try {
    const { profiles } = readLock(root);
    const held = Object.entries(profiles).map(
      ([name, steps]) => `${counted(Object.keys(steps).length, 'step')} of profile ${name}`,
    );
    const says = held.length === 0 ? ['none; `colophon lock` writes one'] : held;
    return { name: 'pipeline.lock', status: 'fine', says, exit: exits.ok };
  } catch (error) {
    return refusal('pipeline.lock', error);
  }
}

/** A Fault as what is wrong; any other error is ours and goes on. */
function refusal(name: string, error: unknown): Check {
  if (!(error instanceof Fault)) throw error;
  const says = error.problems.map(formatProblem);
  return { name, status: 'wrong', says, exit: exits[error.kind] };
}
