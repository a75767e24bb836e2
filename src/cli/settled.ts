/** Remembers that everything was up to date, and sees by stats alone that it still is. */
import { join } from 'node:path';
import { inlineLimit } from '../../store/local.ts';
import { digestOfValue } from '../base/digest.ts';
import type { LockDifference } from '../engine/lock.ts';
import type { RunResult } from '../engine/run.ts';
import { type Stat, isSettled, lookAt, namesIn, statOf } from '../engine/stat.ts';
import { stillStands } from '../engine/witness.ts';
import type { Judgement } from '../model/claim.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import { type ProjectFlags, type Site, pipelineDigest } from './site.ts';

/** What a run with nothing to execute says. */
export interface Settled {
  readonly pipeline: string;
  readonly profile: string;
  readonly steps: number;
  readonly judgements: readonly Judgement[];
  readonly differences: readonly LockDifference[];
  /** The run that left everything up to date. */
  readonly run: string;
}

interface Remembered extends Settled {
  readonly epoch: number;
  readonly stats: Readonly<Record<string, Stat>>;
  readonly rootNames: string;
}

const memoName = 'settled';

const memoKey = (site: Site, flags: ProjectFlags, targets: readonly string[]) =>
  digestOfValue([pipelineDigest(site, flags), targets]);

/** What was remembered, where not one file has another stat and the store lost nothing since. */
export function recallSettled(
  site: Site,
  flags: ProjectFlags,
  targets: readonly string[],
): Settled | undefined {
  const text = site.store.memos.get(memoName, memoKey(site, flags, targets));
  if (text === undefined) return undefined;
  const memo = JSON.parse(text) as Remembered;
  const stands =
    memo.epoch === site.store.epoch() && memo.rootNames === namesIn(site.root) && stillStands(memo.stats);
  return stands ? memo : undefined;
}

/** Remembers a run after which all was up to date; nothing where a stat could not vouch for something. */
export function rememberSettled(
  site: Site,
  project: Project,
  flags: ProjectFlags,
  targets: readonly string[],
  { result, start }: Pick<Session, 'result' | 'start'>,
  said: Pick<Settled, 'judgements' | 'differences'>,
): void {
  const { tally, edited, conflicts, outlook } = result;
  const clean = tally.failed + tally.open + edited + conflicts === 0 && outlook.waiting().length === 0;
  const stats = clean ? allStats(site, project, result) : undefined;
  if (stats === undefined) return;
  const { name, profile } = project.pipeline;
  const epoch = site.store.epoch();
  const memo: Remembered = {
    pipeline: name,
    profile,
    steps: tally.done.size,
    ...said,
    run: start.id,
    epoch,
    stats,
    rootNames: namesIn(site.root),
  };
  site.store.memos.set(memoName, memoKey(site, flags, targets), JSON.stringify(memo));
}

/** Stats of what the plan looked at, of the lock, of what is published, and of the artifacts kept as files. */
function allStats(site: Site, project: Project, result: RunResult): Record<string, Stat> | undefined {
  const looked = project.context.witness.stats();
  if (looked === undefined) return undefined;
  const written = [
    join(site.root, 'pipeline.lock'),
    ...site.store.published.list(project.pipeline.profile).map(({ path }) => join(site.root, path)),
  ];
  const now = project.context.now();
  const stats: Record<string, Stat> = { ...looked };
  for (const path of written) {
    const found = lookAt(path);
    if (found !== undefined && !isSettled(found, now)) return undefined;
    stats[path] = statOf(path);
  }
  for (const path of objectFiles(site, result)) stats[path] = statOf(path);
  return stats;
}

function objectFiles({ store }: Site, { tally }: RunResult): string[] {
  return [...tally.done.values()].flatMap(({ outs }) =>
    Object.values(outs).flatMap(({ digest, size }) => {
      const content = size > inlineLimit ? store.artifacts.content(digest) : undefined;
      return content?.type === 'file' ? [content.path] : [];
    }),
  );
}
