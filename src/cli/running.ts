/** A run that has something to look at: plans, executes, shows, judges, sums up. */
import { availableParallelism } from 'node:os';
import { byCodeUnit } from '../base/canonical.ts';
import type { RunResult } from '../engine/run.ts';
import type { Witness } from '../engine/witness.ts';
import { commandExecutor } from '../executors/command.ts';
import { dispatch } from '../executors/dispatch.ts';
import { workerExecutor } from '../executors/worker.ts';
import type { RunEvent } from '../model/event.ts';
import type { Executor } from '../model/executor.ts';
import { judgeClaims, stepsOfStages } from '../provenance/claims.ts';
import { ownSteps } from '../provenance/standing.ts';
import { type ExitCode, exits, worst } from './exit.ts';
import { lockDifferences, readLock } from './lockfile.ts';
import { withPlacesFrom } from './problems.ts';
import { type Project, inFileOrder, parseSite } from './project.ts';
import { type RunFlags, type Standing, standingCodes } from './run-flags.ts';
import { type Session, leadRun } from './session.ts';
import { rememberSettled } from './settled.ts';
import { type Site, storeFolder } from './site.ts';
import { type Ended, endLines } from './summary.ts';
import { distFile } from './tool.ts';
import { type Reporter, reporter } from './view/reporter.ts';
import { styleFor } from './view/style.ts';

/** What came of a run, for those who go on from it. */
export interface RanToEnd {
  readonly judgements: Standing['judgements'];
  readonly executed: number;
  /** The signal that stopped the run, if one did. */
  readonly signal: Session['signal'];
  /** What it rested on: see {@link Witness}. */
  readonly looked: ReturnType<Witness['looked']>;
}

/** Runs the targets at an open site, closes its store, sets the exit code. `jobs` defaults to the processors. */
export async function runToEnd(
  site: Site,
  targets: readonly string[],
  flags: RunFlags,
  jobs = availableParallelism(),
): Promise<RanToEnd> {
  try {
    const project = await parseSite(site, flags);
    return await withPlacesFrom(site.root, () => runProject(site, project, targets, flags, jobs));
  } finally {
    await site.store.close();
  }
}

async function runProject(
  site: Site,
  project: Project,
  targets: readonly string[],
  flags: RunFlags,
  jobs: number,
): Promise<RanToEnd> {
  const executor = executorFor(site.root, jobs);
  const view = viewOf(project, flags, jobs);
  try {
    const judged: Judged = { differences: [], judgements: [] };
    const published: string[] = [];
    const hear = (event: RunEvent) => {
      if (event.type === 'published' && event.change === 'written') published.push(event.path);
      view.hear(event);
    };
    const options = { targets, jobs, ...choicesOf(flags) };
    const stopped = (times: number) => view.say(stopText(times));
    const judge = judgeRun(project, targets, judged);
    const session = await leadRun(project, executor, options, hear, stopped, judge);
    view.close();
    if (flags.quiet !== true && flags.json !== true)
      sayEnd(project, session, { ...judged, published: published.sort(byCodeUnit) }, flags, view);
    rememberSettled(site, project, flags, targets, session, judged);
    process.exitCode = exitOf(session, judged, flags);
    const { signal, result } = session;
    const looked = project.context.witness.looked();
    return { judgements: judged.judgements, executed: result.tally.executed, signal, looked };
  } finally {
    view.close();
    await executor.close();
  }
}

const choicesOf = ({
  force = false,
  keepGoing = false,
  restore = false,
  singleItem: single = false,
}: RunFlags) => ({
  force,
  keepGoing,
  restore,
  single,
});

function viewOf({ pipeline }: Project, flags: RunFlags, jobs: number): Reporter {
  const detail = flags.quiet ? 'quiet' : flags.verbose ? 'verbose' : 'normal';
  return reporter({ detail, json: flags.json ?? false, jobs, stages: inFileOrder(pipeline), now: Date.now });
}

function executorFor(root: string, workers: number): Executor {
  const folder = storeFolder(root);
  return dispatch({
    bundle: workerExecutor({ workers, entry: distFile('worker.js'), folder, root }),
    command: commandExecutor(),
  });
}

function stopText(times: number): string {
  if (times === 1) return 'stopping: running steps may end (again to kill them; what is done is kept)';
  return times === 2 ? 'killing the running steps' : 'leaving';
}

interface Judged extends Standing {
  differences: Standing['differences'];
  judgements: Standing['judgements'];
}

/** Compares with the lock and judges the claims, and says both as events. */
function judgeRun(project: Project, targets: readonly string[], judged: Judged) {
  return async (result: RunResult, emit: (event: RunEvent) => void): Promise<void> => {
    const { pipeline, context } = project;
    const locked = readLock(context.root).profiles[pipeline.profile];
    judged.differences = lockDifferences(locked, result.outlook.allSteps(), result.tally.done);
    for (const difference of judged.differences) emit({ type: 'lock', ...difference });
    judged.judgements = judgeOf(project, targets, result);
    for (const judgement of judged.judgements) emit({ type: 'judged', judgement });
  };
}

/** The claims of the run's targets. A step that this run left open may have an older result, which is stale. */
function judgeOf({ pipeline, context }: Project, targets: readonly string[], { tally, outlook }: RunResult) {
  const { wanted } = outlook.selection;
  const isOwn = ownSteps(outlook);
  const isMeant = (step: string) =>
    isOwn(step) && (targets.length === 0 || wanted.has(step) || tally.done.has(step));
  const stepOf = stepsOfStages(pipeline);
  const claims = pipeline.claims.filter(({ selector }) => isMeant(stepOf(selector.step)));
  return judgeClaims({ ...pipeline, claims }, context.store, (step) => {
    const current = tally.done.get(step);
    if (current !== undefined) return { outs: current.outs, current: true };
    const older = context.store.traces.newest(step);
    return older && { outs: older.outs, current: false };
  });
}

function sayEnd(
  { pipeline }: Project,
  { result, start, signal }: Session,
  { published, ...judged }: Judged & Pick<Ended, 'published'>,
  flags: RunFlags,
  view: Reporter,
): void {
  const style = styleFor(process.stderr, process.env);
  const { tally, outlook } = result;
  const wall = Date.now() - start.at;
  const waiting = outlook.waiting().map(({ stage }) => stage);
  const stopped = signal !== undefined && tally.open > 0;
  const ended = { claims: pipeline.claims, judged, tally, waiting, published, wall, stopped };
  for (const line of endLines(ended, flags, style)) view.say(line);
  if (process.stderr.isTTY && tally.executed > 0 && flags.report !== true)
    view.say(style.dim('  `colophon report` shows all of it on one page'));
}

function exitOf({ signal, result }: Session, judged: Standing, flags: RunFlags): ExitCode {
  const codes = standingCodes(judged, flags);
  if (signal === 'SIGINT') codes.push(exits.interrupted);
  if (signal === 'SIGTERM') codes.push(exits.terminated);
  if (result.tally.failed > 0 || result.edited > 0) codes.push(exits.failed);
  if (result.conflicts > 0) codes.push(exits.bytes);
  return worst(codes);
}
