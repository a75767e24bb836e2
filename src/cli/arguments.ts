/** Reads a command line: which command, with which arguments and flags; or what is wrong with it. */
import { counted, nearest, suggestion } from '../base/text.ts';
import type { CommandSpec } from './command-spec.ts';
import { type Topic, topics } from './help-topics.ts';
import { type Option, helpOption, optionOf } from './option.ts';

type Flags = Readonly<Record<string, string | true | readonly string[]>>;

export type CommandLine =
  | {
      readonly type: 'command';
      readonly spec: CommandSpec;
      /** One for each argument in the usage: text, a list for `[names...]`, undefined where left out. */
      readonly given: readonly (string | undefined | readonly string[])[];
      readonly flags: Flags;
    }
  | { readonly type: 'help'; readonly spec?: CommandSpec | undefined }
  | { readonly type: 'topic'; readonly topic: Topic }
  | { readonly type: 'version' }
  | { readonly type: 'wrong'; readonly message: string; readonly spec?: CommandSpec | undefined };

/** What the words after `colophon` ask for. */
export function readCommandLine(argv: readonly string[], commands: readonly CommandSpec[]): CommandLine {
  const [first, ...rest] = argv;
  if (first === undefined || first === '-h' || first === '--help') return { type: 'help' };
  if (first === '-V' || first === '--version') return { type: 'version' };
  if (first === 'help') return readHelp(rest, commands);
  const spec = commands.find((each) => nameOf(each) === first || each.alias === first);
  if (spec === undefined) return { type: 'wrong', message: unknownCommand(first, commands) };
  return new Reader(spec, commands).read(rest);
}

/** `plan` of `plan [targets...]`. */
export const nameOf = ({ usage }: CommandSpec): string => usage.split(' ', 1)[0] as string;

function readHelp([about]: readonly string[], commands: readonly CommandSpec[]): CommandLine {
  if (about === undefined) return { type: 'help' };
  const topic = topics.find(({ name }) => name === about);
  if (topic !== undefined) return { type: 'topic', topic };
  const spec = commands.find((each) => nameOf(each) === about || each.alias === about);
  return spec === undefined
    ? { type: 'wrong', message: unknownCommand(about, commands) }
    : { type: 'help', spec };
}

function unknownCommand(word: string, commands: readonly CommandSpec[]): string {
  const what = word.startsWith('-') ? 'flag' : 'command';
  const names = commands.flatMap((spec) => [nameOf(spec), ...(spec.alias === undefined ? [] : [spec.alias])]);
  const hint = suggestion(word, names);
  return `there is no ${what} "${word}".${hint === '' ? ' `colophon --help` lists the commands.' : hint}`;
}

class Wrong extends Error {}

class Reader {
  readonly #spec: CommandSpec;
  readonly #commands: readonly CommandSpec[];
  readonly #options: readonly Option[];
  readonly #words: string[] = [];
  readonly #flags: Record<string, string | true | string[]> = {};
  #rest: string[] = [];

  constructor(spec: CommandSpec, commands: readonly CommandSpec[]) {
    this.#spec = spec;
    this.#commands = commands;
    this.#options = [...spec.options.map(optionOf), helpOption];
  }

  read(words: readonly string[]): CommandLine {
    const spec = this.#spec;
    this.#rest = [...words];
    try {
      while (this.#rest.length > 0) this.#take(this.#rest.shift() as string);
      if (this.#flags['help'] === true) return { type: 'help', spec };
      return { type: 'command', spec, given: argumentsOf(spec, this.#words), flags: this.#flags };
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      // Whoever asks for help with what is wrong gets it.
      const asked = words.includes('--help') || words.includes('-h');
      return asked ? { type: 'help', spec } : { type: 'wrong', message: error.message, spec };
    }
  }

  #take(word: string): void {
    if (word === '--') this.#words.push(...this.#rest.splice(0));
    else if (word.startsWith('--')) this.#takeLong(word);
    else if (/^-\D/.test(word) && !/^-\.\d/.test(word)) this.#takeShort(word.slice(1));
    else this.#words.push(word);
  }

  #takeLong(word: string): void {
    const [name = '', ...values] = word.split('=');
    const option = this.#options.find(({ long }) => long === name) ?? this.#unknown(name);
    if (option.value === undefined && values.length > 0)
      throw new Wrong(`${name} takes no value, found "${values.join('=')}"`);
    this.#set(option, values.length > 0 ? values.join('=') : undefined, name);
  }

  /** `-kf` is `-k -f`, `-j4` is `-j 4`. */
  #takeShort(letters: string): void {
    const name = `-${letters[0]}`;
    const option = this.#options.find(({ short }) => short === name) ?? this.#unknown(name);
    const behind = letters.slice(1);
    if (option.value !== undefined) return this.#set(option, behind.replace(/^=/, '') || undefined, name);
    this.#set(option, undefined, name);
    if (behind !== '') this.#takeShort(behind);
  }

  #set(option: Option, joined: string | undefined, name: string): void {
    if (option.value === undefined) {
      this.#flags[option.name] = true;
      return;
    }
    const value = joined ?? this.#rest.shift();
    if (value === undefined || (joined === undefined && this.#options.some((each) => each.long === value)))
      throw new Wrong(`${name} takes a value: ${option.long} <${option.value}>`);
    const before = this.#flags[option.name];
    this.#flags[option.name] = option.repeats ? [...(Array.isArray(before) ? before : []), value] : value;
  }

  #unknown(name: string): never {
    const own = this.#options.map(({ long }) => long);
    const isLong = name.startsWith('--');
    const hint = (isLong && suggestion(name, own)) || elsewhere(name, this.#commands);
    throw new Wrong(`\`colophon ${nameOf(this.#spec)}\` has no flag ${name}.${hint}`);
  }
}

/** ` \`colophon run\` has one.`, for a flag that another command has, or nearly. */
function elsewhere(name: string, commands: readonly CommandSpec[]): string {
  const all = commands.map((spec) => ({ command: nameOf(spec), options: spec.options.map(optionOf) }));
  const names = all.flatMap(({ options }) => options.map(({ long }) => long));
  const meant = name.startsWith('--') ? (nearest(name, names) ?? name) : name;
  const owner = all.find(({ options }) =>
    options.some(({ short, long }) => short === meant || long === meant),
  );
  if (owner === undefined) return '';
  return meant === name
    ? ` \`colophon ${owner.command}\` has one.`
    : ` \`colophon ${owner.command}\` has ${meant}.`;
}

/** The words as the usage names them. */
function argumentsOf(spec: CommandSpec, words: readonly string[]): (string | undefined | string[])[] {
  const slots = spec.usage.split(' ').slice(1);
  const given: (string | undefined | string[])[] = [];
  let taken = 0;
  for (const slot of slots) {
    const isList = slot.endsWith('...]') || slot.endsWith('...>');
    const found = words.slice(taken, isList ? undefined : taken + 1);
    if (slot.startsWith('<') && found.length === 0)
      throw new Wrong(`\`colophon ${nameOf(spec)}\` needs ${slot}: colophon ${spec.usage}`);
    given.push(isList ? [...found] : found[0]);
    taken += found.length;
  }
  if (taken < words.length) {
    const most = slots.length === 0 ? 'no argument' : `at most ${counted(slots.length, 'argument')}`;
    throw new Wrong(
      `\`colophon ${nameOf(spec)}\` takes ${most}, found "${words.slice(taken).join(' ')}" too`,
    );
  }
  return given;
}
