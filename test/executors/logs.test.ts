import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collectLogs } from '../../src/executors/logs.ts';
import { recordingConsole } from '../../src/executors/worker-console.ts';
import { makeBench } from './support/stage.ts';

const bench = makeBench();
afterAll(() => bench.remove());
let folders = 0;
const folderFor = () => join(bench.folder, `attempt-${++folders}`);

describe('collectLogs', () => {
  it('writes each stream that was written to', () => {
    const logs = collectLogs();
    logs.add('stderr', 'a\n');
    logs.add('stderr', 'b\n');
    const folder = folderFor();
    logs.write(folder);
    expect(readdirSync(folder)).toEqual(['stderr']);
    expect(readFileSync(join(folder, 'stderr'), 'utf8')).toBe('a\nb\n');
  });

  it('makes no folder for nothing', () => {
    const folder = folderFor();
    collectLogs().write(folder);
    expect(existsSync(folder)).toBe(false);
  });

  it('stops at its limit, and says so once', () => {
    const logs = collectLogs(10);
    for (const text of ['12345678', '90abc', 'more']) logs.add('stdout', text);
    logs.add('stderr', 'other');
    const folder = folderFor();
    logs.write(folder);
    expect(readFileSync(join(folder, 'stdout'), 'utf8')).toBe('1234567890\n(cut here, at 10 B)\n');
    expect(readFileSync(join(folder, 'stderr'), 'utf8')).toBe('other');
  });

  it('says that it stopped even where the limit is met exactly', () => {
    const logs = collectLogs(3);
    for (const text of ['123', '4']) logs.add('stdout', text);
    const folder = folderFor();
    logs.write(folder);
    expect(readFileSync(join(folder, 'stdout'), 'utf8')).toBe('123\n(cut here, at 3 B)\n');
  });
});

describe('recordingConsole', () => {
  it('sends what is said to one stream and what is warned of to the other', () => {
    const lines: string[] = [];
    const console = recordingConsole((stream, text) => lines.push(`${stream} ${text}`));
    console['log']?.('%s is %d', 'k', 6, [1]);
    console['table']?.([1]);
    console['error']?.(new Error('bad').message);
    console['assert']?.(true, 'unsaid');
    console['assert']?.(false, 'said');
    console['time']?.('t');
    console['timeEnd']?.('t');
    expect(lines).toEqual([
      'stdout k is 6 [ 1 ]\n',
      'stdout [ 1 ]\n',
      'stderr bad\n',
      'stderr Assertion failed: said\n',
    ]);
  });
});
