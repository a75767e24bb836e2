/** Commands that answer a question and change nothing. */
import { type CommandSpec, projectOptions } from '../command-spec.ts';

const status: CommandSpec = {
  usage: 'status [targets...]',
  group: 'ask',
  says: 'say how every stage and the claims stand',
  options: [
    ...projectOptions,
    ['--check', 'exit 1 where something is not up to date'],
    ['--json', 'print as JSON'],
  ],
  examples: [['colophon status', 'one line a stage']],
  completes: 'targets',
  run: async (targets: string[], flags: object) =>
    (await import('../command/status.ts')).statusCommand(targets, flags),
};

const why: CommandSpec = {
  usage: 'why <target>',
  group: 'ask',
  says: 'say why a step would be executed, or what it was made from',
  options: [...projectOptions, ['--json', 'print as JSON']],
  examples: [
    ['colophon why spectrum@k=20', 'its verdict, reasons and key'],
    ['colophon why train', 'every step of a stage'],
  ],
  completes: 'targets',
  run: async (target: string, flags: object) => (await import('../command/why.ts')).whyCommand(target, flags),
};

const where: CommandSpec = {
  usage: 'where <what>',
  group: 'ask',
  says: 'say where a file, a number or a claim comes from',
  options: [
    ...projectOptions,
    ['-v, --verbose', 'every function with its place, and when each step was executed'],
    ['--json', 'print as JSON'],
  ],
  examples: [
    ['colophon where figures/scaling.svg', 'a published file, back to code and sources'],
    ['colophon where 0.2974', 'every table that holds the number, to these digits'],
    ['colophon where least-eigenvalue', 'a claim, its value and what is behind it'],
    ['colophon where train@k=6', 'a step'],
    ['colophon where paper.pdf:0.2974', 'the claim behind a number in the paper (.tex too)'],
  ],
  completes: 'targets',
  run: async (what: string, flags: object) => (await import('../command/where.ts')).whereCommand(what, flags),
};

const impact: CommandSpec = {
  usage: 'impact <file>',
  group: 'ask',
  says: 'say which steps, published files and claims rest on a file or a function',
  options: [...projectOptions, ['--json', 'print as JSON']],
  examples: [
    ['colophon impact data/raw.csv', 'which claims fall if this file was wrong?'],
    ['colophon impact src/fit.ts:slope', 'or this function'],
  ],
  completes: 'files',
  run: async (what: string, flags: object) =>
    (await import('../command/impact.ts')).impactCommand(what, flags),
};

const show: CommandSpec = {
  usage: 'show <what>',
  group: 'ask',
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
  completes: 'targets',
  run: async (what: string, flags: object) => (await import('../command/show.ts')).showCommand(what, flags),
};

const dag: CommandSpec = {
  usage: 'dag [targets...]',
  group: 'ask',
  says: 'draw the graph of stages',
  options: [
    ...projectOptions,
    ['--steps', 'every step by itself'],
    ['--dot', 'for Graphviz'],
    ['--mermaid', 'for Mermaid'],
    ['--json', 'print nodes and edges as JSON'],
  ],
  examples: [
    ['colophon dag', 'as text'],
    ['colophon dag --dot | dot -Tsvg > dag.svg', 'as a figure'],
  ],
  completes: 'targets',
  run: async (targets: string[], flags: object) =>
    (await import('../command/dag.ts')).dagCommand(targets, flags),
};

const runs: CommandSpec = {
  usage: 'runs',
  group: 'ask',
  says: 'list the newest runs',
  options: [...projectOptions, ['--most <n>', 'how many (default: 20)'], ['--json', 'print as JSON']],
  examples: [['colophon runs --most 5', 'the last five']],
  run: async (flags: object) => (await import('../command/runs.ts')).runsCommand(flags),
};

const diff: CommandSpec = {
  usage: 'diff [before] [after]',
  group: 'ask',
  says: 'say what changed between two runs: params, code, artifacts, evidence, claims',
  options: [...projectOptions, ['-v, --verbose', 'every step by itself'], ['--json', 'print as JSON']],
  examples: [
    ['colophon diff', 'the run before last and the last'],
    ['colophon diff last~3', 'that run and the last'],
    ['colophon diff 20261122T0115 last', 'a run by the first digits of its name'],
  ],
  completes: 'runs',
  run: async (before: string | undefined, after: string | undefined, flags: object) =>
    (await import('../command/diff.ts')).diffCommand(before, after, flags),
};

const ui: CommandSpec = {
  usage: 'ui',
  group: 'ask',
  says: 'look at the pipeline in a browser: live runs, graph, steps, artifacts, claims (changes nothing)',
  options: [
    ...projectOptions,
    ['--port <n>', 'the port on 127.0.0.1 (default: a free one)'],
    ['--no-open', 'only print the address'],
  ],
  examples: [
    ['colophon ui', 'until Ctrl-C; runs that are started meanwhile are shown as they go'],
    ['colophon ui --no-open --port 8000', 'for a browser at the other end of ssh -L 8000:127.0.0.1:8000'],
  ],
  run: async (flags: object) => (await import('../command/ui.ts')).uiCommand(flags),
};

const exp: CommandSpec = {
  usage: 'exp [runs...]',
  group: 'ask',
  says: 'lay runs side by side: params, metrics, claims; or say what moved a claim',
  options: [
    ...projectOptions,
    ['--most <n>', 'how many of the newest runs (default: 8)'],
    ['--metric <step.role.path...>', 'a value in an artifact, as claims name it'],
    ['--attribute <claim>', 'which change between two runs moved this claim'],
    ['--plot <name>', 'a metric, claim or param over the runs as SVG'],
    ['-o, --out <path>', 'where the plot goes (default: stdout)'],
    ['--all', 'what does not differ too'],
    ['--csv', 'print as CSV, a row a run'],
    ['--json', 'print as JSON'],
  ],
  examples: [
    ['colophon exp', 'the newest runs, and what differs among them'],
    ['colophon exp --metric "fit.table[k=6].loss" --csv', 'a value of your choice, for a spreadsheet'],
    ['colophon exp --attribute loss-decays', 'was it the param or the code that moved it?'],
    ['colophon exp --plot "fit: residual" -o residual.svg', 'a metric over the runs'],
  ],
  completes: 'runs',
  run: async (names: string[], flags: object) => (await import('../command/exp.ts')).expCommand(names, flags),
};

export const askCommands: readonly CommandSpec[] = [
  status,
  why,
  where,
  impact,
  show,
  dag,
  runs,
  diff,
  exp,
  ui,
];
