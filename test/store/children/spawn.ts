/** Starts child processes of tests: TypeScript under this same Node, lines of JSON back. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Child {
  readonly process: ChildProcess;
  /** The next line it says, parsed. Rejects when it ends before. */
  readonly next: () => Promise<unknown>;
  /** Every line until it ends. */
  readonly rest: () => Promise<unknown[]>;
  /** Resolves when it says anything, or ends. */
  readonly spoken: Promise<unknown>;
  readonly ended: Promise<number | null>;
}

/** Starts `test/store/children/<name>.ts` with arguments. */
export function startChild(name: string, ...args: string[]): Child {
  const script = join(import.meta.dirname, `${name}.ts`);
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const spoken = Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  const next = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${name} said no more\n${errors}`);
    return JSON.parse(line.value) as unknown;
  };
  const rest = async (): Promise<unknown[]> => {
    const said: unknown[] = [];
    for (let line = await lines.next(); line.done !== true; line = await lines.next())
      said.push(JSON.parse(line.value));
    if ((await ended) !== 0 && child.signalCode === null) throw new Error(`${name} failed\n${errors}`);
    return said;
  };
  return { process: child, next, rest, spoken, ended };
}
