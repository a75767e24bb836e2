/** What the machine has to give: processors, memory, named slots. */
import type { Resources } from '../model/pipeline.ts';

export interface Capacity {
  /** Whether a step that asks for this can start now. One that asks for more than there is may run alone. */
  readonly fits: (wanted: Resources) => boolean;
  /** Whether every processor is taken, so that nothing is worth trying. */
  readonly isFull: () => boolean;
  readonly take: (wanted: Resources) => void;
  readonly give: (wanted: Resources) => void;
}

/** `memory` in bytes; a slot that `slots` does not name counts one. */
export function capacity(
  cpus: number,
  memory: number,
  slots: Readonly<Record<string, number>> = {},
): Capacity {
  const total = (name: string) =>
    name === 'cpus' ? cpus : name === 'memory' ? memory : (slots[name.slice(5)] ?? 1);
  const taken = new Map<string, number>();
  let running = 0;
  const change = (wanted: Resources, sign: 1 | -1) => {
    for (const [name, amount] of amounts(wanted)) taken.set(name, (taken.get(name) ?? 0) + sign * amount);
    running += sign;
  };
  return {
    fits: (wanted) =>
      running === 0 ||
      amounts(wanted).every(([name, amount]) => (taken.get(name) ?? 0) + amount <= total(name)),
    isFull: () => (taken.get('cpus') ?? 0) >= cpus,
    take: (wanted) => change(wanted, 1),
    give: (wanted) => change(wanted, -1),
  };
}

function amounts(wanted: Resources): [string, number][] {
  const slots = Object.entries(wanted.slots).map(([name, amount]): [string, number] => [
    `slot:${name}`,
    amount,
  ]);
  return [['cpus', wanted.cpus], ['memory', wanted.memory ?? 0], ...slots];
}
