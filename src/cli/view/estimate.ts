/** How long a run will still take: recorded costs, put right by what this run has cost so far. Pure. */

/** Steps that have a cost or may get one; all times in milliseconds. */
export interface Costs {
  /** Recorded costs of steps that have not ended. */
  readonly expected: ReadonlyMap<string, number>;
  /** What ended steps cost, of those that had a recorded cost: both summed. */
  readonly paid: { readonly expected: number; readonly actual: number };
  /** By stage, what its steps cost in this run. */
  readonly stages: ReadonlyMap<string, { readonly sum: number; readonly count: number }>;
}

export interface OpenStep {
  readonly step: string;
  readonly stage: string;
  /** For how long it has been running; undefined while it has not started. */
  readonly running?: number | undefined;
}

export interface Estimate {
  readonly left: number;
  /** True where some steps have no known cost: it takes longer than `left`. */
  readonly partial: boolean;
}

/** Undefined where nothing is known of any open step. */
export function estimate(open: readonly OpenStep[], costs: Costs, jobs: number): Estimate | undefined {
  const ratio = correction(costs.paid);
  let left = 0;
  let longest = 0;
  let unknown = 0;
  for (const each of open) {
    const cost = costOf(each, costs, ratio);
    if (cost === undefined) {
      unknown += 1;
      continue;
    }
    const rest = restOf(cost, each.running);
    left += rest;
    longest = Math.max(longest, rest);
  }
  if (unknown === open.length) return undefined;
  return { left: Math.max(longest, left / Math.min(jobs, open.length)), partial: unknown > 0 };
}

/** How much slower or faster this run is than those that the costs come from. */
function correction({ expected, actual }: Costs['paid']): number {
  return expected > 0 && actual > 0 ? Math.min(10, Math.max(0.1, actual / expected)) : 1;
}

/** A recorded cost, or what the stage's other steps cost in this very run. */
function costOf({ step, stage }: OpenStep, { expected, stages }: Costs, ratio: number): number | undefined {
  const recorded = expected.get(step);
  if (recorded !== undefined) return recorded * ratio;
  const seen = stages.get(stage);
  return seen === undefined ? undefined : seen.sum / seen.count;
}

/** A step that is over its time is taken to need a tenth of it more. */
function restOf(cost: number, running = 0): number {
  return running < cost ? cost - running : running / 10;
}
