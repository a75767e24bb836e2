/** Names of runs as people write them: `last`, `last~2`, the first digits of an id. */
import { listed } from '../base/text.ts';
import { Fault } from '../model/fault.ts';
import type { Run } from '../model/run.ts';
import type { Store } from '../model/store.ts';
import { type RunView, viewRun } from '../provenance/run-view.ts';

/** The run that a name means; `runs` are the newest first. Throws Fault `usage` where it means none, or several. */
export function runNamed(name: string, runs: readonly Run[]): Run {
  const back = /^last(?:~(\d+))?$/.exec(name);
  if (back !== null) return runs[Number(back[1] ?? 0)] ?? refuse(tooFew(name, runs.length));
  const found = runs.filter(({ id }) => id.startsWith(name));
  const [only, ...others] = found;
  if (only === undefined)
    return refuse(`there is no run "${name}"; \`colophon runs\` lists them, \`last\` is the newest`);
  if (others.length === 0 || only.id === name) return only;
  return refuse(
    `${name} begins ${listed(
      found.map(({ id }) => id),
      4,
    )}; give more of it`,
  );
}

function tooFew(name: string, count: number): string {
  return count === 0
    ? 'there are no runs yet; `colophon run` makes the first'
    : `there is no ${name}: the store knows ${count === 1 ? 'one run' : `${count} runs`}`;
}

function refuse(message: string): never {
  throw new Fault('usage', message);
}

/** The last run before another that gave results of its own. Throws Fault `usage` where there is none. */
export function runBefore(store: Store, runs: readonly Run[], now: RunView): RunView {
  for (const run of runs.slice(runs.findIndex(({ id }) => id === now.run.id) + 1)) {
    const view = viewRun(store, run);
    if (view.of !== now.of && view.steps.size > 0) return view;
  }
  throw new Fault('usage', 'there is no earlier run with other results; `colophon runs` lists what there is');
}
