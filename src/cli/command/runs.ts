/** `colophon runs`: the newest runs, a line each. */
import { counted, groupDigits } from '../../base/text.ts';
import { duration, formatTime } from '../../base/time.ts';
import type { Run } from '../../model/run.ts';
import { wholeNumber } from '../numbers.ts';
import { aligned, print, printJson, stdoutStyle } from '../output.ts';
import { type ProjectFlags, openSite } from '../site.ts';
import type { Style } from '../view/style.ts';

export interface RunsFlags extends ProjectFlags {
  readonly most?: string;
  readonly json?: boolean;
}

export async function runsCommand(flags: RunsFlags): Promise<void> {
  const most = wholeNumber('--most', flags.most, 1) ?? 20;
  const { store } = openSite(flags, 'read');
  try {
    const runs = store.runs.list(most);
    if (flags.json) printJson(runs);
    else if (runs.length === 0) print('no runs yet; `colophon run` makes the first');
    else print(aligned(runs.map((run) => runRow(run, stdoutStyle()))));
  } finally {
    await store.close();
  }
}

function runRow({ id, at, status, finishedAt, profile, counts, command }: Run, style: Style): string[] {
  const paint = status === 'complete' ? style.good : status === 'running' ? style.accent : style.bad;
  const wall = finishedAt === undefined ? '' : duration(finishedAt - at);
  const done = [
    counted(counts.hits, 'hit'),
    counts.executed > 0 ? `${groupDigits(counts.executed)} executed` : '',
    counts.failed > 0 ? style.bad(`${groupDigits(counts.failed)} failed`) : '',
  ].filter((part) => part !== '');
  const typed = style.dim(['colophon', ...command].join(' '));
  return [id, formatTime(at), paint(status), wall, done.join(', '), style.dim(profile), typed];
}
