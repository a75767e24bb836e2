/** A project in a temporary folder, and the built command line run in it. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { inject } from 'vitest';
import { digestOf } from '../../../src/base/digest.ts';
import { lightZod, usesZod } from '../../support/light-zod.ts';
import { runCommand } from '../../support/command-line.ts';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  readonly root: string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly read: (path: string) => string;
  readonly colophon: (...args: readonly string[]) => Promise<Ended>;
  /** Changes the store behind the tool's back. */
  readonly tamper: (change: (store: Database.Database) => void) => void;
  readonly remove: () => void;
}

/** A new project with these files. */
export function newProject(files: Readonly<Record<string, string>>): Project {
  const project = projectIn(newFolder());
  project.write(usesZod(files) ? { ...lightZod, ...files } : files);
  return project;
}

/**
 * A project with these files that was run as it is: a copy of the one that was run first. Its steps are hits, but
 * what is remembered by stats is not believed.
 */
export async function ranProject(files: Readonly<Record<string, string>>): Promise<Project> {
  const template = join(inject('templates'), digestOf(JSON.stringify(files)));
  if (!existsSync(template)) {
    const first = newProject(files);
    await first.colophon('run', '-q');
    // Another worker may have been quicker.
    if (existsSync(template)) first.remove();
    else renameSync(first.root, template);
  }
  const project = projectIn(newFolder());
  cpSync(template, project.root, { recursive: true });
  return project;
}

const newFolder = () => realpathSync(mkdtempSync(join(tmpdir(), 'colophon-test-')));

function projectIn(root: string): Project {
  return {
    root,
    write: (texts) => {
      for (const [path, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    colophon: async (...args) => {
      const { code, stdout, stderr } = await runCommand(args, { cwd: root });
      return { code: code ?? 70, stdout, stderr };
    },
    tamper: (change) => {
      const store = new Database(join(root, '.colophon/store.sqlite'));
      change(store);
      store.close();
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
