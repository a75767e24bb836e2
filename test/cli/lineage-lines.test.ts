/** A lineage in lines: what a stage's own code names is told before what lies below that. */
import { expect, test } from 'vitest';
import type { Digest } from '../../src/base/digest.ts';
import { lineageLines } from '../../src/cli/lineage-lines.ts';
import { plainStyle } from '../../src/cli/view/style.ts';
import type { Lineage } from '../../src/provenance/lineage.ts';

const declared = (name: string, line: number, text = '') => ({ name, line, text });
const lineage: Lineage = {
  ...{ step: 'fit', run: 'r', at: 0, key: '0'.repeat(64) as Digest, current: true },
  ...{ params: {}, sources: [], needs: [] },
  code: {
    digest: '1'.repeat(64) as Digest,
    naming: [{ file: 'lib/slope.ts', line: 7, declaration: 'slope', does: 'makes' }],
    files: [
      {
        file: 'stages/fit.ts',
        declarations: [
          declared('outs', 3, 'const outs = () => ({ table: tableKind })'),
          declared('run', 5, 'const run = ({ points }) => ({ table: slope(points, helper) })'),
          declared('helper', 9, 'const helper = (x) => residual(x)'),
        ],
      },
      { file: 'lib/kinds.ts', declarations: [declared('tableKind', 2), declared('sum', 8)] },
      { file: 'lib/slope.ts', declarations: [declared('slope', 4), declared('residual', 20)] },
    ],
  },
};
const lines = (verbose: boolean) => lineageLines(lineage, { style: plainStyle, verbose });

test('what the code of the stage names comes first, what only its outs name does not', () => {
  const uses = lines(false).find((line) => line.includes('uses')) as string;
  expect(uses).toContain(
    'uses    helper (stages/fit.ts:9), slope (lib/slope.ts:4), residual (lib/slope.ts:20) and 2 more (-v)',
  );
});

test('the lines that make what was asked about come right after `run`', () => {
  const at = lines(false).findIndex((line) => /^ +lines +slope \(lib\/slope.ts:7\)$/.test(line));
  expect(lines(false)[at - 1]).toContain('stages/fit.ts:5');
  expect(lines(false)[at + 1]).toContain('uses');
});

test('everything is told where that is asked for, each in a line of its own', () => {
  const places = lines(true).flatMap((line) => /\((.*:\d+)\)/.exec(line)?.[1] ?? []);
  expect(places).toEqual([
    'lib/slope.ts:7',
    ...['stages/fit.ts:9', 'lib/slope.ts:4', 'lib/slope.ts:20', 'lib/kinds.ts:2', 'lib/kinds.ts:8'],
  ]);
});
