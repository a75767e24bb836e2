/** A project in a temporary folder, and the built command line run in it. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
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

export function newProject(files: Readonly<Record<string, string>>): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-test-')));
  const write: Project['write'] = (texts) => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write(usesZod(files) ? { ...lightZod, ...files } : files);
  return {
    root,
    write,
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
