/** Runs gradient descent from many starts, as many at a time as the engine has lanes. */
import type { Matrix } from '../math/matrix.ts';
import type { Engine } from './engine.ts';
import { twoPi } from './kernel.ts';
import { loss } from './loss.ts';
import type { Protocol } from './protocol.ts';
import { measureRows } from './rows.ts';

/** A start, numbered among those of its experiment. */
export interface Start {
  readonly run: number;
  readonly weights: Matrix;
}

/**
 * How a run ended: `converged`: descent itself brought the gradient to the stop. `certified`: descent was shown to
 * tend to a minimum, which Newton's method then reached. `settled`: the loss fell so low that the verdict cannot
 * change, and the run was not followed to its end. `exhausted`: the limit of steps came first.
 */
export type Ending = 'converged' | 'certified' | 'settled' | 'exhausted';

/** A run that is over, with its evidence. */
export interface TrainingRun {
  readonly run: number;
  readonly status: Ending;
  readonly weights: Matrix;
  readonly loss: number;
  /** loss ≥ the protocol's spuriousLoss. */
  readonly spurious: boolean;
  /** max_i ‖2π∇_{w_i}L‖ at the weights. */
  readonly largestRow: number;
  /** Steps of gradient descent, those before a restart included. */
  readonly iterations: number;
  readonly restarts: number;
  /** The step that it ended with. */
  readonly step: number;
  /** Steps of Newton's method after those; 0 unless certified. */
  readonly newton: number;
}

/** Where a run stands when it is looked at. */
export interface Progress {
  readonly weights: () => Matrix;
  readonly largestRow: number;
  readonly step: number;
}

/** How a look ended a run. */
export interface Shortcut {
  readonly status: 'certified' | 'settled';
  readonly weights: Matrix;
  readonly largestRow: number;
  readonly newton: number;
}

/** A look at a run, which ends it if it can. */
export type Look = (progress: Progress) => Shortcut | undefined;

/** Looks at runs between steps, to end those whose end is known. */
export interface Watch {
  /** Steps from one look to the next. */
  readonly every: number;
  /** The eyes for one run, new after a restart. */
  begin(): Look;
}

/** A run that still diverges with a step 2^-60 of the first is given up. */
const mostRestarts = 60;

/** A run in a lane. */
interface Job {
  readonly start: Start;
  readonly look: Look | undefined;
  readonly restarts: number;
  /** Steps before the last restart, and since. */
  readonly before: number;
  steps: number;
}

/** What is the same for all runs. */
interface Experiment {
  readonly engine: Engine;
  readonly target: Matrix;
  readonly protocol: Protocol;
  readonly watch: Watch | undefined;
}

/**
 * Trains from every start, and returns the runs in the order of the starts. What a run gives depends on its start,
 * the protocol and the watch alone, not on the other runs or the engine. Starts are drawn as lanes fall free.
 * Throws RangeError if a start does not fit the engine, RowError if one has a zero row.
 */
export function train(
  engine: Engine,
  target: Matrix,
  starts: Iterable<Start>,
  protocol: Protocol,
  watch?: Watch,
): TrainingRun[] {
  const experiment = { engine, target, protocol, watch };
  const queue = starts[Symbol.iterator]();
  const runs: TrainingRun[] = [];
  let drawn = 0;
  const next = (lane: number): { readonly job: Job; readonly place: number } | undefined => {
    const { value, done } = queue.next();
    if (done !== true) return { job: begin(experiment, lane, value, 0, 0), place: drawn++ };
    engine.rest(lane);
    return undefined;
  };
  const lanes = Array.from({ length: engine.lanes }, (_, lane) => next(lane));
  while (lanes.some((seat) => seat !== undefined)) {
    const taken = engine.descend(
      stepsToDecision(
        experiment,
        lanes.flatMap((seat) => seat?.job ?? []),
      ),
    );
    lanes.forEach((seat, lane) => {
      if (seat === undefined) return;
      seat.job.steps += taken;
      const decided = decide(experiment, lane, seat.job);
      if ('start' in decided) lanes[lane] = { ...seat, job: decided };
      else {
        runs[seat.place] = decided;
        lanes[lane] = next(lane);
      }
    });
  }
  return runs;
}

/** Puts a start into a lane, with the step halved as often as it was restarted. */
function begin(experiment: Experiment, lane: number, start: Start, restarts: number, before: number): Job {
  const { engine, protocol, watch } = experiment;
  measureRows(start.weights, `start of run ${start.run}`);
  const { stop, ceiling } = protocol;
  engine.load(lane, start.weights, { step: stepAfter(restarts, protocol) / twoPi, stop, ceiling });
  return { start, look: watch?.begin(), restarts, before, steps: 0 };
}

/** Steps until some run is to be looked at or given up. */
function stepsToDecision({ protocol, watch }: Experiment, jobs: readonly Job[]): number {
  let least = Infinity;
  for (const { before, steps } of jobs) {
    least = Math.min(least, protocol.limit - before - steps);
    if (watch !== undefined) least = Math.min(least, watch.every - (steps % watch.every));
  }
  return least;
}

/** The finished run, or the job that goes on (from its start again, where it diverged). */
function decide(experiment: Experiment, lane: number, job: Job): TrainingRun | Job {
  const { engine, protocol, watch } = experiment;
  const largestRow = engine.largestRow(lane);
  const spent = job.before + job.steps;
  const finish = (status: Ending) =>
    record(experiment, job, { status, weights: engine.weights(lane), largestRow, newton: 0 });
  if (largestRow <= protocol.stop) return finish('converged');
  const diverges = !(largestRow < protocol.ceiling);
  if (spent >= protocol.limit || (diverges && job.restarts === mostRestarts)) return finish('exhausted');
  if (diverges) return begin(experiment, lane, job.start, job.restarts + 1, spent);
  if (watch === undefined || job.steps % watch.every !== 0) return job;
  const step = stepAfter(job.restarts, protocol);
  const shortcut = job.look?.({ weights: () => engine.weights(lane), largestRow, step });
  return shortcut === undefined ? job : record(experiment, job, shortcut);
}

function record(
  { target, protocol }: Experiment,
  { start, restarts, before, steps }: Job,
  end: Pick<TrainingRun, 'status' | 'weights' | 'largestRow' | 'newton'>,
): TrainingRun {
  const value = loss(end.weights, target);
  return {
    run: start.run,
    ...end,
    loss: value,
    spurious: value >= protocol.spuriousLoss,
    iterations: before + steps,
    restarts,
    step: stepAfter(restarts, protocol),
  };
}

function stepAfter(restarts: number, { step }: Protocol): number {
  let current = step;
  for (let i = 0; i < restarts; i++) current /= 2;
  return current;
}
