/** What an attempt printed. Only names of attempts are taken, never paths. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { LogsPage } from '../common/api.ts';

/** The end of a long log is what tells why it ended. */
const longest = 200_000;

/** `<run>.<number>`: letters, digits, `-` and `_`, a dot between parts. */
const attemptName = /^[\w-]+(?:\.[\w-]+)*$/;

/** Empty where nothing was printed, it was cleaned away, or `attempt` is no attempt's name. */
export function logsPage(folder: string, attempt: string): LogsPage {
  if (!attemptName.test(attempt)) return { streams: [] };
  const run = attempt.split('.', 1)[0] as string;
  const streams = ['stdout', 'stderr'].flatMap((name) => {
    const read = readEnd(join(folder, run, attempt, name));
    return read === undefined || read.text === '' ? [] : [{ name, ...read }];
  });
  return { streams };
}

function readEnd(path: string): { readonly text: string; readonly cut: boolean } | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const { size } = fstatSync(file);
    const from = Math.max(0, size - longest);
    const buffer = new Uint8Array(size - from);
    const length = readSync(file, buffer, 0, buffer.length, from);
    return { text: new TextDecoder().decode(buffer.subarray(0, length)), cut: from > 0 };
  } finally {
    closeSync(file);
  }
}
