/** One flag of a command, as it is declared: `-j, --jobs <n>`. */
import type { OptionSpec } from './command-spec.ts';

export interface Option {
  /** `-j`, where there is one. */
  readonly short?: string | undefined;
  /** `--jobs`. */
  readonly long: string;
  /** The name in the flags that a command gets: `dryRun` for `--dry-run`. */
  readonly name: string;
  /** What its value is; undefined where it takes none. */
  readonly value?: string | undefined;
  /** May be given several times: its value is a list. */
  readonly repeats: boolean;
  readonly says: string;
}

/** Reads a declaration. */
export function optionOf([flags, says]: OptionSpec): Option {
  const match = /^(?:(-\w), )?(--[\w-]+)(?: <(.+?)(\.\.\.)?>)?$/.exec(flags);
  if (match === null) throw new TypeError(`"${flags}" declares no flag`);
  const [, short, long = '', value, dots] = match;
  return { short, long, name: camelCase(long.slice(2)), value, repeats: dots !== undefined, says };
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Every command has it. */
export const helpOption: Option = optionOf(['-h, --help', 'say how to use this command']);
