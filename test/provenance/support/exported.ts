/** Bundles as the command line exports them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, newProject } from '../../cli/support/project.ts';

export interface Exported {
  readonly project: Project;
  readonly unsigned: Uint8Array;
  readonly signed: Uint8Array;
  /** Of the key that signed. */
  readonly fingerprint: string;
}

/** Runs a project and exports it twice; `project.remove` takes it away. */
export async function exported(files: Readonly<Record<string, string>>): Promise<Exported> {
  const project = newProject(files);
  const done = async (...args: readonly string[]) => {
    const ended = await project.colophon(...args);
    if (ended.code !== 0 && args[0] !== 'run') throw new Error(`${args.join(' ')}: ${ended.stderr}`);
    return ended.stdout;
  };
  await done('run', '-q');
  const { fingerprint } = JSON.parse(await done('keygen', '--json')) as { fingerprint: string };
  await done('export', '-o', 'unsigned.zip');
  await done('export', '-o', 'signed.zip', '--key', 'colophon.key');
  const read = (name: string) => Uint8Array.from(readFileSync(join(project.root, name)));
  return { project, unsigned: read('unsigned.zip'), signed: read('signed.zip'), fingerprint };
}
