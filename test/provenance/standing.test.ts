/** Which execution stands for a step: the plan's own, a stale one, or none. */
import { afterEach, describe, expect, test } from 'vitest';
import { outlook } from '../../src/engine/outlook.ts';
import type { Pipeline } from '../../src/model/pipeline.ts';
import { outsFinder, ownSteps, traceFinder, trustFinder } from '../../src/provenance/standing.ts';
import { type Bench, bench, commandNamed, pipelineOf } from '../engine/support/bench.ts';

let on: Bench;
afterEach(() => on.remove());

const reader = (code: string) =>
  commandNamed('reader', code, { deps: { in: { type: 'artifact', stage: 'maker', role: 'out' } } });
const before = pipelineOf([commandNamed('maker', 'make'), reader('read')]);

/** The plan of a pipeline after another was run. */
async function planned(pipeline: Pipeline) {
  on = bench();
  await on.run(before);
  const context = on.context();
  const options = { targets: [], force: false, probe: async () => '', versions: { node: '24' } };
  return { context, seen: await outlook(context, pipeline, options) };
}

describe('the execution that stands for a step', () => {
  test("is the plan's own where that is a hit, and else the newest, which is stale", async () => {
    const find = traceFinder(await planned(pipelineOf([commandNamed('maker', 'make'), reader('read on')])));
    expect(find('maker')).toMatchObject({ trace: { step: 'maker' }, current: true });
    expect(find('reader')).toMatchObject({ trace: { step: 'reader' }, current: false });
  });

  test('is none for a step that the pipeline has no more, whatever the store knows of it', async () => {
    const reading = await planned(pipelineOf([commandNamed('maker', 'make')]));
    expect(on.store.traces.newest('reader')).toBeDefined();
    expect(traceFinder(reading)('reader')).toBeUndefined();
    expect(['maker', 'reader'].map(ownSteps(reading.seen))).toEqual([true, false]);
  });

  test('has the outs that claims ask for, and a trust', async () => {
    const reading = await planned(before);
    expect(outsFinder(reading)('reader')?.outs['out']?.kind).toMatch(/./);
    expect(outsFinder(reading)('nobody')).toBeUndefined();
    expect(trustFinder(reading)('reader')?.level).toBe('declared');
  });
});

test('a stage that waits for items may have any case', () => {
  const isOwn = ownSteps({ allSteps: () => [], waiting: () => [{ stage: 'point', on: ['maker'] }] });
  expect(['point@item=a', 'point', 'other@item=a'].map(isOwn)).toEqual([true, true, false]);
});
