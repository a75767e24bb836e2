#!/usr/bin/env node
/** Starts Colophon under a Node that can run it: this one, or the one pinned in the package; else says what is needed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { enableCompileCache } from 'node:module';

const needed = [22, 18] as const;
const root = join(import.meta.dirname, '..');

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

function pinnedNode(): string | undefined {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = [join(root, 'node_modules'), join(root, '..')];
  return folders.map((folder) => join(folder, name, 'bin', file)).find((path) => existsSync(path));
}

/** Runs the same command under the pinned Node; its exit code, or the signal's, becomes ours. */
async function relaunch(node: string): Promise<never> {
  const { spawnSync } = await import('node:child_process');
  const result = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  if (result.signal !== null) process.kill(process.pid, result.signal);
  process.exit(result.status ?? 70);
}

function refuse(): never {
  process.stderr.write(
    `colophon needs Node >= ${needed.join('.')}, found ${process.version}; install it, or run \`npm ci\` beside colophon\n`,
  );
  process.exit(78);
}

if (isNewEnough(process.versions.node)) {
  enableCompileCache?.(join(import.meta.dirname, 'compile-cache'));
  const { main } = (await import('./main.js' as string)) as {
    main: (argv: readonly string[]) => Promise<void>;
  };
  await main(process.argv.slice(2));
} else {
  const node = pinnedNode();
  if (node === undefined) refuse();
  await relaunch(node);
}
