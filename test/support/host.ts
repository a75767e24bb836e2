/** Runs command lines one after another in this process, as a fresh process each would, but for loading the program. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { root } from './imports.ts';

/** One command line, as the test asks for it. */
export interface Asked {
  readonly args: readonly string[];
  readonly cwd: string;
}

export interface Answered {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const program = join(root, 'dist/colophon.js');
enableCompileCache(join(root, 'dist/compile-cache'));
// esbuild's service keeps the folder in which it was loaded: a project's would be gone after its test.
await import('esbuild');
const { main } = (await import(join(root, 'dist/main.js'))) as {
  main: (argv: readonly string[]) => Promise<void>;
};

process.on('disconnect', () => process.exit());
process.on('message', (asked: Asked) => void answer(asked).then((answered) => process.send?.(answered)));

async function answer({ args, cwd }: Asked): Promise<Answered> {
  process.chdir(cwd);
  process.argv = [process.execPath, program, ...args];
  const [stdout, stderr] = [heard(process.stdout), heard(process.stderr)];
  await main(args);
  const code = Number(process.exitCode ?? 0);
  process.chdir('/');
  return { code, stdout: stdout(), stderr: stderr() };
}

/** What is written to a stream from now on; called, it says all of it and gives the stream back. */
function heard(stream: NodeJS.WriteStream): () => string {
  const parts: Buffer[] = [];
  stream.write = ((part: string | Uint8Array, ...rest: readonly unknown[]) => {
    parts.push(Buffer.from(part as string));
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    if (done !== undefined) process.nextTick(done);
    return true;
  }) as typeof stream.write;
  return () => {
    Reflect.deleteProperty(stream, 'write');
    stream.removeAllListeners('error');
    return Buffer.concat(parts).toString();
  };
}
