#!/usr/bin/env node
/** Starts Colophon under a Node that can run it: this one, or the one pinned in the package; else says what is needed. */
// Older Nodes read this file too: it names nothing that they lack, or they end before a word is said.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = [22, 18] as const;
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');

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
function relaunch(node: string): void {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal interrupts both of us; whoever interrupts only this process means the other.
  const inTerminal = process.stdin.isTTY || process.stderr.isTTY;
  process.on('SIGINT', () => inTerminal || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
    if (signal !== null) process.kill(process.pid, signal);
    else process.exitCode = code ?? 70;
  });
}

function refuse(): void {
  process.stderr.write(
    `colophon needs Node >= ${needed.join('.')}, found ${process.version}; install it, or run \`npm ci\` beside colophon\n`,
  );
  process.exitCode = 78;
}

if (isNewEnough(process.versions.node)) {
  nodeModule.enableCompileCache?.(join(here, 'compile-cache'));
  const { main } = (await import('./main.js' as string)) as {
    main: (argv: readonly string[]) => Promise<void>;
  };
  await main(process.argv.slice(2));
} else {
  const node = pinnedNode();
  if (node === undefined) refuse();
  else relaunch(node);
}
