/** Commands that make something: a first pipeline, a plan, a run. */
import { type CommandSpec, projectOptions } from '../command-spec.ts';
import type { RunFlags } from '../run-flags.ts';

const init: CommandSpec = {
  usage: 'init [folder]',
  group: 'make',
  says: 'make a small pipeline to try, in an empty folder',
  options: [],
  examples: [
    ['colophon init', 'here'],
    ['colophon init my-paper', 'in a new folder'],
  ],
  completes: 'files',
  run: async (folder: string | undefined) => (await import('../command/init.ts')).initCommand(folder),
};

const run: CommandSpec = {
  usage: 'run [targets...]',
  alias: 'repro',
  group: 'make',
  says: 'bring the pipeline, or some targets, up to date',
  options: [
    ...projectOptions,
    ['-j, --jobs <n>', 'steps at once (default: the processors)'],
    ['-n, --dry-run', 'only say what would be executed'],
    ['-k, --keep-going', 'after a failure, go on with all that does not need it'],
    ['-f, --force', 'execute the targets although they are up to date'],
    ['-s, --single-item', 'execute only the targets, nothing they need'],
    ['--locked', 'fail where pipeline.lock differs (for CI)'],
    ['--restore', 'replace published files that were edited by hand'],
    ['--report', 'end by writing report.html (see colophon report)'],
    ['-q, --quiet', 'say only what is wrong'],
    ['-v, --verbose', 'say hits, reasons and every claim too'],
    ['--json', 'print the events, one a line'],
  ],
  examples: [
    ['colophon run', 'everything'],
    ['colophon run spectrum@k=20', 'one step and what it needs'],
    ['colophon run figures/scaling.svg', 'what a published file needs'],
    ['colophon run train^', 'a stage and all below it'],
    ['colophon run -S minima.starts=50', 'an experiment with one param changed'],
  ],
  completes: 'targets',
  run: async (targets: string[], flags: RunFlags) => {
    await (await import('../command/run.ts')).runCommand(targets, flags);
    if (flags.report) await (await import('../command/report.ts')).reportCommand(flags);
  },
};

const plan: CommandSpec = {
  usage: 'plan [targets...]',
  group: 'make',
  says: 'say what would be executed, and why (writes nothing)',
  options: [
    ...projectOptions,
    ['-f, --force', 'as if run with --force'],
    ['--check', 'exit 1 where something would be executed'],
    ['-v, --verbose', 'list hits too'],
    ['--json', 'print the plan as JSON'],
  ],
  examples: [
    ['colophon plan', 'what a change would cost'],
    ['colophon plan --profile quick', 'in another profile'],
    ['colophon plan --check', 'is everything up to date? (for scripts)'],
  ],
  completes: 'targets',
  run: async (targets: string[], flags: object) =>
    (await import('../command/plan.ts')).planCommand(targets, flags),
};

const watch: CommandSpec = {
  usage: 'watch [targets...]',
  group: 'make',
  says: 'bring targets up to date whenever a file changes, and show which claims flip',
  options: [
    ...projectOptions,
    ['-j, --jobs <n>', 'steps at once (default: the processors)'],
    ['-k, --keep-going', 'after a failure, go on with all that does not need it'],
    ['-q, --quiet', 'say only what is wrong, and which claims flip'],
    ['-v, --verbose', 'say hits, reasons and every claim too'],
  ],
  examples: [
    ['colophon watch', 'everything, until Ctrl-C'],
    ['colophon watch figures/scaling.svg', 'what one figure needs'],
    ['colophon watch --profile quick', 'a small profile, while the code is being written'],
  ],
  completes: 'targets',
  run: async (targets: string[], flags: RunFlags) =>
    (await import('../command/watch.ts')).watchCommand(targets, flags),
};

export const makeCommands: readonly CommandSpec[] = [init, run, plan, watch];
