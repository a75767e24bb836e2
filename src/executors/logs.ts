/** Collects what an attempt writes, and leaves it in the attempt's folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byteSize } from '../base/text.ts';

type LogStream = 'stdout' | 'stderr';

export interface Logs {
  readonly add: (stream: LogStream, text: string) => void;
  /** Writes `stdout` and `stderr` into the folder, each only where something was written to it. */
  readonly write: (folder: string) => void;
}

/** Logs that keep up to `limit` characters of each stream, and say where they stopped. */
export function collectLogs(limit = 2 ** 24): Logs {
  const texts: Record<LogStream, string[]> = { stdout: [], stderr: [] };
  const sizes: Record<LogStream, number> = { stdout: 0, stderr: 0 };
  const add = (stream: LogStream, text: string): void => {
    const left = limit - sizes[stream];
    if (left < 0) return;
    sizes[stream] += text.length;
    texts[stream].push(
      text.length <= left ? text : `${text.slice(0, left)}\n(cut here, at ${byteSize(limit)})\n`,
    );
  };
  const write = (folder: string): void => {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (texts[stream].length === 0) continue;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, stream), texts[stream].join(''));
    }
  };
  return { add, write };
}
