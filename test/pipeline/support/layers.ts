/** A project whose commands leave a mark each time they execute to their end, which no kill takes back. */
import { mkdirSync, readdirSync } from 'node:fs';
import { type Rig, newRig } from '../../support/rig.ts';
import { pipelineText, stageText } from './texts.ts';

/** Three layers of commands that each wait a moment, one of them with large outs, and a stage file that gathers all. */
export function layered(): Rig {
  const rig = newRig({
    'stages/sum.ts': stageText({
      deps: 'all: gather(number)',
      run: '({ all }) => ({ value: all.reduce((s, { value }) => s + value, 0) })',
    }),
  });
  mkdirSync(rig.path('ends'));
  // What executed to its end leaves a file, which no kill takes back.
  const end = (name: string) => `: > $(mktemp ${rig.path('ends')}/${name}-$1.XXXXXX)`;
  const command = (name: string, script: string) => [
    'sh',
    '-c',
    `sleep 0.02; ${script}; ${end(name)}`,
    name,
    '${i}',
  ];
  const matrix = { i: { from: 'first' } };
  rig.write({
    'pipeline.yaml': pipelineText({
      first: {
        cmd: command('first', 'echo $1 ROUND > out.txt'),
        matrix: { i: [1, 2, 3, 4, 5] },
        outs: { text: 'out.txt' },
      },
      second: {
        cmd: command('second', "head -c 30000 /dev/zero | tr '\\0' $1 > out.txt; cat in/text.txt >> out.txt"),
        matrix,
        deps: { text: 'first.text' },
        outs: { text: 'out.txt' },
      },
      third: {
        cmd: command('third', 'wc -c < in/text.txt > out.json'),
        matrix,
        deps: { text: 'second.text' },
        outs: { size: 'out.json' },
      },
      sum: { use: 'stages/sum.ts', deps: { all: 'third.size' }, publish: { value: 'results/sum.json' } },
    }),
  });
  return rig;
}

const layers = ['first', 'second', 'third'];
/** All its steps, sorted. */
export const layeredSteps: readonly string[] = [
  ...layers.flatMap((layer) => [1, 2, 3, 4, 5].map((i) => `${layer}@i=${i}`)),
  'sum',
].sort();

/** Steps that executed to their end, once for each time. */
export const endsOf = (rig: Rig): string[] =>
  readdirSync(rig.path('ends'))
    .map((name) => name.replace(/\.\w+$/, '').replace('-', '@i='))
    .sort();
