/** Asks the machine about itself: runs a program where steps will run, and takes its answer for their keys. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../model/fault.ts';
import { buildEnvironment, defaultPath } from './environment.ts';
import { runProgram } from './program.ts';

/** Probes print a version; one that takes longer waits for something. */
const limits = { timeout: 30_000 };

/**
 * The trimmed stdout of a program, in the environment that a command stage with the variables `env` gets. Rejects
 * with Fault `usage` where it cannot be started, fails, or prints nothing.
 */
export async function probe(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  path: string = defaultPath,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-probe-'));
  const [stdout, stderr] = [join(folder, 'stdout'), join(folder, 'stderr')];
  try {
    const environment = buildEnvironment(folder, path, env);
    const program = { argv, cwd: folder, env: environment, stdout, stderr, limits, grace: 1000 };
    const end = await runProgram(program, new AbortController().signal);
    if (end.type === 'failed')
      throw new Fault('usage', `the probe \`${argv.join(' ')}\` failed: ${end.message}`);
    return answerOf(argv, readFileSync(stdout, 'utf8').trim());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function answerOf(argv: readonly string[], answer: string): string {
  if (answer !== '') return answer;
  const hint = 'if it answers on stderr, ask through a shell: [sh, -c, "… 2>&1"]';
  throw new Fault('usage', `the probe \`${argv.join(' ')}\` printed nothing to stdout; ${hint}`);
}
