/** From the name of a column to the lines that make its numbers: in small code, and in the flagship's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundle } from '../../src/engine/bundle.ts';
import { codeIn, ownSources } from '../../src/provenance/code.ts';
import { linesNaming } from '../../src/provenance/naming.ts';
import { mapOf } from './support/bundled.ts';

const files = {
  'stages/fit.ts': `import { spectrum } from '../lib/spectrum.ts';
import { rows } from '../lib/rows.ts';
export const columns = ['k', 'worst_gap', 'rank'];
export const run = (points: number[]) => rows(spectrum(points), columns);
`,
  'lib/spectrum.ts': `import { far } from './lib/far.ts';
interface Line { readonly worstGap: number }
export function spectrum(points: number[]): Line[] {
  return points.map((k) => ({
    worstGap: far(k) - 1,
    k: k + 1,
  }));
}
`,
  'lib/rows.ts': `export function rows(lines: any[], columns: string[]) {
  return [columns, ...lines.map(({ worstGap, rank: order }: { worstGap: number; rank: number }) => [worstGap, order])];
}
`,
  'lib/far.ts': `export function far(k: number): number {
  const worst_gap = k * 2; // worst_gap = 3
  const k2: number = worst_gap;
  return k2;
}
`,
};

const linesIn = (map: string, name: string, own: string) => {
  const sources = ownSources(map);
  return linesNaming(sources, sources.map(codeIn), name, own);
};

describe('the lines of a name', () => {
  const named = async (name: string) =>
    linesIn(await mapOf(files), name, 'stages/fit.ts').map(
      ({ declaration, file, line, does }) => `${does} ${declaration} ${file}:${line}`,
    );

  test('are those that give it a value, in either spelling, the nearest to the stage first', async () => {
    expect(await named('worst_gap')).toEqual(['makes spectrum lib/spectrum.ts:5', 'makes far lib/far.ts:2']);
  });

  test('are only in files that the stage calls, where the name is a short one', async () => {
    expect(await named('k')).toEqual(['makes spectrum lib/spectrum.ts:6']);
  });

  test('are those that list it, where it is only read', async () => {
    expect(await named('rank')).toEqual(['lists columns stages/fit.ts:3']);
  });

  test('are none for what no code names, or what is no name', async () => {
    expect(await named('loss')).toEqual([]);
    expect(await named('k|rank')).toEqual([]);
  });
});

describe('a number in a published table of the flagship', () => {
  const root = join(import.meta.dirname, '../..');

  /** The nearest line: where it stands, and its text. */
  async function nearest(stage: string, column: string): Promise<readonly [string, string]> {
    const entry = `import * as stage from './${stage}'; export const execute = (c) => stage.run(c);`;
    const made = await bundle({
      root,
      entry,
      external: [],
      alias: {},
      nodePaths: [],
      effects: [],
      map: true,
    });
    if (made.type === 'refused') throw new Error(JSON.stringify(made.problems));
    const [line] = linesIn(made.map, column, stage);
    if (line === undefined) return ['nowhere', ''];
    const text = readFileSync(join(root, line.file), 'utf8').split('\n')[line.line - 1] as string;
    return [`${line.declaration} ${line.file}`, text.trim()];
  }

  test.each([
    ['stages/counts.ts', 'mean_loss', 'countsRow src/science/minima/counts.ts', /mean_loss: meanOf\(/],
    ['stages/splitting-tables.ts', 'ratio', 'nearRows src/science/splitting/tables.ts', /ratio: .*least \//],
    [
      'stages/family-tables.ts',
      'saddleUpTo',
      'minimumRange src/science/family/minimum-range.ts',
      /Math\.max/,
    ],
    ['stages/wide.ts', 'slope', 'wideSummaries src/science/family/wide.ts', /slope: /],
    ['stages/worked-arcs.ts', 'error', 'tracedWorkedArcs src/science/arcs/worked-tables.ts', /Math\.max/],
    ['stages/bifurcation.ts', 'eigenvalue_error', 'verify src/science/bifurcation/verify.ts', /difference\(/],
    ['stages/forced-breaking.ts', 'folds_below', 'census src/science/bifurcation/forced.ts', /lambda < 0/],
    [
      'stages/tensor-family-tables.ts',
      'min_eigenvalue',
      'familyColumns src/science/tensor/family-tables.ts',
      /./,
    ],
    ['stages/universality-tables.ts', 'low', 'countsOf src/science/universality/tables.ts', /low: all\.low/],
    ['stages/generic-targets.ts', 'moved', 'describe src/science/minima/generic-target.ts', /frobenius\(/],
  ])('%s, column %s, leads to where it is computed', async (stage, column, place, text) => {
    const [at, line] = await nearest(stage, column);
    expect(at).toBe(place);
    expect(line).toMatch(text);
  });
});
