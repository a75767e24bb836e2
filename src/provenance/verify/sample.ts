/** Chooses which executions of a bundle are repeated: one of every stage first, then as many as a budget holds. */
import type { Recorded } from '../audit.ts';
import { type Sample, sampleWithin } from '../audit-all.ts';

/** `budget` in milliseconds, with `jobs` at once. The cheapest execution of every stage comes before any second one. */
export function sampleOfStages(recorded: readonly Recorded[], budget: number, jobs: number): Sample {
  const cheapest = [...recorded].sort((a, b) => a.trace.cost.wall - b.trace.cost.wall);
  const stages = new Set<string>();
  const firsts = cheapest.filter(({ step }) => {
    const isFirst = !stages.has(step.stage.name);
    stages.add(step.stage.name);
    return isFirst;
  });
  const one = sampleWithin(firsts, budget, jobs);
  if (one.left.length > 0)
    return { chosen: one.chosen, left: recorded.filter((each) => !one.chosen.includes(each)) };
  const spent = firsts.reduce((sum, { trace }) => sum + trace.cost.wall, 0) / jobs;
  const rest = cheapest.filter((each) => !firsts.includes(each));
  const more = sampleWithin(rest, Math.max(0, budget - spent), jobs);
  return { chosen: [...firsts, ...more.chosen], left: more.left };
}

/** What a step may do on the machine that executes it: nothing but compute, or whatever a program can. */
export function isProgram({ step }: Recorded): boolean {
  const { computation, effects } = step.stage;
  return (
    computation.type === 'command' ||
    ['native', 'files', 'network'].some((effect) => effects.includes(effect))
  );
}
