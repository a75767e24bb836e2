/** Orders a bundle's executions by what repeating them is worth: the cheapest of every stage first, then the cheapest. */
import type { Recorded } from '../audit.ts';
import { priceOf } from '../audit-all.ts';

/** All of them: however short the time, no stage's code is left out while another is tried twice. */
export function byWorth(recorded: readonly Recorded[]): readonly Recorded[] {
  const cheapest = [...recorded].sort((a, b) => priceOf(a) - priceOf(b));
  const stages = new Set<string>();
  const firsts = cheapest.filter(({ step }) => {
    const isFirst = !stages.has(step.stage.name);
    stages.add(step.stage.name);
    return isFirst;
  });
  const known = new Set(firsts);
  return [...firsts, ...cheapest.filter((each) => !known.has(each))];
}

/** Whether a step can do more than compute on the machine that executes it. */
export function isProgram({ step }: Recorded): boolean {
  const { computation, effects } = step.stage;
  return (
    computation.type === 'command' ||
    ['native', 'files', 'network'].some((effect) => effects.includes(effect))
  );
}
