/** `colophon run`: brings targets up to date, publishes, compares with the lock, judges the claims. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { LockDifference } from '../../engine/lock.ts';
import type { RunResult } from '../../engine/run.ts';
import { commandExecutor } from '../../executors/command.ts';
import { dispatch } from '../../executors/dispatch.ts';
import { workerExecutor } from '../../executors/worker.ts';
import { Fault } from '../../model/fault.ts';
import type { Judgement } from '../../model/claim.ts';
import type { RunEvent } from '../../model/event.ts';
import type { Executor } from '../../model/executor.ts';
import { judgeClaims } from '../../provenance/claims.ts';
import { type ExitCode, exits, worst } from '../exit.ts';
import { lockDifferences, readLock } from '../lockfile.ts';
import { type Project, type ProjectFlags, type Site, openSite, parseSite } from '../project.ts';
import { type Settled, recallSettled, rememberSettled } from '../settled.ts';
import { type Session, leadRun, newRun } from '../session.ts';
import { claimLine, claimsLine, countLine, lockLines } from '../summary.ts';
import { distFile } from '../tool.ts';
import { type Reporter, reporter } from '../view/reporter.ts';
import { styleFor } from '../view/style.ts';

export interface RunFlags extends ProjectFlags {
  readonly jobs?: string;
  readonly dryRun?: boolean;
  readonly keepGoing?: boolean;
  readonly force?: boolean;
  readonly singleItem?: boolean;
  readonly locked?: boolean;
  readonly restore?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Runs and reports; the exit code says how it went. */
export async function runCommand(targets: readonly string[], flags: RunFlags): Promise<void> {
  if (flags.dryRun === true) return (await import('./plan.ts')).planCommand(targets, flags);
  const jobs = readJobs(flags.jobs);
  const site = openSite(flags);
  const settled =
    flags.force || flags.json || flags.verbose ? undefined : recallSettled(site, flags, targets);
  if (settled !== undefined) return sayNothingToDo(site, settled, targets, flags);
  const project = await parseSite(site, flags);
  const executor = executorFor(project, jobs);
  const view = reporter({ detail: detailOf(flags), json: flags.json ?? false, jobs, now: Date.now });
  try {
    const judged: Judged = { differences: [], judgements: [] };
    const { force = false, keepGoing = false, restore = false, singleItem: single = false } = flags;
    const options = { targets, jobs, force, keepGoing, restore, single };
    const stopped = (times: number) => view.say(stopText(times));
    const session = await leadRun(project, executor, options, view.hear, stopped, judgeRun(project, judged));
    view.close();
    if (flags.quiet !== true && flags.json !== true) sayEnd(project, session, judged, flags, view);
    rememberSettled(site, project, flags, targets, session.result, judged);
    process.exitCode = exitOf(session.signal, session.result, judged, flags);
  } finally {
    view.close();
    await executor.close();
    await site.store.close();
  }
}

const detailOf = (flags: RunFlags) => (flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal');

/** A run that finds everything as it was left: recorded like any other, said in a line. */
async function sayNothingToDo(
  site: Site,
  settled: Settled,
  targets: readonly string[],
  flags: RunFlags,
): Promise<void> {
  const { pipeline, profile, steps, judgements, differences } = settled;
  const start = newRun({ name: pipeline, profile }, targets, Date.now());
  const counts = { hits: steps, executed: 0, failed: 0, skipped: 0 };
  await site.store.runs.start(start);
  await site.store.runs.finish(start.id, 'complete', counts, Date.now());
  await site.store.close();
  const style = styleFor(process.stderr, process.env);
  const lines = [...lockLines(differences, flags.locked === true, style)];
  if (judgements.length > 0) lines.push(claimsLine(judgements, style));
  lines.push(countLine(counts, 0, Date.now() - start.at, style));
  if (flags.quiet !== true) process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = worst(standingCodes({ judgements, differences }, flags));
}

/** How many steps at once. Throws Fault `usage` for what is no positive whole number. */
export function readJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs > 0) return jobs;
  throw new Fault('usage', `--jobs takes a positive whole number, found "${text}"`);
}

