import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeFolder, removeLeftovers } from '../../src/engine/scratch.ts';
import type { Run } from '../../src/model/run.ts';

let top: string;
beforeEach(() => (top = mkdtempSync(join(tmpdir(), 'scratch-'))));
afterEach(() => rmSync(top, { recursive: true, force: true }));

function fill(...path: readonly string[]): string {
  const folder = join(top, ...path);
  mkdirSync(join(folder, 'below'), { recursive: true });
  writeFileSync(join(folder, 'below', 'file'), 'text');
  return folder;
}

const runs = (...listed: readonly Pick<Run, 'id' | 'status'>[]) => ({ list: () => listed as readonly Run[] });

describe('what killed runs left', () => {
  test('is removed, and what a live run works in is not', () => {
    for (const run of ['live', 'lost', 'failed', 'forgotten']) fill(run, 'attempt');
    removeLeftovers(
      top,
      runs(
        { id: 'live', status: 'running' },
        { id: 'lost', status: 'lost' },
        { id: 'failed', status: 'failed' },
      ),
    );
    expect(readdirSync(top)).toEqual(['live']);
    expect(readdirSync(join(top, 'live/attempt/below'))).toEqual(['file']);
  });

  test('is not looked for among the runs where there is nothing', () => {
    const list = () => {
      throw new Error('asked for the runs');
    };
    removeLeftovers(join(top, 'nowhere'), { list });
    removeLeftovers(top, { list });
    expect(readdirSync(top)).toEqual([]);
  });
});

describe('a folder', () => {
  test('that is not there is no matter', () => {
    expect(() => removeFolder(join(top, 'nowhere'))).not.toThrow();
  });

  test('is removed with all in it', () => {
    removeFolder(fill('attempt'));
    expect(readdirSync(top)).toEqual([]);
  });

  // Root may write everywhere.
  test.skipIf(process.getuid?.() === 0)('whose step took away the right to write is removed', () => {
    const folder = fill('attempt');
    chmodSync(join(folder, 'below'), 0o500);
    chmodSync(folder, 0o500);
    removeFolder(folder);
    expect(readdirSync(top)).toEqual([]);
  });
});
