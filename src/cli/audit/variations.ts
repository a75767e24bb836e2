/** What an audit makes different on purpose: time zone, language, steps at once, order of listing, the Node version. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../model/fault.ts';
import type { Recorded } from '../../provenance/audit.ts';
import { machineVersions } from '../tool.ts';

export interface Variation {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** More or fewer steps at once. */
  readonly jobs: number;
  /** Inputs are laid out in the opposite order, where folders are listed as they were filled. */
  readonly reversed: boolean;
  /** Another Node's executable. */
  readonly node?: string | undefined;
  readonly machine: Readonly<Record<string, string>>;
  /** Whether it can make a difference to the step at all. */
  readonly concerns: (recorded: Recorded) => boolean;
}

const machine = machineVersions();
const all = () => true;
const isCommand = ({ step }: Recorded) => step.stage.computation.type === 'command';

export const plain: Variation = {
  name: 'as recorded',
  environment: {},
  jobs: 0,
  reversed: false,
  machine,
  concerns: all,
};

/** One thing at a time: asked where {@link together} gave something else, to name what it was. */
export const single: readonly Variation[] = [
  { ...plain, name: 'time zone', environment: { TZ: 'Asia/Kathmandu' } },
  { ...plain, name: 'locale', environment: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } },
  { ...plain, name: 'order of listing', reversed: true, concerns: isCommand },
];

/** All of it at once, with another number of steps at a time. */
export const together: Variation = {
  ...plain,
  name: 'varied',
  environment: Object.assign({}, ...single.map(({ environment }) => environment)) as Record<string, string>,
  jobs: 1,
  reversed: true,
};

/** Another Node. Throws Fault `usage` where the path leads to none, or to one that is too old. */
export function nodeVariation(path: string): Variation {
  const versions = versionsOf(path);
  const [major = 0, minor = 0] = (versions['node'] ?? '').split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 18))
    throw new Fault('usage', `--node ${path} is Node ${versions['node']}; workers need 22.18 or newer`);
  return {
    ...plain,
    name: `node ${versions['node']}`,
    node: path,
    machine: { ...machine, ...versions },
    // The version is in the key of a step with effects: under another one it is another step.
    concerns: (recorded) => !isCommand(recorded) && recorded.step.stage.effects.length === 0,
  };
}

function versionsOf(path: string): Record<string, string> {
  try {
    const text = execFileSync(path, ['-p', 'JSON.stringify(process.versions)'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { node, v8 } = JSON.parse(text) as Record<string, string>;
    return { node: node as string, v8: v8 as string };
  } catch {
    throw new Fault('usage', `--node takes the path of a Node executable; ${path} is none`);
  }
}

/** A new folder where the newest file is listed first, if this machine has such a file system (tmpfs). */
export function listingFolder(): string {
  const shared = '/dev/shm';
  try {
    accessSync(shared, constants.W_OK);
    return mkdtempSync(join(shared, 'colophon-audit-'));
  } catch {
    return mkdtempSync(join(tmpdir(), 'colophon-audit-'));
  }
}
