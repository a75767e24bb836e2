/** Plans: walks the steps in order and explains each whose upstream is known. */
import type { StepId } from '../model/case.ts';
import type { PlannedStep, Verdict } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { ArtifactsByRole, TraceShelf } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import { type Ground, type Known, decide } from './decide.ts';
import { type Memory, explain } from './explain.ts';

/** The verdict of one step: the code path that `plan`, `status`, `why` and the run itself share. */
export async function verdictOf(
  step: Step,
  known: Known,
  ground: Ground,
  memory: Memory,
  forced: boolean,
): Promise<Verdict> {
  const decision = await decide(step, known, ground);
  if (decision.type === 'waits') return decision;
  return explain(step, decision.parts, memory, forced);
}

/** Expected milliseconds of a step: what it cost last, or what its stage costs on average. */
export type Price = (step: Step) => number | undefined;

export function pricesFrom(traces: TraceShelf, memory: Memory): Price {
  const stages = traces.stagePrices();
  return (step) => memory.newest(step.id)?.cost.wall ?? stages.get(step.stage.name);
}

/** The store's memory with the newest traces of these steps read at once; traces recorded later are not seen by `newest`. */
export function memoryOf(traces: TraceShelf, steps: readonly Step[]): Memory {
  let newest: ReadonlyMap<StepId, Trace> | undefined;
  const known = new Set<StepId>();
  return {
    look: (key) => traces.look(key),
    newest: (step) => {
      if (newest === undefined) {
        for (const { id } of steps) known.add(id);
        newest = traces.newestAll([...known]);
      }
      return known.has(step) ? newest.get(step) : traces.newest(step);
    },
  };
}

/** Plans steps that come in order. Rejects with a Fault `usage` for a source that is not there. */
export async function planSteps(
  steps: readonly Step[],
  ground: Ground,
  memory: Memory,
  isForced: (step: Step) => boolean,
  price: Price,
): Promise<PlannedStep[]> {
  const outs = new Map<StepId, ArtifactsByRole>();
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    const verdict = await verdictOf(step, (id) => outs.get(id), ground, memory, isForced(step));
    if (verdict.type === 'hit') outs.set(step.id, verdict.trace.outs);
    planned.push({ step, verdict, price: price(step) });
  }
  return planned;
}
