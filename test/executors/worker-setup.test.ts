import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Order } from '../../src/model/executor.ts';
import { processKinds } from '../../src/executors/worker-setup.ts';
import { makeBench } from './support/stage.ts';

const bench = makeBench();
afterAll(() => bench.remove());
const top = bench.folder;
mkdirSync(join(top, 'store'));
mkdirSync(join(top, 'program'));
const kindOf = processKinds({ entry: join(top, 'program/worker.js'), folder: join(top, 'store'), root: top });
const order = (more: Partial<Order> = {}): Order =>
  bench.order({ type: 'bundle', digest: digestOf('b'), path: join(top, 'store/b') }, more);
const reads = (more: Partial<Order>) =>
  kindOf(order(more))
    .flags.filter((flag) => flag.startsWith('--allow-fs-read='))
    .map((flag) => flag.slice(16));
const input = (path: string) =>
  ({ type: 'one', digest: digestOf('x'), extension: '', content: { type: 'file', path } }) as const;

const heapFlag = (memory: number) =>
  kindOf(order({ limits: { memory } })).flags.find((flag) => flag.includes('old-space'));

describe('processKinds', () => {
  it('gives orders of one kind the same process', () => {
    expect(kindOf(order())).toBe(kindOf(order({ params: { other: 1 } })));
    expect(kindOf(order({ effects: ['clock', 'intl'] }))).toBe(kindOf(order({ effects: ['intl', 'clock'] })));
    expect(kindOf(order({ effects: ['clock'] }))).not.toBe(kindOf(order()));
  });

  it('lets a pure step read its program and the store, and nothing else', () => {
    const { flags, argument } = kindOf(order());
    expect(flags).toContain('--permission');
    expect(flags).toContain('--disallow-code-generation-from-strings');
    expect(reads({})).toEqual([`${top}/program/`, `${top}/store/`]);
    expect(flags.some((flag) => /--allow-(?:fs-write|addons|child|worker|net)/.test(flag))).toBe(false);
    expect(JSON.parse(argument)).toEqual({ effects: [], root: top });
  });

  it('adds the files of inputs that lie elsewhere', () => {
    const outside = join(top, 'data.csv');
    const members = [{ case: {}, input: input(join(top, 'other.csv')) }];
    const inputs = {
      a: input(outside),
      b: input(join(top, 'store/in')),
      c: { type: 'gather', members },
    } as const;
    expect(reads({ inputs }).slice(2)).toEqual([outside, join(top, 'other.csv')]);
  });

  it('lets a step read through a link to the store and by its true name', () => {
    symlinkSync('store', join(top, 'link'));
    const linked = processKinds({ entry: join(top, 'program/worker.js'), folder: join(top, 'link') });
    expect(linked(order()).flags).toEqual(
      expect.arrayContaining([`--allow-fs-read=${top}/link/`, `--allow-fs-read=${top}/store/`]),
    );
  });

  it('opens what the effects ask for', () => {
    expect(kindOf(order({ effects: ['files'] })).flags).toEqual(
      expect.arrayContaining(['--permission', '--allow-fs-read=*', '--allow-fs-write=*']),
    );
    expect(kindOf(order({ effects: ['native'] })).flags).not.toContain('--permission');
  });

  it('gives a step that may hold more than the heap of V8 a larger one', () => {
    expect(heapFlag(1e8)).toBeUndefined();
    expect(heapFlag(64 * 2 ** 30)).toBe('--max-old-space-size=65536');
  });
});
