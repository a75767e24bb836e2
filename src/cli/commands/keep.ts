/** Commands that keep house: the store, the machine, the editor, the shell. */
import { type CommandSpec, projectOptions } from '../command-spec.ts';

const doctor: CommandSpec = {
  usage: 'doctor',
  group: 'keep',
  says: 'check Node, the store, the disk and the pipeline file, and say what to do',
  options: [
    ...projectOptions,
    ['--repair', 'mend the store: what is lost will be executed again'],
    ['--json', 'print as JSON'],
  ],
  examples: [
    ['colophon doctor', 'exit 1 where something is wrong'],
    ['colophon doctor --repair', 'after a power failure, say'],
  ],
  run: async (flags: object) => (await import('../command/doctor.ts')).doctorCommand(flags),
};

const gc: CommandSpec = {
  usage: 'gc',
  group: 'keep',
  says: 'remove what no profile, lock, pin, recent run or the last hour needs',
  options: [
    ...projectOptions,
    ['-n, --dry-run', 'only say what would go'],
    ['--keep-runs <n>', 'newest complete runs to keep (default: 5)'],
    ['--json', 'print as JSON'],
  ],
  examples: [['colophon gc -n', 'what would be freed']],
  run: async (flags: object) => (await import('../command/gc.ts')).gcCommand(flags),
};

const schema: CommandSpec = {
  usage: 'schema',
  group: 'keep',
  says: 'print the JSON Schema of pipeline.yaml, for editors',
  options: [],
  examples: [['colophon schema > pipeline.schema.json', 'what the first line of pipeline.yaml names']],
  run: async () => (await import('../command/schema.ts')).schemaCommand(),
};

const completion: CommandSpec = {
  usage: 'completion <shell> [line...]',
  group: 'keep',
  says: 'print what makes a shell complete commands, flags and steps',
  options: [],
  examples: [
    ['eval "$(colophon completion bash)"', 'in ~/.bashrc'],
    ['eval "$(colophon completion zsh)"', 'in ~/.zshrc, after compinit'],
    ['colophon completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
  completes: 'shells',
  run: async (shell: string, line: string[], _: object, commands: readonly CommandSpec[]) =>
    (await import('../command/completion.ts')).completionCommand(shell, line, commands),
};

export const keepCommands: readonly CommandSpec[] = [doctor, gc, schema, completion];
