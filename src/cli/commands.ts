/** Every command there is, in the order of the help. */
import { type CommandSpec, projectOptions } from './command-spec.ts';
import type { RunFlags } from './run-flags.ts';

const run: CommandSpec = {
  usage: 'run [targets...]',
  alias: 'repro',
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
    ['-q, --quiet', 'say only what is wrong'],
    ['-v, --verbose', 'say hits, reasons and every claim too'],
    ['--json', 'print the events, one a line'],
    ['--report', 'end by writing report.html (see colophon report)'],
  ],
  examples: [
    ['colophon run', 'everything'],
    ['colophon run spectrum@k=20', 'one step and what it needs'],
    ['colophon run figures/scaling.svg', 'what a published file needs'],
    ['colophon run train^', 'a stage and all below it'],
    ['colophon run -S minima.starts=50', 'an experiment with one param changed'],
  ],
  run: async (targets: string[], flags: RunFlags) => {
    await (await import('./command/run.ts')).runCommand(targets, flags);
    if (flags.report) await (await import('./command/report.ts')).reportCommand(flags);
  },
};

const plan: CommandSpec = {
  usage: 'plan [targets...]',
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
    ['colophon plan --check', 'is everything up to date? (for scripts)'],
  ],
  run: async (targets: string[], flags: object) =>
    (await import('./command/plan.ts')).planCommand(targets, flags),
};

const status: CommandSpec = {
  usage: 'status [targets...]',
  says: 'say how every stage and the claims stand (writes nothing)',
  options: [
    ...projectOptions,
    ['--check', 'exit 1 where something is not up to date'],
    ['--json', 'print as JSON'],
  ],
  examples: [['colophon status', 'one line a stage']],
  run: async (targets: string[], flags: object) =>
    (await import('./command/status.ts')).statusCommand(targets, flags),
};

const why: CommandSpec = {
  usage: 'why <target>',
  says: 'say why a step would be executed, or what it was made from',
  options: [...projectOptions, ['--json', 'print as JSON']],
  examples: [
    ['colophon why spectrum@k=20', 'its verdict, reasons and key'],
    ['colophon why train', 'every step of a stage'],
  ],
  run: async (target: string, flags: object) => (await import('./command/why.ts')).whyCommand(target, flags),
};

const dag: CommandSpec = {
  usage: 'dag [targets...]',
  says: 'draw the graph of stages',
  options: [
    ...projectOptions,
    ['--steps', 'every step by itself'],
    ['--dot', 'for Graphviz'],
    ['--mermaid', 'for Mermaid'],
  ],
  examples: [
    ['colophon dag', 'as text'],
    ['colophon dag --dot | dot -Tsvg > dag.svg', 'as a figure'],
  ],
  run: async (targets: string[], flags: object) =>
    (await import('./command/dag.ts')).dagCommand(targets, flags),
};

const show: CommandSpec = {
  usage: 'show <what>',
  says: "print an artifact, or a step's record",
  options: [
    ...projectOptions,
    ['--logs', 'what the last attempt of a step printed'],
    ['--json', 'print the record as JSON'],
  ],
  examples: [
    ['colophon show train@k=6', 'key, params, inputs, outs, evidence, cost'],
    ['colophon show train@k=6.candidates', 'the artifact itself'],
    ['colophon show 3fa85f64', 'an artifact by its first digits'],
    ['colophon show --logs fit', 'what a command printed'],
  ],
  run: async (what: string, flags: object) => (await import('./command/show.ts')).showCommand(what, flags),
};

const where: CommandSpec = {
  usage: 'where <path-value-or-claim>',
  says: 'say where a file, a number or a claim comes from',
  options: [...projectOptions, ['--json', 'print as JSON']],
  examples: [
    ['colophon where results/counts.csv', 'a published file, back to code and sources'],
    ['colophon where 0.2974', 'every published table that holds the number'],
    ['colophon where least-eigenvalue', 'a claim, its value and what is behind it'],
  ],
  run: async (what: string, flags: object) => (await import('./command/where.ts')).whereCommand(what, flags),
};

