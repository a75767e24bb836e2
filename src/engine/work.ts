/** What a run's scheduler can ask for: a step decided, brought about, or a stage expanded. */
import { freemem } from 'node:os';
import type { StepId } from '../model/case.ts';
import type { RunEvent } from '../model/event.ts';
import type { Step } from '../model/step.ts';
import type { ArtifactsByRole } from '../model/store.ts';
import { type Board, remainingPaths } from './board.ts';
import { bring } from './bring.ts';
import { capacity } from './capacity.ts';
import { decide } from './decide.ts';
import type { Outlook } from './outlook.ts';
import { verdictOf } from './plan.ts';
import type { RunRequest } from './run.ts';
import type { Due, Work } from './schedule.ts';
import type { Missing, Site } from './site.ts';

/** The scheduler's questions and orders, answered for one run. */
export function workOf(request: Pick<RunRequest, 'jobs' | 'keepGoing'>, seen: Outlook, site: Site): Work {
  const { emit } = site;
  const price = (step: Step) => seen.price(step) ?? 1000;
  const priorities = remainingPaths(
    seen.plan.steps.map(({ step }) => step),
    price,
  );
  const known = (board: Board) => (id: StepId) => board.known(id);
  return {
    decide: (step, board) => verdictOf(step, known(board), seen.ground, seen.memory, seen.isForced(step)),
    bring: onceForEachKey(async (due, board) => bring(site, await missingOf(seen, due, known(board))), emit),
    expand: (step, board) => seen.expand(step, known(board)),
    priority: (step) => priorities.get(step.id) ?? price(step),
    capacity: capacity(request.jobs, freemem()),
    keepGoing: request.keepGoing,
    stop: site.stop,
    emit,
  };
}

/** Two steps with one key are one execution: the second takes what the first gives, and fails where it fails. */
function onceForEachKey(bringAbout: Work['bring'], emit: (event: RunEvent) => void): Work['bring'] {
  const running = new Map<string, ReturnType<Work['bring']>>();
  return async (due, board) => {
    const { key } = due.verdict;
    const twin = running.get(key);
    if (twin !== undefined) {
      const brought = await twin;
      if (brought.type === 'failed') emit({ ...brought, step: due.step.id });
      return brought.type === 'done' ? { ...brought, how: 'found' } : brought;
    }
    const brought = bringAbout(due, board);
    running.set(key, brought);
    return brought.finally(() => running.delete(key));
  };
}

async function missingOf(
  seen: Outlook,
  due: Due,
  known: (id: StepId) => ArtifactsByRole | undefined,
): Promise<Missing> {
  const { step, verdict } = due;
  const decision = await decide(step, known, seen.ground);
  if (decision.type === 'waits') throw new Error(`step ${step.id} is due before what it needs`);
  await seen.keepItems(step, known);
  const { key, parts, reasons } = verdict;
  return {
    step,
    key,
    parts,
    reasons,
    inputs: decision.inputs,
    sourceMap: seen.sourceMap(step),
    before: seen.memory.newest(step.id),
  };
}
