/** What commands that only read begin with: the project, its plan, the store untouched. */
import { type Outlook, outlook } from '../engine/outlook.ts';
import { probe } from '../executors/probe.ts';
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
