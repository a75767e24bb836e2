/** Help on what is no command: a stage file to begin with, targets, exit codes. */

export interface Topic {
  readonly name: string;
  /** One line, behind its name in the overview. */
  readonly says: string;
  readonly lines: readonly string[];
}

/** A whole stage file; a test executes it. */
export const stageSkeleton = `import { type Run, tableKind } from 'colophon';
import { z } from 'zod';

/** From pipeline.yaml, read by this schema. */
export const params = () => z.object({ most: z.int().positive().default(10) });
/** What it reads, by role: \`({ orbit: tableKind('orbit') })\` for another stage's table. */
export const deps = () => ({});
/** What it makes, by role. Kinds: tableKind, jsonKind, textKind, svgFigure, ... */
export const outs = () => ({ table: tableKind('squares') });

export const run: Run<typeof params, typeof deps, typeof outs> = (deps, { most }) => {
  const rows = Array.from({ length: most }, (_, n) => [n, n * n]);
  return { table: { columns: ['n', 'square'], rows } };
};
`;

/** What names it in a pipeline file. */
export const stageEntry = `  squares:
    use: stages/squares.ts
    params: { most: 20 }
    publish: { table: results/squares.csv }
`;

const linesOf = (text: string) => text.trimEnd().split('\n');

const stage: Topic = {
  name: 'stage',
  says: 'a stage file to begin with',
  lines: [
    'A stage is a TypeScript file that says what it takes, what it makes, and how. One to begin with,',
    'for stages/squares.ts:',
    '',
    ...linesOf(stageSkeleton),
    '',
    'It is named under "stages:" in pipeline.yaml:',
    '',
    ...linesOf(stageEntry),
    '',
    'A stage that draws these: `deps: { squares: squares.table }` in pipeline.yaml,',
    "`export const deps = () => ({ squares: tableKind('squares') })` and `outs = () => ({ figure: svgFigure })`",
    'in its file, whose run returns { figure: "<svg ...>" }. Any program is a stage too:',
    '',
    '  fit:',
    '    cmd: [python3, fit.py, "${deps.squares}", "${outs.model}"]',
    '    deps: { squares: squares.table, script: fit.py }',
    '    outs: { model: model.json }',
    '',
    'The whole format: docs/pipeline-yaml.md, or `colophon schema` for an editor.',
  ],
};

const targets: Topic = {
  name: 'targets',
  says: 'how steps are named on the command line',
  lines: [
    'train              every step of the stage train',
    'train@k=20         the steps of train whose k is 20; all of them, where it has more variables',
    'train@extra=0,k=20 one step, its variables in any order',
    'wide@add=1+1       a value as it is shown, or escaped as in paths and JSON: 1%2B1',
    'figures/loss.svg   the step that publishes this path',
    'train^             the steps it names, and all below them (behind any of these)',
    '',
    'What a target needs is brought up to date first; `-s` executes the targets alone.',
  ],
};

const exitCodes: Topic = {
  name: 'exits',
  says: 'what the exit codes mean',
  lines: [
    '0    all is well',
    '1    a step or a claim failed, or a published file was edited by hand',
    '2    the command line or the pipeline is wrong; every problem is told with file:line:column',
    '3    other bytes: an audit, a verification or the lock found a difference',
    '4    the store is damaged, newer than this version, or out of space',
    '70   an invariant of colophon broke; please report it',
    '78   this Node is too old',
    '130  interrupted (Ctrl-C); 143 terminated',
    '',
    'Of several the first of 70, 4, 130, 143, 2, 3, 1 counts. `plan` and `status` end by 0 without `--check`.',
    'A reader that closes stdout (`| head`) is no error.',
  ],
};

export const topics: readonly Topic[] = [stage, targets, exitCodes];
