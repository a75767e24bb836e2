/** Who lives and who is gone: leases and runs of the dead are free, two hosts are refused. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { type StoreOptions, openStore } from '../../store/open.ts';
import {
  type Owner,
  describeOwner,
  isElsewhere,
  livenessFor,
  silence,
  thisProcess,
} from '../../store/owner.ts';
import { startHeartbeat } from '../../store/owners.ts';
import { recorded, runStart, temporaryFolder } from './drafts.ts';

const key = digestOf('key a');
const now = 1_790_000_000_000;
const me = thisProcess();
const other: Owner = { ...me, token: 'other', pid: 4_000_000, start: '1' };

const nobodyLives = (): boolean => false;

describe('an owner', () => {
  const isAlive = livenessFor(me);

  test('is this process, under a token of its own', () => {
    expect(me.pid).toBe(process.pid);
    expect(thisProcess().token).not.toBe(me.token);
    if (process.platform === 'linux') expect([me.boot, me.start, me.space]).not.toContain('');
  });

  test('that runs is alive however long it was silent', () => {
    expect(isAlive(me, 0, now)).toBe(true);
  });

  test('whose number now belongs to another process is dead', () => {
    expect(isAlive({ ...me, start: '1' }, now, now)).toBe(false);
  });

  test('of before the last restart is dead', () => {
    expect(isAlive({ ...me, boot: 'earlier' }, now, now)).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'that was killed is dead, even before its parent takes notice',
    async () => {
      const child = spawn(process.execPath, [
        '-e',
        'process.kill(process.ppid, 0); setInterval(() => 0, 1000)',
      ]);

      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
      const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] as string;
      const owner = { ...me, pid: child.pid as number, start };
      expect(isAlive(owner, now, now)).toBe(true);
      child.kill('SIGKILL');
      // Without a turn of the event loop nobody has asked for its exit: it is a zombie, still in the table.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      expect(existsSync(`/proc/${child.pid}`)).toBe(true);
      expect(isAlive(owner, now, now)).toBe(false);
      await once(child, 'exit');
      expect(isAlive(owner, now, now)).toBe(false);
    },
  );

  test.each([
    ['in another container', { ...me, space: 'pid:[1]' }],
    ['on another machine', { ...me, machine: 'elsewhere', boot: 'elsewhere' }],
  ])('%s is judged by its last sign of life', (_, owner) => {
    expect(isAlive(owner, now - silence + 1, now)).toBe(true);
    expect(isAlive(owner, now - silence, now)).toBe(false);
  });

  test('where starts cannot be seen needs both a process and a sign of life', () => {
    const blind = { ...me, start: '' };
    expect(isAlive(blind, now, now)).toBe(true);
    expect(isAlive(blind, now - silence, now)).toBe(false);
    expect(isAlive({ ...blind, pid: 4_000_000 }, now, now)).toBe(false);
  });

  test('is elsewhere on another machine, not in another container nor after a restart', () => {
    expect(isElsewhere({ ...me, machine: 'm', boot: 'b' }, me)).toBe(true);
    expect(isElsewhere({ ...me, machine: 'm' }, me)).toBe(false);
    expect(isElsewhere({ ...me, boot: 'b' }, me)).toBe(false);
    expect(isElsewhere({ ...me, machine: 'm', boot: '' }, { ...me, boot: '' })).toBe(true);
  });

  test('is described by its number and its machine', () => {
    expect(describeOwner({ ...me, pid: 17, host: 'lab' })).toBe('process 17 on lab');
  });
});

describe('in a store', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => void (folder = temporaryFolder()));
  afterEach(() => folder.remove());
  const open = (options: StoreOptions = {}) => openStore(folder.path, { now: () => now, ...options });

  test('a lease is held while its owner lives, and taken over when it does not', async () => {
    let lives = true;
    const isAlive = (owner: Owner): boolean => owner.token !== 'other' || lives;
    const [theirs, mine] = [open({ owner: other, isAlive }), open({ isAlive })];
    expect(await theirs.traces.lease(key, 'theirs', false)).toEqual({ type: 'granted' });
    expect(await mine.traces.lease(key, 'mine', true)).toEqual({ type: 'held', owner: describeOwner(other) });
    lives = false;
    expect(await mine.traces.lease(key, 'mine', false)).toEqual({ type: 'granted' });
    expect(await theirs.traces.lease(key, 'theirs', false)).toMatchObject({ type: 'held' });
    await Promise.all([theirs.close(), mine.close()]);
  });

  test('closing gives back every lease', async () => {
    const [theirs, mine] = [open({ owner: other, isAlive: () => true }), open({ isAlive: () => true })];
    await theirs.traces.lease(key, 'theirs', false);
    await theirs.close();
    expect(await mine.traces.lease(key, 'mine', false)).toEqual({ type: 'granted' });
    await mine.close();
  });

  test('a record of an attempt whose lease was taken over is still kept', async () => {
    const [theirs, mine] = [open({ owner: other, isAlive: nobodyLives }), open({ isAlive: nobodyLives })];
    await theirs.traces.lease(key, 'attempt-a', false);
    await mine.traces.lease(key, 'mine', false);
    expect((await recorded(theirs, 'a', '1')).answer.type).toBe('recorded');
    expect(await mine.traces.lease(key, 'third', true)).toMatchObject({ type: 'held' });
    expect((await recorded(mine, 'a', '1', { attempt: 'mine' })).answer.type).toBe('same');
    expect(await mine.traces.lease(key, 'third', true)).toEqual({ type: 'granted' });
    await Promise.all([theirs.close(), mine.close()]);
  });

  test('a run is lost when its owner is dead, and complete once finished whoever lives', async () => {
    let lives = true;
    const isAlive = (owner: Owner): boolean => owner.token !== 'other' || lives;
    const [theirs, mine] = [open({ owner: other, isAlive }), open({ isAlive })];
    await theirs.runs.start(runStart('one'));
    await theirs.runs.start(runStart('two'));
    await theirs.runs.finish('two', 'complete', { hits: 0, executed: 0, failed: 0, skipped: 0 }, now);
    const statuses = () => mine.runs.list().map(({ id, status }) => `${id} ${status}`);
    expect(statuses()).toEqual(['two complete', 'one running']);
    lives = false;
    expect(statuses()).toEqual(['two complete', 'one lost']);
    await Promise.all([theirs.close(), mine.close()]);
  });

  test('another host that uses the store is refused by name, until it was silent for long', async () => {
    const elsewhere = { ...other, host: 'lab', machine: 'elsewhere', boot: 'elsewhere' };
    let clock = now;
    const theirs = open({ owner: elsewhere, isAlive: livenessFor(elsewhere), now: () => clock });
    await recorded(theirs, 'a', '1');
    expect(() => open()).toThrow(
      expect.objectContaining({
        kind: 'store',
        message: expect.stringMatching(/in use by process 4000000 on lab: one host at a time/),
      }),
    );
    clock += silence;
    const mine = open({ now: () => clock });
    expect(mine.traces.find(key)?.attempt).toBe('attempt-a');
    await mine.close();
    await theirs.close();
    await open().close();
  });

  test('of two hosts that both had it open the second to write is refused, and nothing of it is kept', async () => {
    const elsewhere = { ...other, machine: 'elsewhere', boot: 'elsewhere' };
    const mine = open();
    const theirs = open({ owner: elsewhere, isAlive: livenessFor(elsewhere) });
    await recorded(theirs, 'a', '1');
    await expect(recorded(mine, 'b', '2')).rejects.toMatchObject({
      kind: 'store',
      message: expect.stringMatching(/one host at a time/),
    });
    await expect(mine.traces.lease(key, 'mine', true)).rejects.toMatchObject({ kind: 'store' });
    expect(mine.traces.find(digestOf('key b'))).toBeUndefined();
    await expect(mine.flush()).rejects.toMatchObject({ kind: 'store' });
    await mine.close();
    await theirs.close();
  });

  test('garbage collection forgets the dead that no run names', async () => {
    const dead = open({ owner: other, isAlive: () => true });
    await recorded(dead, 'a', '1');
    const mine = open({ isAlive: (owner) => owner.token !== 'other' });
    await recorded(mine, 'b', '2');
    await mine.collectGarbage({ keys: new Set(), artifacts: new Set(), runs: 0 });
    const { storeReport } = await import('../../store/report.ts');
    expect(storeReport(folder.path).counts.living).toBe(1);
    await dead.close();
    await mine.close();
  });
});

test('the heartbeat beats now and then, and stops', async () => {
  const beat = vi.fn();
  const stop = startHeartbeat(beat, 5);
  while (beat.mock.calls.length < 3) await pause(5);
  stop();
  const beats = beat.mock.calls.length;
  await pause(30);
  expect(beat.mock.calls.length).toBe(beats);
});
