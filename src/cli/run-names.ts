/** Names of runs as people write them: `last`, `last~2`, the first digits of an id. */
import { listed } from '../base/text.ts';
import { Fault } from '../model/fault.ts';
import type { Run } from '../model/run.ts';

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
