import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { makeBench } from './support/stage.ts';

const bench = makeBench();
afterAll(() => bench.remove());

const source = (path: string) => JSON.stringify(join(import.meta.dirname, '../../src', path));

/** Runs a program that executes one order which writes its process id to `file` and never ends. */
async function startRun(
  file: string,
  executor: string,
  order: object,
): Promise<{ child: ReturnType<typeof spawn>; pid: number }> {
  const script = `${file}.mts`;
  writeFileSync(
    script,
    `import { commandExecutor } from ${source('executors/command.ts')};
     import { workerExecutor } from ${source('executors/worker.ts')};
     const executor = ${executor};
     void executor.execute(${JSON.stringify(order)}, new AbortController().signal);
     process.on('SIGUSR2', () => process.exit(0));`,
  );
  const child = spawn(process.execPath, ['--no-warnings', script], { stdio: 'inherit' });
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(20);
  return { child, pid: Number(readFileSync(file, 'utf8')) };
}

/** Whether the process ends within some seconds. */
async function ends(pid: number): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    if (
      !existsSync(`/proc/${pid}/status`) ||
      /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    )
      return true;
    await sleep(50);
  }
  return false;
}

const looping = async (file: string, after: string) => {
  const text = `export const outs = () => ({}); export const run = async () => { const fs = await import('node:fs'); fs.writeFileSync(${JSON.stringify(file)}, String((globalThis as any).process.pid)); ${after} };`;
  return bench.order(await bench.stage(text), { effects: ['native'] });
};

const worker = async () =>
  `workerExecutor({ workers: 1, entry: ${JSON.stringify(await bench.worker())}, folder: ${JSON.stringify(bench.folder)} })`;

describe('when the run itself exits', () => {
  it('its busy workers end', async () => {
    const file = join(bench.folder, 'busy');
    const { child, pid } = await startRun(file, await worker(), await looping(file, 'for (;;);'));
    child.kill('SIGUSR2');
    await once(child, 'exit');
    expect(await ends(pid)).toBe(true);
  });

  it('its commands end, with what they started', async () => {
    const file = join(bench.folder, 'command');
    const argv = ['sh', '-c', `sleep 60 & echo $! > ${file}; wait`].map(
      (text) => [{ type: 'text', text }] as const,
    );
    const order = bench.order({ type: 'command', argv, sources: {}, outs: {}, env: {} });
    const { child, pid } = await startRun(file, 'commandExecutor({})', order);
    child.kill('SIGUSR2');
    await once(child, 'exit');
    expect(await ends(pid)).toBe(true);
  });
});

describe('when the run is killed', () => {
  it('workers end as soon as they are not busy', async () => {
    const file = join(bench.folder, 'killed');
    const { child, pid } = await startRun(
      file,
      await worker(),
      await looping(file, 'await new Promise(() => 0);'),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await ends(pid)).toBe(true);
  });
});