export function executorFor(project: Project, workers: number): Executor {
  const { root } = project.context;
  const folder = join(root, '.colophon');
  return dispatch({
    bundle: workerExecutor({ workers, entry: distFile('worker.js'), folder, root }),
    command: commandExecutor(),
  });
}

function stopText(times: number): string {
  if (times === 1) return 'stopping: running steps may end (again to kill them; what is done is kept)';
  return times === 2 ? 'killing the running steps' : 'leaving';
}

interface Standing {
  readonly differences: readonly LockDifference[];
  readonly judgements: readonly Judgement[];
}

interface Judged extends Standing {
  differences: LockDifference[];
  judgements: Judgement[];
}

/** Compares with the lock and judges the claims, and says both as events. */
function judgeRun(project: Project, judged: Judged) {
  return async (result: RunResult, emit: (event: RunEvent) => void): Promise<void> => {
    const { pipeline, context } = project;
    const { done } = result.tally;
    judged.differences = lockDifferences(
      readLock(context.root).profiles[pipeline.profile],
      result.outlook.allSteps(),
      done,
    );
    for (const difference of judged.differences) emit({ type: 'lock', ...difference });
    const wanted = claimedSteps(result);
    judged.judgements = judgeClaims(pipeline, context.store, (step) => {
      const current = done.get(step);
      const older = current === undefined ? context.store.traces.newest(step) : undefined;
      return current ? { outs: current.outs, current: true } : older && { outs: older.outs, current: false };
    }).filter(({ step }) => step === undefined || wanted.has(step));
    for (const judgement of judged.judgements) emit({ type: 'judged', judgement });
  };
}

/** Steps of the run's targets: their claims count. */
function claimedSteps({ outlook }: RunResult): ReadonlySet<string> {
  return new Set(
    outlook
      .allSteps()
      .filter(({ id }) => outlook.selection.wanted.has(id) || outlook.selection.named.size === 0)
      .map(({ id }) => id),
  );
}

function sayEnd(
  project: Project,
  { result, start }: Session,
  judged: Judged,
  flags: RunFlags,
  view: Reporter,
): void {
  const style = styleFor(process.stderr, process.env);
  const { tally, outlook } = result;
  for (const line of lockLines(judged.differences, flags.locked === true, style)) view.say(line);
  const claims = new Map(project.pipeline.claims.map((claim) => [claim.id, claim]));
  for (const judgement of judged.judgements) {
    const claim = claims.get(judgement.claim);
    if (
      claim !== undefined &&
      (judgement.status === 'fails' || judgement.status === 'broken' || flags.verbose)
    )
      view.say(claimLine(claim, judgement, style));
  }
  if (judged.judgements.length > 0) view.say(claimsLine(judged.judgements, style));
  const waiting = outlook.waiting().length;
  view.say(countLine(tally, tally.open, Date.now() - start.at, style));
  if (waiting > 0) view.say(style.dim(`  ${waiting} stages wait for items that were not made`));
}

function exitOf(signal: Session['signal'], result: RunResult, judged: Standing, flags: RunFlags): ExitCode {
  const codes = standingCodes(judged, flags);
  if (signal === 'SIGINT') codes.push(exits.interrupted);
  if (signal === 'SIGTERM') codes.push(exits.terminated);
  if (result.tally.failed > 0 || result.edited > 0) codes.push(exits.failed);
  if (result.conflicts > 0) codes.push(exits.bytes);
  return worst(codes);
}

/** What the claims and the lock lead to, whatever was executed. */
function standingCodes({ judgements, differences }: Standing, flags: RunFlags): ExitCode[] {
  const codes: ExitCode[] = [];
  if (judgements.some(({ status }) => status === 'fails' || status === 'broken')) codes.push(exits.failed);
  if (differences.some(({ status }) => flags.locked === true || status === 'irreproducible'))
    codes.push(exits.bytes);
  return codes;
}
