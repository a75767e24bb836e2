/** Which words could come next on a command line. Pure. */
import type { CommandSpec } from '../command-spec.ts';
import { nameOf } from '../arguments.ts';
import { topics } from '../help-topics.ts';
import { type Option, helpOption, optionOf } from '../option.ts';
import { shells } from './scripts.ts';

/** A word, and what it is. */
interface Candidate {
  readonly word: string;
  readonly says: string;
}

/** What a project has to offer, asked for only where it is needed. */
export interface Names {
  /** Stages by name; steps only of those stages that `word` begins to name a step of. */
  readonly targets: (word: string) => readonly string[];
  readonly claims: () => readonly string[];
  readonly runs: () => readonly string[];
  readonly profiles: () => readonly string[];
  /** `stage.param=`. */
  readonly params: () => readonly string[];
}

/** The words that could stand in place of the last of `words`; nothing where a file is meant. */
export function candidates(
  words: readonly string[],
  commands: readonly CommandSpec[],
  names: Names,
): Candidate[] {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  return allOf(last, before, commands, names).filter(({ word }) => word.startsWith(last));
}

function allOf(
  last: string,
  before: readonly string[],
  commands: readonly CommandSpec[],
  names: Names,
): Candidate[] {
  const listed = commands.map((each) => ({ word: nameOf(each), says: each.says }));
  if (before.length === 0) return [...listed, { word: 'help', says: 'say how to use a command' }];
  if (before[0] === 'help')
    return before.length === 1 ? [...listed, ...topics.map(({ name, says }) => ({ word: name, says }))] : [];
  const spec = commands.find((each) => nameOf(each) === before[0] || each.alias === before[0]);
  if (spec === undefined) return [];
  const options = [...spec.options.map(optionOf), helpOption];
  const open = optionBefore(before.at(-1) as string, options);
  if (open !== undefined) return plain(valuesOf(open, names));
  if (last.startsWith('-'))
    return options
      .filter(({ long, repeats }) => repeats || !before.includes(long))
      .map(({ long, says }) => ({ word: long, says }));
  return plain(argumentsOf(spec, last, names));
}

const plain = (words: readonly string[]): Candidate[] => words.map((word) => ({ word, says: '' }));

/** The flag that the next word is the value of. */
function optionBefore(word: string, options: readonly Option[]): Option | undefined {
  const option = options.find(({ short, long }) => short === word || long === word);
  return option?.value === undefined ? undefined : option;
}

function valuesOf({ name }: Option, names: Names): readonly string[] {
  if (name === 'profile') return names.profiles();
  return name === 'set' ? names.params() : [];
}

function argumentsOf({ completes }: CommandSpec, last: string, names: Names): readonly string[] {
  switch (completes) {
    case 'targets':
      return names.targets(last);
    case 'claims':
      return names.claims();
    case 'runs':
      return names.runs();
    case 'shells':
      return shells;
    default:
      return [];
  }
}
