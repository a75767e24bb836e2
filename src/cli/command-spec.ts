/** How a command is declared: usage, help, options, examples, and the module that runs it, loaded only then. */

export type OptionSpec = readonly [flags: string, says: string, initial?: string];

export interface CommandSpec {
  /** `plan [targets...]`. */
  readonly usage: string;
  readonly alias?: string;
  /** One line, in the imperative. */
  readonly says: string;
  readonly options: readonly OptionSpec[];
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [line: string, says: string])[];
  /** Arguments, then flags, as commander gives them. */
  readonly run: (...given: never[]) => Promise<void>;
}

/** Options of every command that reads a pipeline. */
export const projectOptions = [
  ['-p, --profile <name>', 'use a profile of pipeline.yaml'],
  ['-S, --set <stage.param=value...>', 'override params (publishes elsewhere)'],
  ['--file <path>', 'the pipeline file (default: the nearest pipeline.yaml)'],
] as const satisfies readonly OptionSpec[];
