/** Executes recorded steps again under one variation, each in a fresh process, and tells what came of it. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandExecutor } from '../../executors/command.ts';
import { dispatch } from '../../executors/dispatch.ts';
import { workerExecutor } from '../../executors/worker.ts';
import { agreeBy } from '../../../store/compare.ts';
import type { AuditSite, AuditVerdict, Recorded } from '../../provenance/audit.ts';
import { type StoreAudit, auditSteps } from '../../provenance/audit-all.ts';
import type { Project } from '../project.ts';
import { storeFolder } from '../site.ts';
import { distFile } from '../tool.ts';
import { type Variation, listingFolder } from './variations.ts';

export interface Repetition {
  readonly project: Project;
  readonly bytes: StoreAudit;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** Tells each verdict as it is known; gives the steps that were not reached, or did not fit into the time. */
export async function repeat(
  { project, bytes, jobs, signal }: Repetition,
  recorded: readonly Recorded[],
  variation: Variation,
  tell: (recorded: Recorded, verdict: AuditVerdict) => void,
  fits: (recorded: Recorded) => boolean = () => true,
): Promise<readonly Recorded[]> {
  const { root, store } = project.context;
  const { environment, reversed, node } = variation;
  const own = join(storeFolder(root), 'scratch', `audit-${process.pid}`);
  const folder = reversed ? listingFolder() : own;
  mkdirSync(folder, { recursive: true });
  const workers = Math.max(1, jobs + variation.jobs);
  const places = { entry: distFile('worker.js'), folder: storeFolder(root), root, environment, node };
  const executor = dispatch({
    bundle: workerExecutor({ ...places, workers, steps: 1 }),
    command: commandExecutor(),
  });
  const damaged = new Set(bytes.damaged.map(({ digest }) => digest));
  const site: AuditSite = {
    ...{ root, store, folder, executor, damaged, environment, reversed, signal },
    agree: agreeBy,
  };
  try {
    return await auditSteps(site, recorded.filter(variation.concerns), workers, tell, fits);
  } finally {
    await executor.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
