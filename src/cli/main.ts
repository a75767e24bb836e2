/** Reads the command line, runs the command, turns how it ended into an exit code. */
import { Command, CommanderError, Option } from 'commander';
import { describeError, exitOf, exits } from './exit.ts';
import { version } from './tool.ts';

/** Runs one command line (without node and the script) and sets the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exits.ok);
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

function program(): Command {
  const colophon = new Command('colophon')
    .description(
      'Reruns a paper end to end, re-executes only what a change invalidates, and says of every number where it came from.',
    )
    .version(version, '-V, --version')
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)');
  planning(colophon.command('run [targets...]').alias('repro'))
    .description('bring the pipeline, or some targets, up to date')
    .option('-j, --jobs <n>', 'steps at once (default: the processors)')
    .option('-n, --dry-run', 'only say what would be executed')
    .option('-k, --keep-going', 'after a failure, go on with all that does not need it')
    .option('-f, --force', 'execute the targets although they are up to date')
    .option('--locked', 'fail where pipeline.lock differs (for CI)')
    .option('--restore', 'replace published files that were edited by hand')
    .addOption(new Option('--json', 'print the events, a line each'))
    .action(async (targets: string[], options: object) =>
      (await import('./command/run.ts')).runCommand(targets, options),
    );
  return colophon;
}

function planning(command: Command): Command {
  return command
    .option('-p, --profile <name>', 'the profile to use')
    .option('-S, --set <stage.param=value...>', 'override params for this run')
    .option('--file <path>', 'the pipeline file (default: the nearest pipeline.yaml)');
}
