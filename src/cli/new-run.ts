/** The beginning of a run, as the store keeps it. */
import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Pipeline } from '../model/pipeline.ts';
import type { RunStart } from '../model/run.ts';
import { machineVersions, version } from './tool.ts';

/** A run that begins now (ms since 1970), by this very command line. */
export function newRun(
  pipeline: Pick<Pipeline, 'name' | 'profile'>,
  targets: readonly string[],
  at: number,
): RunStart {
  return {
    id: newRunId(new Date(at)),
    at,
    pipeline: pipeline.name,
    profile: pipeline.profile,
    command: process.argv.slice(2),
    targets,
    machine: { ...machineVersions(), colophon: version, ...userNow() },
  };
}

/** Who runs it, as the machine knows them; nothing where it does not (a container without a user list). */
function userNow(): { readonly user?: string } {
  try {
    return { user: userInfo().username };
  } catch {
    return {};
  }
}

/** A name that sorts by time: `20261122T011526-76e651`. */
function newRunId(now: Date): string {
  return `${now.toISOString().replace(/[-:]|\.\d+Z/g, '')}-${randomBytes(3).toString('hex')}`;
}
