/** `colophon runs`: the newest runs, a line each. */
import { duration } from '../../base/text.ts';
import type { Run } from '../../model/run.ts';
import { type ProjectFlags, openSite } from '../project.ts';
import { formatTime, print, stdoutStyle } from '../reading.ts';
import type { Style } from '../view/style.ts';

export async function runsCommand(
  flags: ProjectFlags & { readonly most?: string; readonly json?: boolean },
): Promise<void> {
  const { store } = openSite(flags, 'read');
  try {
    const runs = store.runs.list(Number(flags.most ?? 20));
    if (flags.json) return print(JSON.stringify(runs, undefined, 2));
    print(
      runs.length === 0
        ? 'no runs yet; `colophon run` makes the first'
        : runs.map((run) => runLine(run, stdoutStyle())),
    );
  } finally {
    await store.close();
  }
}

function runLine({ id, at, status, finishedAt, profile, counts, command }: Run, style: Style): string {
  const paint = status === 'complete' ? style.good : status === 'running' ? style.accent : style.bad;
  const wall = finishedAt === undefined ? '' : duration(finishedAt - at);
  const done = `${counts.hits} hits, ${counts.executed} executed${counts.failed > 0 ? `, ${counts.failed} failed` : ''}`;
  return `${id}  ${formatTime(at)}  ${paint(status.padEnd(11))}  ${wall.padStart(12)}  ${done}  ${style.dim(`${profile}  colophon ${command.join(' ')}`)}`;
}
