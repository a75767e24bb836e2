/** Commands that compare what is with what should be. */
import { type CommandSpec, projectOptions } from '../command-spec.ts';

const claims: CommandSpec = {
  usage: 'claims [ids...]',
  group: 'check',
  says: 'list the claims of the paper with their status',
  options: [
    ...projectOptions,
    ['--latex <file>', 'write the values for a paper, with colophon.sty beside them'],
    ['--json', 'print as JSON'],
  ],
  examples: [
    ['colophon claims', 'all of them; exit 1 where one fails'],
    ['colophon claims --latex paper/claims.tex', 'values for \\claim{id} in LaTeX'],
    ['colophon claims least-eigenvalue', 'one'],
  ],
  completes: 'claims',
  run: async (ids: string[], flags: object) =>
    (await import('../command/claims.ts')).claimsCommand(ids, flags),
};

const report: CommandSpec = {
  usage: 'report',
  group: 'check',
  says: 'write claims, figures, tables, graph and steps as one HTML page',
  options: [...projectOptions, ['-o, --out <path>', 'where (default: report.html beside pipeline.yaml)']],
  examples: [
    ['colophon report', 'report.html, which opens from disk and needs no network'],
    ['colophon run --report', 'bring everything up to date, then write it'],
  ],
  run: async (flags: object) => (await import('../command/report.ts')).reportCommand(flags),
};

const audit: CommandSpec = {
  usage: 'audit [targets...]',
  group: 'check',
  says: 'hash the store again, execute again from it, and compare',
  options: [
    ...projectOptions,
    ['--budget <time>', 'a random sample that this time holds: 90s, 5m, 1h'],
    ['--seed <text>', 'draw the sample of an earlier audit, which told its seed'],
    [
      '--vary',
      'also in another time zone and language, with folders listed in another order, more steps at once',
    ],
    ['--node <path...>', "also under another Node's executable"],
    ['-j, --jobs <n>', 'steps at once (default: the processors)'],
    ['--json', 'print as JSON'],
  ],
  examples: [
    ['colophon audit', 'everything; exit 3 where something comes out differently'],
    ['colophon audit spectrum@k=20 --vary', 'one step, in two environments'],
    ['colophon audit --budget 5m', 'a random sample that five minutes hold'],
    ['colophon audit --node /opt/node-26/bin/node', 'does it come out again there?'],
  ],
  completes: 'targets',
  run: async (targets: string[], flags: object) =>
    (await import('../command/audit.ts')).auditCommand(targets, flags),
};

const exported: CommandSpec = {
  usage: 'export [targets...]',
  group: 'check',
  says: 'write everything behind the results as one file that can be verified elsewhere',
  options: [
    ...projectOptions,
    ['-o, --out <path>', 'where (default: the name of the pipeline, .zip)'],
    ['--key <file>', 'sign with this private key (see colophon keygen)'],
    ['--citation <file>', 'how to cite the work (default: CITATION.cff beside pipeline.yaml)'],
    ['--json', 'print what was written as JSON'],
  ],
  examples: [
    ['colophon export', 'artifacts, code, records, claims and metadata in one zip'],
    ['colophon export figures/scaling.svg -o figure-3.zip', 'only what one figure rests on'],
    ['colophon export --key colophon.key', 'and say that it was you'],
  ],
  completes: 'targets',
  run: async (targets: string[], flags: object) =>
    (await import('../command/export.ts')).exportCommand(targets, flags),
};

const verify: CommandSpec = {
  usage: 'verify <bundle>',
  group: 'check',
  says: 'check a bundle: every byte, record, signature and claim, and a sample of its steps',
  options: [
    ['--key <file-or-fingerprint>', 'the public key that must have signed it'],
    ['--execute <what>', 'steps to execute again: all, none, or what a time holds (default: 20s)'],
    ['--programs', 'let its commands run here, although nobody you trust has signed it'],
    ['-j, --jobs <n>', 'steps at once (default: the processors)'],
    ['--json', 'print as JSON'],
  ],
  examples: [
    ['colophon verify paper.zip', 'in any folder, without a network; exit 3 where something was changed'],
    ['colophon verify paper.zip --key author.pub', 'and was it they who signed it?'],
    ['colophon verify paper.zip --execute all', 'does every step come out again?'],
  ],
  completes: 'files',
  run: async (file: string, flags: object) =>
    (await import('../command/verify.ts')).verifyCommand(file, flags),
};

const keygen: CommandSpec = {
  usage: 'keygen',
  group: 'check',
  says: 'make a pair of keys to sign bundles with',
  options: [
    ['-o, --out <path>', 'the private key (default: colophon.key); the public one gets .pub'],
    ['--json', 'print as JSON'],
  ],
  examples: [['colophon keygen', 'colophon.key and colophon.key.pub, here']],
  run: async (flags: object) => (await import('../command/keygen.ts')).keygenCommand(flags),
};

const lock: CommandSpec = {
  usage: 'lock [targets...]',
  group: 'check',
  says: 'write what a run gave into pipeline.lock',
  options: [...projectOptions, ['--json', 'print what was locked, and what changed, as JSON']],
  examples: [
    ['colophon lock', 'accept all results of this profile'],
    ['colophon lock train@k=6', 'accept one'],
    ['colophon run --locked', 'later, or elsewhere: does it come out again?'],
  ],
  completes: 'targets',
  run: async (targets: string[], flags: object) =>
    (await import('../command/lock.ts')).lockCommand(targets, flags),
};

const resolve: CommandSpec = {
  usage: 'resolve [step] [attempt]',
  group: 'check',
  says: 'list conflicts (one key, two results), or choose a result',
  options: [...projectOptions, ['--json', 'print as JSON']],
  examples: [
    ['colophon resolve', 'keys with more than one result'],
    ['colophon resolve fit', "a step's results, those too that were chosen between before"],
    ['colophon resolve fit 20261122T011526-76e651.3', 'choose one'],
  ],
  completes: 'targets',
  run: async (step: string | undefined, attempt: string | undefined, flags: object) =>
    (await import('../command/resolve.ts')).resolveCommand(step, attempt, flags),
};

export const checkCommands: readonly CommandSpec[] = [
  claims,
  report,
  audit,
  exported,
  verify,
  keygen,
  lock,
  resolve,
];
