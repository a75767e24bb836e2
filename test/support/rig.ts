/** A project in a temporary folder, and the real command line run in it; what was executed is read from its events. */
import type { ChildProcess } from 'node:child_process';
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
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '../../src/model/event.ts';
import type { PlannedStep } from '../../src/model/plan.ts';
import { type Ended, type Env, endCommands, runCommand, startCommand } from './command-line.ts';
import { lightZod, usesZod } from './light-zod.ts';

export type { Ended } from './command-line.ts';

export type Files = Readonly<Record<string, string>>;

/** How a `run --json` ended. */
export interface Ran extends Ended {
  readonly events: readonly RunEvent[];
  /** Steps that were executed well, sorted. */
  readonly executed: readonly string[];
  readonly hits: readonly string[];
  readonly failed: readonly string[];
}

/** A step of `plan --json`. */
export interface Planned {
  readonly step: string;
  readonly verdict: PlannedStep['verdict']['type'];
  readonly key?: string;
  readonly reasons?: readonly { readonly type: string; readonly detail: string }[];
}

/** A command under way. */
export interface Running {
  readonly process: ChildProcess;
  /** The events that it has said so far. */
  readonly events: () => readonly RunEvent[];
  readonly stderr: () => string;
  readonly ended: Promise<Ran>;
}

export class Rig {
  readonly root: string;
  /** Further variables of every command. */
  env: Env = {};

  constructor(root: string) {
    this.root = root;
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true });
      writeFileSync(this.path(path), text);
    }
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  exists(path: string): boolean {
    return existsSync(this.path(path));
  }

  remove(path: string): void {
    rmSync(this.path(path), { recursive: true });
  }

  rename(from: string, to: string): void {
    renameSync(this.path(from), this.path(to));
  }

  /** Replaces a part of a file that must be there once. */
  edit(path: string, from: string, to: string): void {
    const parts = this.read(path).split(from);
    if (parts.length !== 2) throw new Error(`${path} has "${from}" ${parts.length - 1} times, not once`);
    writeFileSync(this.path(path), parts.join(to));
  }

  /** The project in another folder, with its store or without. */
  copy(what: 'with its store' | 'without its store'): Rig {
    const other = new Rig(newFolder());
    const store = this.path('.colophon');
    const filter = (path: string) => what === 'with its store' || path !== store;
    cpSync(this.root, other.root, { recursive: true, filter });
    return other;
  }

  /** The same project, seen from a folder inside of it. */
  within(folder: string): Rig {
    const other = new Rig(this.path(folder));
    other.env = this.env;
    return other;
  }

  /** A command in a process of its own. */
  start(args: readonly string[]): Running {
    const { process, stdout, stderr, ended } = startCommand(args, { cwd: this.root, env: this.env });
    return { process, events: () => eventsIn(stdout()), stderr, ended: ended.then(ran) };
  }

  /** Any command, as it is typed. */
  async colophon(...args: readonly string[]): Promise<Ended> {
    return runCommand(args, { cwd: this.root, env: this.env });
  }

  /** `colophon run --json`. */
  async run(...args: readonly string[]): Promise<Ran> {
    return ran(await this.colophon('run', '--json', ...args));
  }

  /** `colophon run --json` that must end well; the steps that it executed. */
  async executes(...args: readonly string[]): Promise<readonly string[]> {
    const { code, stderr, failed, executed } = await this.run(...args);
    if (code !== 0) throw new Error(`exit ${code}, failed: ${failed.join(', ')}\n${stderr}`);
    return executed;
  }

  /** `colophon plan --json`. */
  async plan(...args: readonly string[]): Promise<readonly Planned[]> {
    const { code, stdout, stderr } = await this.colophon('plan', '--json', ...args);
    if (code !== 0) throw new Error(`exit ${code}\n${stderr}`);
    return (JSON.parse(stdout) as { steps: Planned[] }).steps;
  }

  /** The text of the lock that `colophon lock` writes now. */
  async lock(...args: readonly string[]): Promise<string> {
    const { code, stderr } = await this.colophon('lock', ...args);
    if (code !== 0) throw new Error(`exit ${code}\n${stderr}`);
    return this.read('pipeline.lock');
  }

  /** A line of shell that says that it was reached, and goes on when the gate is opened. */
  gate(name: string): Gate {
    mkdirSync(this.path('.gates'), { recursive: true });
    const [reached, opened] = [this.path('.gates', `${name}.reached`), this.path('.gates', `${name}.open`)];
    return {
      shell: `: > ${reached}; until [ -e ${opened} ]; do sleep 0.02; done`,
      reached: () => until(() => existsSync(reached), `gate ${name}`),
      open: () => writeFileSync(opened, ''),
    };
  }
}

export interface Gate {
  readonly shell: string;
  readonly reached: () => Promise<void>;
  readonly open: () => void;
}

const folders: string[] = [];

function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon-test-')));
  folders.push(folder);
  return folder;
}

/** A new project with these files. `removeRigs` takes it away. */
export function newRig(files: Files): Rig {
  const rig = new Rig(newFolder());
  rig.write(usesZod(files) ? { ...lightZod, ...files } : files);
  return rig;
}

/** Removes the folders of all projects of this test file; what still runs there may hold one for a moment. */
export function removeRigs(): void {
  endCommands();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Waits until something holds; fails after a minute. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited a minute for ${what}`);
    await sleep(10);
  }
}

/** Long enough for stats to be trusted: what was written before is old afterwards. */
export const settle = (): Promise<void> => sleep(2100);

function eventsIn(stdout: string): RunEvent[] {
  const lines = stdout.split('\n').slice(0, -1);
  return lines.filter((line) => line.startsWith('{"type"')).map((line) => JSON.parse(line) as RunEvent);
}

function ran(ended: Ended): Ran {
  const events = eventsIn(ended.stdout);
  return { ...ended, events, executed: of('executed'), hits: of('hit'), failed: of('failed') };

  function of(type: 'executed' | 'hit' | 'failed'): string[] {
    return events.flatMap((event) => (event.type === type ? [event.step] : [])).sort();
  }
}

/** The events of one type. */
export function eventsOf<T extends RunEvent['type']>(
  { events }: Pick<Ran, 'events'>,
  type: T,
): Extract<RunEvent, { type: T }>[] {
  return events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
}
