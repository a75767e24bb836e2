/** How a command is declared: usage, help, options, examples, and the module that runs it, loaded only then. */

export type OptionSpec = readonly [flags: string, says: string];

/** What a command is for, in the order of the help. */
export type Group = 'make' | 'ask' | 'check' | 'keep';

export interface CommandSpec {
  /** `plan [targets...]`. */
  readonly usage: string;
  readonly alias?: string;
  readonly group: Group;
  /** One line, in the imperative. */
  readonly says: string;
  readonly options: readonly OptionSpec[];
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [line: string, says: string])[];
  /** What an argument can be, for completion: names of the pipeline's stages and steps, or files. */
  readonly completes?: 'targets' | 'claims' | 'runs' | 'profiles' | 'shells' | 'files';
  /** Gets its arguments one by one (a list for `[names...]`), then its flags, then all commands. */
  readonly run: (...given: never[]) => Promise<void>;
}

/** Options of every command that reads a pipeline. */
export const projectOptions = [
  ['-p, --profile <name>', 'use a profile of pipeline.yaml'],
  ['-S, --set <stage.param=value...>', 'override a param, a variable or a resource (publishes elsewhere)'],
  ['--file <path>', 'the pipeline file (default: the nearest pipeline.yaml)'],
] as const satisfies readonly OptionSpec[];
