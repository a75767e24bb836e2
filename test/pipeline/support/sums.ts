/** A small project with everything a plan rests on: a matrix, a join, a gather, files, a folder, shared code. */
import type { Files } from '../../support/rig.ts';

export const sums: Files = {
  'pipeline.yaml': `pipeline: sums
seed: 7
stages:
  numbers:
    use: stages/numbers.ts
    matrix: { k: [1, 2, 3] }
    params: { base: 10 }
  squares:
    use: stages/squares.ts
    matrix: { k: { from: numbers } }
    deps: { list: numbers.list }
  total:
    use: stages/total.ts
    deps: { squares: squares.list }
    publish: { sum: results/total.json }
  words:
    use: stages/words.ts
    params: { long: 4 }
    deps:
      text: data/text.txt
      notes: { path: data/notes, exclude: ["*.tmp", drafts] }
    publish: { counts: results/words.json }
  shuffle:
    use: stages/shuffle.ts
    random: true
    deps: { sum: total.sum }
`,
  'lib/arithmetic.ts': `/** Helpers that stages share. */
export function add(a: number, b: number): number {
  return a + b;
}

export function square(x: number): number {
  return x * x;
}

export function unused(x: number): number {
  return x - 1;
}
`,
  'stages/numbers.ts': `import { z } from 'zod';
import { jsonKind, type Run } from 'colophon';
import { add } from '../lib/arithmetic.ts';

export const params = () => z.object({ k: z.int(), base: z.number(), step: z.number().default(1) });
export const deps = () => ({});
export const outs = () => ({ list: jsonKind<number[]>('numbers') });

/** k numbers from the base on. */
export const run: Run<typeof params, typeof deps, typeof outs> = (_, { k, base, step }) => {
  const list: number[] = [];
  for (let i = 0; i < k; i++) list.push(add(base, i * step));
  return { list };
};
`,
  'stages/squares.ts': `import { z } from 'zod';
import { jsonKind, type Run } from 'colophon';
import { square } from '../lib/arithmetic.ts';

export const params = () => z.object({});
export const deps = () => ({ list: jsonKind<number[]>('numbers') });
export const outs = () => ({ list: jsonKind<number[]>('numbers') });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ list }) => ({ list: list.map(square) });
`,
  'stages/total.ts': `import { z } from 'zod';
import { gather, jsonKind, type Run } from 'colophon';
import { add } from '../lib/arithmetic.ts';

export const params = () => z.object({});
export const deps = () => ({ squares: gather(jsonKind<number[]>('numbers')) });
export const outs = () => ({ sum: jsonKind<number>('number') });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ squares }) => ({
  sum: squares.flatMap(({ value }) => value).reduce(add, 0),
});
`,
  'stages/words.ts': `import { z } from 'zod';
import { anyText, folder, jsonKind, type Run } from 'colophon';

export const params = () => z.object({ long: z.int() });
export const deps = () => ({ text: anyText, notes: folder });
export const outs = () => ({ counts: jsonKind<object>('counts') });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ text, notes }, { long }) => ({
  counts: {
    long: text.split(/\\s+/).filter((word) => word.length >= long).length,
    notes: notes.map(({ path, executable, bytes }) => [path, executable, bytes.length]),
  },
});
`,
  'stages/shuffle.ts': `import { z } from 'zod';
import { jsonKind, type Run } from 'colophon';

export const params = () => z.object({});
export const deps = () => ({ sum: jsonKind<number>('number') });
export const outs = () => ({ draw: jsonKind<number>('number') });

export const run: Run<typeof params, typeof deps, typeof outs> = ({ sum }, _, { random }) => ({
  draw: sum * random().uniform(),
});
`,
  'data/text.txt': 'a colophon says how the book was made\n',
  'data/notes/one.md': 'one\n',
  'data/notes/two.md': 'two, two\n',
  'data/notes/scratch.tmp': 'not read\n',
  'data/notes/drafts/three.md': 'not read either\n',
};

/** All its steps, sorted. */
export const sumsSteps: readonly string[] = [
  'numbers@k=1',
  'numbers@k=2',
  'numbers@k=3',
  'shuffle',
  'squares@k=1',
  'squares@k=2',
  'squares@k=3',
  'total',
  'words',
];
