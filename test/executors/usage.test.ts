import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { endedCpu, usageIsKnown, usageOf, usageOfTree } from '../../src/executors/usage.ts';

const burn = (milliseconds: number) =>
  `const t = process.cpuUsage(); while (process.cpuUsage(t).user < ${milliseconds * 1000}) Math.sqrt(2);`;

describe.runIf(usageIsKnown)('usage', () => {
  it('of this process grows with what it holds and does', () => {
    const before = usageOf(process.pid);
    const kept = new Uint8Array(64e6).fill(1);
    const t = process.cpuUsage();
    while (process.cpuUsage(t).user < 50_000) kept[0] = 2;
    const after = usageOf(process.pid);
    expect(after.memory - before.memory).toBeGreaterThan(50e6);
    expect(after.cpu - before.cpu).toBeGreaterThanOrEqual(40);
    expect(kept[0]).toBe(2);
  });

  it('of a tree counts grandchildren', async () => {
    const grandchild = 'const kept = Buffer.alloc(1e8, 1); setTimeout(() => kept, 60000);';
    const child = spawn('sh', ['-c', `"${process.execPath}" -e '${grandchild}' & wait`], { detached: true });
    const pid = child.pid as number;
    let memory = 0;
    for (let i = 0; i < 500 && memory < 1e8; i++) {
      await sleep(20);
      memory = usageOfTree(pid).memory;
    }
    expect(memory).toBeGreaterThan(1e8);
    expect(usageOf(pid).memory).toBeLessThan(2e7);
    process.kill(-pid, 'SIGKILL');
    await once(child, 'exit');
  });

  it('of a process that is no more is nothing', () => {
    const { pid } = spawnSync('true');
    expect(usageOf(pid)).toEqual({ memory: 0, cpu: 0 });
    expect(usageOfTree(pid)).toEqual({ memory: 0, cpu: 0 });
  });

  it('of ended children is counted once', () => {
    endedCpu();
    spawnSync(process.execPath, ['-e', burn(200)]);
    expect(endedCpu()).toBeGreaterThanOrEqual(190);
    expect(endedCpu()).toBe(0);
  });
});