const claims: CommandSpec = {
  usage: 'claims [ids...]',
  says: 'list the claims with their status',
  options: [...projectOptions, ['--json', 'print as JSON']],
  examples: [['colophon claims', 'all of them; exit 1 where one fails']],
  run: async (ids: string[], flags: object) =>
    (await import('./command/claims.ts')).claimsCommand(ids, flags),
};

const report: CommandSpec = {
  usage: 'report',
  says: 'write claims, figures, tables, graph and steps as one HTML page',
  options: [...projectOptions, ['-o, --out <path>', 'where (default: report.html beside pipeline.yaml)']],
  examples: [
    ['colophon report', 'report.html, which opens from disk and needs no network'],
    ['colophon run --report', 'bring everything up to date, then write it'],
  ],
  run: async (flags: object) => (await import('./command/report.ts')).reportCommand(flags),
};

const audit: CommandSpec = {
  usage: 'audit [targets...]',
  says: 'hash the store again, execute again from it, and compare',
  options: [
    ...projectOptions,
    ['--budget <time>', 'only what this time holds, cheapest first: 90s, 5m, 1h'],
    ['--vary', 'also with another time zone, language and number of steps at once'],
    ['-j, --jobs <n>', 'steps at once (default: the processors)'],
    ['--json', 'print as JSON'],
  ],
  examples: [
    ['colophon audit', 'everything; exit 3 where something comes out differently'],
    ['colophon audit spectrum@k=20 --vary', 'one step, in two environments'],
    ['colophon audit --budget 5m', 'what five minutes hold'],
  ],
  run: async (targets: string[], flags: object) =>
    (await import('./command/audit.ts')).auditCommand(targets, flags),
};

const lock: CommandSpec = {
  usage: 'lock [targets...]',
  says: 'write what a run gave into pipeline.lock',
  options: [...projectOptions],
  examples: [
    ['colophon lock', 'accept all results of this profile'],
    ['colophon lock train@k=6', 'accept one'],
  ],
  run: async (targets: string[], flags: object) =>
    (await import('./command/lock.ts')).lockCommand(targets, flags),
};

const resolve: CommandSpec = {
  usage: 'resolve [step] [attempt]',
  says: 'list conflicts, or choose a result',
  options: [...projectOptions],
  examples: [
    ['colophon resolve', 'keys with more than one result'],
    ['colophon resolve fit 20261122T011526-76e651.3', 'choose one'],
  ],
  run: async (step: string | undefined, attempt: string | undefined, flags: object) =>
    (await import('./command/resolve.ts')).resolveCommand(step, attempt, flags),
};

const runs: CommandSpec = {
  usage: 'runs',
  says: 'list the newest runs',
  options: [...projectOptions, ['--most <n>', 'how many (default: 20)'], ['--json', 'print as JSON']],
  examples: [],
  run: async (flags: object) => (await import('./command/runs.ts')).runsCommand(flags),
};

const gc: CommandSpec = {
  usage: 'gc',
  says: 'remove what no profile, lock, pin or recent run needs',
  options: [
    ...projectOptions,
    ['-n, --dry-run', 'only say what would go'],
    ['--keep-runs <n>', 'newest complete runs to keep (default: 5)'],
  ],
  examples: [['colophon gc -n', 'what would be freed']],
  run: async (flags: object) => (await import('./command/gc.ts')).gcCommand(flags),
};

const schema: CommandSpec = {
  usage: 'schema',
  says: 'print the JSON Schema of pipeline.yaml, for editors',
  options: [],
  examples: [['colophon schema > pipeline.schema.json', '']],
  run: async () => (await import('./command/schema.ts')).schemaCommand(),
};

export const commands: readonly CommandSpec[] = [
  run,
  plan,
  status,
  why,
  dag,
  show,
  where,
  claims,
  report,
  audit,
  lock,
  resolve,
  runs,
  gc,
  schema,
];
