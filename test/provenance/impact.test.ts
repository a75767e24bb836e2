/** From a file, or one of its functions, down to the steps, published files and claims that rest on it. */
import { describe, expect, test } from 'vitest';
import { graphOf } from '../../src/engine/graph.ts';
import type { ClaimDeclaration } from '../../src/model/claim.ts';
import type { Step } from '../../src/model/step.ts';
import { impactOf, knownFiles } from '../../src/provenance/impact.ts';
import { stepNamed } from '../support/steps.ts';

/** A map of files whose every line is in the bundle. */
function mapOf(files: Readonly<Record<string, string>>): string {
  const lines = Object.values(files).map((text) => text.split('\n').length);
  // Each source begins at its line 0 again, the lines of the one before taken back.
  const back = (count: number) => 'ADFHJ'.charAt(count);
  const mappings = lines.map((count, i) => {
    const first = i === 0 ? 'AAAA' : `AC${back((lines[i - 1] as number) - 1)}A`;
    return [first, ...Array.from({ length: count - 1 }, () => 'AACA')].join(',');
  });
  return JSON.stringify({
    ...{ version: 3, sources: Object.keys(files), sourcesContent: Object.values(files) },
    mappings: mappings.join(','),
  });
}

const lib = 'export function mean() {}\nexport function spread() {}';
const maps: Readonly<Record<string, string>> = {
  sample: mapOf({ 'stages/sample.ts': 'export default function sample() {}' }),
  fit: mapOf({ 'lib/stats.ts': lib, 'stages/fit.ts': 'export default function fit() {}' }),
  other: mapOf({ 'lib/stats.ts': 'export function mean() {}' }),
};

const withSource = (step: Step, path: string): Step => ({
  ...step,
  inputs: { ...step.inputs, raw: { type: 'source', path, pin: false, exclude: [] } },
});
const steps = [
  withSource(stepNamed('sample', []), 'data/raw'),
  stepNamed('fit', ['sample'], { publish: { value: 'results/fit.json' } }),
  stepNamed('figure', ['fit'], { publish: { value: 'figures/fit.svg' } }),
  stepNamed('other', [], { publish: { value: 'results/other.json' } }),
];
const claims = ['fit', 'figure', 'other'].map((step) => ({
  ...{ id: `of ${step}`, selector: { step, role: 'value', path: [] } },
})) as unknown as ClaimDeclaration[];
const stages = steps.map(({ stage }) => stage);
const ground = {
  ...{ steps, graph: graphOf(steps), sourceMap: ({ stage }: Step) => maps[stage.name] },
  pipeline: { name: 'paper', seed: 1, profile: 'default', publishes: true, stages, claims },
};

describe('what rests on', () => {
  test('a stage file is its steps and all that need them, with what they publish and claim', () => {
    expect(impactOf(ground, 'stages/fit.ts')).toEqual({
      direct: ['fit'],
      steps: ['fit', 'figure'],
      published: ['results/fit.json', 'figures/fit.svg'],
      claims: ['of fit', 'of figure'],
      functions: ['fit'],
    });
  });

  test('a shared file is every stage that holds some of it', () => {
    const { direct, claims: reached, functions } = impactOf(ground, 'lib/stats.ts');
    expect(direct).toEqual(['fit', 'other']);
    expect(reached).toEqual(['of fit', 'of figure', 'of other']);
    expect(functions).toEqual(['mean', 'spread']);
  });

  test('a function is only what holds that function', () => {
    expect(impactOf(ground, 'lib/stats.ts', 'spread').direct).toEqual(['fit']);
    expect(impactOf(ground, 'lib/stats.ts', 'mean').direct).toEqual(['fit', 'other']);
    expect(impactOf(ground, 'lib/stats.ts', 'fit')).toMatchObject({ direct: [], steps: [], claims: [] });
  });

  test('a source is what takes it, or takes the folder it lies in, but no folder named alike', () => {
    expect(impactOf(ground, 'data/raw/a.csv').steps).toEqual(['sample', 'fit', 'figure']);
    expect(impactOf(ground, 'data/raw').direct).toEqual(['sample']);
    expect(impactOf(ground, 'data/raws/a.csv').steps).toEqual([]);
    expect(impactOf(ground, 'data/raw/a.csv', 'mean').steps).toEqual([]);
  });

  test('a file that nothing holds is nothing', () => {
    expect(impactOf(ground, 'lib/lonely.ts')).toEqual({
      ...{ direct: [], steps: [], published: [], claims: [], functions: [] },
    });
  });
});

test('the files that can be asked for are those of code and of sources, each once', () => {
  expect(knownFiles(ground)).toEqual(['data/raw', 'lib/stats.ts', 'stages/fit.ts', 'stages/sample.ts']);
});

test('a bundle is read once for all cases of its stage', () => {
  let reads = 0;
  const cases = [6, 7].map((k) => ({ ...(steps[1] as Step), id: `fit@k=${k}`, case: { k } }));
  const sourceMap = () => {
    reads += 1;
    return maps['fit'];
  };
  const all = { ...ground, steps: cases, graph: graphOf(cases), sourceMap };
  expect(impactOf(all, 'lib/stats.ts').direct).toEqual(['fit@k=6', 'fit@k=7']);
  expect(reads).toBe(1);
});
