/** Notes every file whose stat a plan rests on, so that the next one can see at a glance that nothing changed. */
import { type Stat, statOf } from './stat.ts';

/** Everything a plan looked at outside the store. */
export interface Witness {
  readonly note: (path: string, stat: Stat) => void;
  /** Something was looked at that a stat cannot vouch for: a file written a moment ago, a program's answer. */
  readonly doubt: (why: string) => void;
  /** Something was looked at whose stat cannot vouch for it, but tells when it changes; a folder stands for all in it. */
  readonly look: (path: string, stat: Stat | 'folder') => void;
  /** Absolute path to stat; undefined where there is doubt. */
  readonly stats: () => Readonly<Record<string, Stat>> | undefined;
  /** Everything that was looked at, doubt or not. */
  readonly looked: () => ReadonlyMap<string, Stat | 'folder'>;
}

export function newWitness(): Witness {
  const seen = new Map<string, Stat>();
  const looked = new Map<string, Stat | 'folder'>();
  let doubted = false;
  return {
    note: (path, stat) => void seen.set(path, stat),
    doubt: () => {
      doubted = true;
    },
    look: (path, stat) => void looked.set(path, stat),
    looked: () => new Map([...looked, ...seen]),
    stats: () => (doubted ? undefined : Object.fromEntries(seen)),
  };
}

/** Whether every path still has the stat that was noted. */
export function stillStands(stats: Readonly<Record<string, Stat>>): boolean {
  for (const path in stats) if (statOf(path) !== stats[path]) return false;
  return true;
}
