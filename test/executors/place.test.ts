import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleFrames, formatFrames, openSourceMap, whereThrown } from '../../src/executors/place.ts';
import { makeBench } from './support/stage.ts';

const bench = makeBench();
afterAll(() => bench.remove());

const stack = `Error: no convergence
    at Module.step (colophon:ab12:1:5)
    at Array.map (<anonymous>)
    at colophon:ab12:2:1
    at async executeStage (colophon:ab12:2:9)
    at async file:///somewhere/worker.js:3:4`;
const map = (line: number, column: number) =>
  line === 1 ? { file: 'stages/a.ts', line: 7, column } : undefined;

describe('places from a stack', () => {
  it('keeps the frames of the bundle, by plain names', () => {
    expect(bundleFrames(stack, map)).toEqual([
      { name: 'step', place: { file: 'stages/a.ts', line: 7, column: 5 } },
      { name: '', place: undefined },
      { name: 'executeStage', place: undefined },
    ]);
  });

  it('names the innermost place that is mapped', () => {
    expect(whereThrown(bundleFrames(stack, map))).toBe(' at stages/a.ts:7:5 in step');
    expect(whereThrown([{ name: '', place: { file: 'a.ts', line: 1, column: 2 } }])).toBe(' at a.ts:1:2');
  });

  it('says nothing without a map or without a frame in a bundle', () => {
    expect(whereThrown(bundleFrames(stack, undefined))).toBe('');
    expect(whereThrown(bundleFrames('Error: x\n    at file:///a.js:1:1', map))).toBe('');
  });

  it('spells the frames as a stack of the source', () => {
    expect(formatFrames(bundleFrames(stack, map))).toBe('    at step (stages/a.ts:7:5)\n');
  });
});

describe('openSourceMap', () => {
  const json = JSON.stringify({ version: 3, sources: ['a.ts'], mappings: 'AAAA' });

  it('reads JSON or a file', () => {
    const path = join(bench.folder, 'bundle.js.map');
    writeFileSync(path, json);
    for (const given of [json, path]) expect(openSourceMap(given)?.(1, 1)?.file).toBe('a.ts');
  });

  it('does without a map that is missing or broken', () => {
    expect(openSourceMap(undefined)).toBeUndefined();
    expect(openSourceMap('/nowhere/bundle.js.map')).toBeUndefined();
    expect(openSourceMap('{"version":')).toBeUndefined();
  });
});
