/** Reads the command line, runs the command, turns how it ended into an exit code. */
import { readFileSync } from 'node:fs';
import { type CommandLine, readCommandLine } from './arguments.ts';
import { commands } from './commands.ts';
import { describeError, exitOf, exits } from './exit.ts';
import { nameLoss } from './gone.ts';
import { commandHelp, overview, usageHint } from './help.ts';
import { readableNames } from '../model/case.ts';
import { Fault } from '../model/fault.ts';
import { print, stdoutStyle } from './output.ts';
import { type Excerpts, problemLines } from './problems.ts';
import { version } from './tool.ts';
import { styleFor } from './view/style.ts';

/** Runs one command line (without node and the script) and sets the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  leaveQuietlyWhenClosed(process.stdout);
  leaveQuietlyWhenClosed(process.stderr);
  process.exitCode = exits.ok;
  try {
    await obey(readCommandLine(argv, commands));
  } catch (thrown) {
    const error = nameLoss(thrown);
    process.stderr.write(`${errorLines(error).join('\n')}\n`);
    process.exitCode = exitOf(error);
  }
}

/** Whoever reads our output may stop reading: that is no error of ours. A full disk under it is one. */
function leaveQuietlyWhenClosed(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || stream === process.stderr) return;
    process.stderr.write(`the output cannot be written: ${error.message}\n`);
    process.exitCode = exits.failed;
  });
}

async function obey(line: CommandLine): Promise<void> {
  switch (line.type) {
    case 'version':
      return print(version);
    case 'help':
      return print(
        line.spec === undefined
          ? overview(commands, version, stdoutStyle())
          : commandHelp(line.spec, stdoutStyle()),
      );
    case 'topic':
      return print(line.topic.lines);
    case 'wrong': {
      const hint = usageHint(line.spec);
      process.stderr.write(`${line.message}\n${hint === '' ? '' : `${hint}\n`}`);
      process.exitCode = exits.usage;
      return;
    }
    case 'command':
      return line.spec.run(...([...line.given, line.flags, commands] as never[]));
  }
}

function errorLines(error: unknown): string[] {
  if (!(error instanceof Fault)) return [describeError(error)];
  const problems = error.problems.map((each) => ({ ...each, message: readableNames(each.message) }));
  return problemLines(problems, excerpts());
}

/** Source lines under problems are for people: on a terminal only. */
function excerpts(): Excerpts | undefined {
  if (!process.stderr.isTTY) return undefined;
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  };
  return { read, columns: process.stderr.columns || 80, style: styleFor(process.stderr, process.env) };
}
