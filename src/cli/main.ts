/** Reads the command line, runs the command, turns how it ended into an exit code. */
import { Command, CommanderError } from 'commander';
import { commands } from './commands.ts';
import type { CommandSpec } from './command-spec.ts';
import { describeError, exitOf, exits } from './exit.ts';
import { version } from './tool.ts';

/** Runs one command line (without node and the script) and sets the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? exits.ok);
    throw error;
  });
  try {
    process.exitCode = exits.ok;
    await program().parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exits.ok : exits.usage;
    else {
      process.stderr.write(`${describeError(error)}\n`);
      process.exitCode = exitOf(error);
    }
  }
}

const introduction = `Reruns a paper end to end, re-executes only what a change invalidates,
and says of every number where it came from.

New here?  colophon init    makes a small pipeline to try
           colophon run     brings it up to date
           colophon plan    says what would be executed, and why`;

/** The command line as a whole. */
export function program(): Command {
  const colophon = new Command('colophon')
    .description(introduction)
    .version(version, '-V, --version')
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(add --help for what there is)');
  for (const spec of commands) add(colophon, spec);
  return colophon;
}

function add(colophon: Command, spec: CommandSpec): void {
  const command = colophon.command(spec.usage).description(spec.says);
  if (spec.alias !== undefined) command.alias(spec.alias);
  for (const option of spec.options) command.option(...option);
  if (spec.examples.length > 0) command.addHelpText('after', `\nExamples:\n${exampleLines(spec.examples)}`);
  command.action(async (...given: unknown[]) => spec.run(...(given.slice(0, -1) as never[])));
}

function exampleLines(examples: CommandSpec['examples']): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  return examples.map(([line, says]) => `  ${line.padEnd(width)}   ${says}`).join('\n');
}
