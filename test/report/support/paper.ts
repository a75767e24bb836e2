/** A small paper: a matrix, a gather into a table and a figure, a command, and claims of every outcome. */
type Files = Readonly<Record<string, string>>;

export const paper: Files = {
  'pipeline.yaml': `pipeline: small-paper
seed: 3
stages:
  sample:
    use: stages/sample.ts
    random: true
    matrix: { k: [1, 2, 3] }
    params: { draws: 8 }
  summary:
    use: stages/summary.ts
    deps: { samples: sample.draws }
    publish: { table: results/means.csv, all: results/all.csv }
  figure:
    use: stages/figure.ts
    deps: { means: summary.table }
    publish: { figure: figures/means.svg }
  listing:
    cmd: [sh, -c, "wc -l < \${deps.table} > lines.txt"]
    deps: { table: summary.table }
    outs: { lines: lines.txt }
    publish: { lines: results/lines.txt }
claims:
  three-rows:
    says: three sizes <k> were sampled
    source: Table 1
    value: listing.lines
    holds: "= 4 ± 0"
  mean-is-small:
    says: the mean of the first size is below one
    source: Section 2
    value: summary.table[k=1].mean
    holds: "< 1"
  mean-is-large:
    says: the mean of the second size is above 100
    source: Section 3
    value: summary.table[k=2].mean
    holds: "> 100"
  no-such-row:
    says: there is a fourth size
    source: Section 4
    value: summary.table[k=4].mean
    holds: "> 0"
`,
  'lib/mean.ts': `/** The sum over the count. */
export function mean(list: readonly number[]): number {
  let sum = 0;
  for (const x of list) sum += x;
  return sum / list.length;
}

export function unused(x: number): number {
  return -x;
}
`,
  'stages/sample.ts': `/** Draws numbers between 0 and k, evenly. */
import { z } from 'zod';
import { jsonKind, type Run } from 'colophon';

export const params = () => z.object({ k: z.int(), draws: z.int() });
export const deps = () => ({});
export const outs = () => ({ draws: jsonKind<number[]>('numbers') });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { k, draws }, { random, evidence }) => {
  const stream = random();
  const list = Array.from({ length: draws }, () => k * stream.uniform());
  evidence('largest', Math.max(...list));
  return { draws: list };
};
`,
  'stages/summary.ts': `/** Means by size, with every draw beside them. */
import { z } from 'zod';
import { gather, jsonKind, tableKind, type Run } from 'colophon';
import { mean } from '../lib/mean.ts';

export const params = () => z.object({});
export const deps = () => ({ samples: gather(jsonKind<number[]>('numbers')) });
export const outs = () => ({ table: tableKind('means'), all: tableKind('draws') });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ samples }) => ({
  table: {
    columns: ['k', 'label', 'mean'],
    rows: samples.map(({ case: { k }, value }) => [k as number, '<' + k + '>', mean(value)]),
  },
  all: {
    columns: ['k', 'draw', 'value'],
    rows: samples.flatMap(({ case: { k }, value }) => value.map((x, i) => [k as number, i, x])),
  },
});
`,
  'stages/figure.ts': `/** Draws the means as bars. */
import { z } from 'zod';
import { anyTable, svgFigure, type Run } from 'colophon';

export const params = () => z.object({});
export const deps = () => ({ means: { ...anyTable, name: 'means' } });
export const outs = () => ({ figure: svgFigure });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ means }) => ({
  figure:
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="120" viewBox="0 0 400 120"><title>Means &amp; sizes</title><desc>One bar a size.</desc>' +
    means.rows.map(([, , mean], i) => '<rect x="10" y="' + (10 + 36 * i) + '" width="' + Math.round(200 * Number(mean)) + '" height="26" fill="#3367a8"/>').join('') +
    '</svg>',
});
`,
};
