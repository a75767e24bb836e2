/** Names of runs as people write them: `last`, `last~2`, the first digits of an id. */
import { listed } from '../base/text.ts';
import { Fault } from '../model/fault.ts';
import type { Run } from '../model/run.ts';
import type { Store } from '../model/store.ts';
import { sameOuts } from '../model/trace.ts';
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
  for (const view of viewsBefore(store, runs, now))
    if (view.of !== now.of && view.steps.size > 0) return view;
  throw new Fault('usage', 'there is no earlier run with other results; `colophon runs` lists what there is');
}

/**
 * Two runs that had a step, by name; else the last that had it, and the last before that in which it gave other bytes
 * (or the same, if it never gave others). Throws Fault `usage` where there is none such.
 */
export function runsAbout(
  step: string,
  store: Store,
  [before, after]: readonly string[],
): readonly [before: RunView, after: RunView] {
  const runs = store.runs.list();
  const named = (name: string) => {
    const view = viewRun(store, runNamed(name, runs));
    const { trace } = view.steps.get(step) ?? {};
    return trace === undefined ? refuse(`run ${view.run.id} has no result of ${step}`) : view;
  };
  const now = after === undefined ? lastAbout(step, viewsBefore(store, runs)) : named(after);
  if (now === undefined) return refuse(`no run has a result of ${step}`);
  if (before !== undefined) return [named(before), now];
  const old = lastAbout(step, viewsBefore(store, runs, now), now);
  return [old ?? refuse(`no run before ${now.run.id} has a result of ${step}`), now];
}

/** The first of the views with a result of the step, those first that have another one than `now`. */
function lastAbout(step: string, views: Iterable<RunView>, now?: RunView): RunView | undefined {
  const given = now?.steps.get(step)?.trace;
  let same: RunView | undefined;
  for (const view of views) {
    const found = view.steps.get(step)?.trace;
    if (found === undefined || view.of === now?.of) continue;
    if (given === undefined || !sameOuts(found, given)) return view;
    same ??= view;
  }
  return same;
}

/** The runs before another, or all of them, the newest first; each is read when it is asked for. */
function* viewsBefore(store: Store, runs: readonly Run[], now?: RunView): Generator<RunView> {
  const first = now === undefined ? 0 : runs.findIndex(({ id }) => id === now.run.id) + 1;
  for (const run of runs.slice(first)) yield viewRun(store, run);
}
