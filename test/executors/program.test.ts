/** How a program comes to its end, and what is said of it. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../src/executors/program.ts';
import type { Limits } from '../../src/model/executor.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
let runs = 0;

/** Runs a program in the folder of this test, with what it printed. */
async function run(argv: readonly string[], signal = never, limits: Limits = {}, grace = 10_000) {
  const [stdout, stderr] = ['stdout', 'stderr'].map((name) => join(folder, `${name}-${runs}`)) as [
    string,
    string,
  ];
  runs += 1;
  const env = { PATH: '/usr/bin:/bin', GREETING: 'hello' };
  const end = await runProgram({ argv, cwd: folder, env, stdout, stderr, limits, grace }, signal);
  return { end, stdout: readFileSync(stdout, 'utf8'), stderr: readFileSync(stderr, 'utf8') };
}
const shell = (text: string, signal?: AbortSignal) => run(['sh', '-c', text], signal);

const script = (name: string, text: string, mode: number): string => {
  writeFileSync(join(folder, name), text, { mode });
  return `./${name}`;
};

describe('a program that ends well', () => {
  test('has its output in files, its cost, and no variable but those given', async () => {
    const { end, stdout, stderr } = await shell('echo "$GREETING" "$HOME"; echo aside >&2; pwd');
    expect([stdout, stderr]).toEqual([`hello \n${folder}\n`, 'aside\n']);
    expect(end).toMatchObject({ type: 'done', cost: { wall: expect.any(Number) as number } });
    expect(end.cost.wall).toBeGreaterThan(0);
  });

  test('gets its arguments as they are: no shell reads them', async () => {
    expect((await run(['printf', '%s|', '$GREETING', 'a b', '*'])).stdout).toBe('$GREETING|a b|*|');
  });

  test('finds nothing to read', async () => {
    expect((await run(['cat'])).end.type).toBe('done');
  });
});

describe('a program that fails', () => {
  test('is told by its exit code and the last ten lines of its complaints', async () => {
    const { end } = await shell('for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "line $i" >&2; done; exit 3');
    expect(end).toMatchObject({ type: 'failed', ending: 'exit' });
    const message = end.type === 'failed' ? end.message : '';
    expect(message.split('\n')).toEqual([
      'sh ended with exit code 3',
      ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((i) => `line ${i}`),
    ]);
  });

  test('is told by the signal that ended it', async () => {
    expect((await shell('kill -SEGV $$')).end).toMatchObject({
      ending: 'crash',
      message: 'sh was ended by SIGSEGV',
    });
  });
});

describe('a program that cannot be started', () => {
  test.each([
    ['is on no path', 'no-such-program', /"no-such-program" is not on PATH \(\/usr\/bin:\/bin\)/],
    ['is not there', './no-such-script', /^\.\/no-such-script is not there; declare it as a dep/],
  ])('because it %s', async (_, name, message) => {
    expect((await run([name])).end).toMatchObject({
      ending: 'error',
      message: expect.stringMatching(message) as string,
    });
  });

  test('because it may not be executed, or its interpreter is not there', async () => {
    const plain = script('plain.sh', '#!/bin/sh\n', 0o644);
    const strange = script('strange.sh', '#!/no/such/interpreter\n', 0o755);
    expect((await run([plain])).end).toMatchObject({
      message: expect.stringContaining('may not be executed') as string,
    });
    expect((await run([strange])).end).toMatchObject({
      message: expect.stringContaining('the interpreter in the first line of ./strange.sh') as string,
    });
  });
});

describe('a program that is ended', () => {
  test('past its timeout, although it does not listen', async () => {
    const deaf = ['sh', '-c', 'trap "" TERM; while true; do sleep 0.05; done'];
    const { end } = await run(deaf, never, { timeout: 150 }, 100);
    expect(end).toMatchObject({ type: 'failed', ending: 'timeout' });
  });

  test('when it is cancelled, with time to tidy up, and with all that it started', async () => {
    const cancel = new AbortController();
    const running = shell(
      'sleep 60 & echo $! > child; trap "echo tidied; exit 1" TERM; echo > ready; wait',
      cancel.signal,
    );
    for (;;) {
      try {
        readFileSync(join(folder, 'ready'));
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
    cancel.abort();
    const { end, stdout } = await running;
    expect(end).toMatchObject({ type: 'failed', ending: 'interrupted' });
    expect(stdout).toBe('tidied\n');
    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    await expect.poll(() => isRunning(child)).toBe(false);
  });

  test('when it was cancelled beforehand', async () => {
    expect((await shell('sleep 60', AbortSignal.abort())).end).toMatchObject({ ending: 'interrupted' });
  });
});

/** A zombie that nobody has waited for yet is not. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
