/** On random pipelines the engine gives what plain recursion gives, and executes exactly what a change reaches. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { Pipeline, StageDeclaration } from '../../src/model/pipeline.ts';
import { type Bench, type Compute, bench, commandNamed, pipelineOf } from './support/bench.ts';
import {
  type Graph,
  change,
  computeNode,
  expectedOf,
  pipelineOfGraph,
  randomGraph,
} from './support/random-pipeline.ts';

const benches: Bench[] = [];
afterAll(() => benches.forEach((each) => each.remove()));

const compute: Compute = (code, order, inputs) => computeNode(code, order.params, order.case, inputs);

function benchFor(settings: Parameters<typeof bench>[0] = {}): Bench {
  const made = bench({ compute, ...settings });
  benches.push(made);
  return made;
}

/** Runs the graph as it is and compares every out with plain recursion; the steps that were executed. */
async function checkedRun(
  on: Bench,
  graph: Graph,
  settings: Parameters<Bench['run']>[1] = {},
): Promise<string[]> {
  on.write(graph.files);
  const from = on.executed.length;
  const result = await on.run(pipelineOfGraph(graph), settings);
  const expected = expectedOf(graph);
  expect([...result.tally.done.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [step, { text }] of expected)
    expect({ step, text: on.outOf(result, step) }).toEqual({ step, text });
  return on.executed.slice(from).sort();
}

describe('on 200 random pipelines', () => {
  test('outs equal plain recursion, and changes execute exactly the steps whose computation is new', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const { graph, stream } = randomGraph(seed);
      const on = benchFor();
      const seen = new Set<string>();
      for (let round = 0; round < 5; round++) {
        const what = round === 0 ? 'the first run' : change(graph, stream);
        const fresh = new Map(
          [...expectedOf(graph)].flatMap(([step, { identity }]) =>
            seen.has(identity) ? [] : [[identity, step]],
          ),
        );
        const executed = await checkedRun(on, graph, { jobs: 1 + (seed % 4) });
        // Two steps of one computation are one execution, of either.
        const identities = new Map([...expectedOf(graph)].map(([step, { identity }]) => [step, identity]));
        const done = executed.map((step) => identities.get(step) ?? step);
        expect({ seed, what, done: done.sort() }).toEqual({ seed, what, done: [...fresh.keys()].sort() });
        for (const identity of identities.values()) seen.add(identity);
      }
      on.remove();
    }
  });

  test('the order in which steps end and the number of workers leave every key and artifact as they are', async () => {
    for (let seed = 200; seed < 260; seed++) {
      const { graph, stream } = randomGraph(seed);
      const results = [];
      for (const jobs of [1, 2, 5]) {
        const pause = () => (stream.uniform() < 0.5 ? Promise.resolve() : sleep(stream.uniform() * 3));
        const on = benchFor({ pause });
        on.write(graph.files);
        const { stages, ...rest } = pipelineOfGraph(graph);
        const order = [...stages].sort(() => stream.uniform() - 0.5);
        const { tally } = await on.run({ ...rest, stages: order }, { jobs });
        results.push(
          [...tally.done].map(([step, { key, outs }]) => `${step} ${key} ${outs['out']?.digest}`).sort(),
        );
        on.remove();
      }
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    }
  });

  test('the verdicts of a plan are what the run then does; only what waits is decided later', async () => {
    for (let seed = 300; seed < 400; seed++) {
      const { graph, stream } = randomGraph(seed);
      const on = benchFor();
      await checkedRun(on, graph);
      for (let round = 0; round < 3; round++) {
        change(graph, stream);
        on.write(graph.files);
        const from = on.events.length;
        const { outlook } = await on.run(pipelineOfGraph(graph));
        const events = on.events.slice(from);
        const hits = new Set(events.flatMap((event) => (event.type === 'hit' ? [event.step] : [])));
        const executed = new Set(events.flatMap((event) => (event.type === 'executed' ? [event.step] : [])));
        for (const { step, verdict } of outlook.plan.steps) {
          expect(hits.has(step.id) !== executed.has(step.id), step.id).toBe(true);
          if (verdict.type === 'hit') expect(hits.has(step.id), `${step.id} was a hit`).toBe(true);
        }
        const misses = outlook.plan.steps.filter(({ verdict }) => verdict.type === 'miss');
        const keys = new Set(events.flatMap((event) => (event.type === 'executed' ? [event.key] : [])));
        for (const { step, verdict } of misses)
          expect(verdict.type === 'miss' && keys.has(verdict.key), `${step.id} was a miss`).toBe(true);
      }
      on.remove();
    }
  });
});

describe('a matrix over items of several lists', () => {
  /** Lists of each k, an item's step for each, and a gather of them all. */
  function listing(lists: Readonly<Record<number, readonly string[]>>): Pipeline {
    const values = Object.keys(lists).map(Number);
    const list = commandNamed('list', `list ${JSON.stringify(lists)}`, {
      matrix: { k: { type: 'values', values } },
    });
    const matrix: StageDeclaration['matrix'] = {
      k: { type: 'same', stage: 'list' },
      item: { type: 'items', stage: 'list', role: 'out', id: 'id' },
    };
    const each = commandNamed('each', 'each', { matrix });
    const all = commandNamed('all', 'all', {
      deps: { all: { type: 'artifact', stage: 'each', role: 'out' } },
    });
    return pipelineOf([list, each, all]);
  }
  const computeLists: Compute = (code, order, inputs) => {
    if (!code.startsWith('list')) return JSON.stringify([code, inputs]);
    const lists = JSON.parse(code.slice(5)) as Record<string, string[]>;
    return JSON.stringify(lists[String(order.case['k'])]?.map((id) => ({ id, of: order.case['k'] })));
  };

  test('executes each item once, whichever lists end at the same moment', async () => {
    const lists = Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((k) => [k, Array.from({ length: k }, (_, i) => `i${i}`)]),
    );
    for (const jobs of [1, 2, 6]) {
      const on = benchFor({ compute: computeLists });
      const { tally } = await on.run(listing(lists), { jobs });
      const expected = Object.entries(lists).flatMap(([k, ids]) => ids.map((id) => `each@item=${id},k=${k}`));
      expect(on.executed.toSorted()).toEqual(
        ['all', ...expected, ...Object.keys(lists).map((k) => `list@k=${k}`)].sort(),
      );
      expect(tally).toMatchObject({ executed: on.executed.length, open: 0, failed: 0 });
    }
  });
});
