/** A matrix over the items of an artifact: each item is a step of its own, by its id and its own bytes. */
import { afterAll, describe, expect, test } from 'vitest';
import { type Rig, eventsOf, newRig, removeRigs } from '../support/rig.ts';
import { pipelineText, stageText } from './support/texts.ts';

afterAll(removeRigs);

interface Item {
  readonly label: string | number;
  readonly weight: number;
}

/** A stage that reads `items.json` and lists it, one step for each item, and one that gathers them. */
function listing(items: readonly Item[], matrix: object = {}): Rig {
  const rig = newRig({
    'items.json': JSON.stringify(items),
    'stages/list.ts': stageText({
      deps: 'file: anyJson',
      outs: 'points: list',
      run: '({ file }) => ({ points: file })',
    }),
    'stages/weigh.ts': stageText({
      deps: "point: jsonKind('item')",
      outs: 'weight: number',
      run: '({ point }) => ({ weight: point.weight * 10 })',
    }),
    'stages/sum.ts': stageText({
      deps: 'weights: gather(number)',
      outs: 'table: list',
      run: '({ weights }) => ({ table: weights.map(({ case: at, value }) => [at.point, value]) })',
    }),
    'pipeline.yaml': pipelineText({
      list: { use: 'stages/list.ts', deps: { file: 'items.json' } },
      weigh: { use: 'stages/weigh.ts', matrix: { point: { from: 'list.points', id: 'label' }, ...matrix } },
      sum: {
        use: 'stages/sum.ts',
        deps: { weights: 'weigh.weight' },
        publish: { table: 'results/table.json' },
      },
    }),
  });
  return rig;
}

const item = (label: string | number, weight: number): Item => ({ label, weight });
const write = (rig: Rig, items: readonly object[]) => rig.write({ 'items.json': JSON.stringify(items) });
const [a, b, c] = [item('a', 1), item('b', 2), item('c', 3)] as const;

describe('a matrix over items', () => {
  test('waits for the list, and then has one step for each item', async () => {
    const rig = listing([b, a]);
    expect((await rig.plan()).map(({ step, verdict }) => `${step} ${verdict}`)).toEqual(['list miss']);
    const ran = await rig.run();
    expect(ran).toMatchObject({ code: 0, executed: ['list', 'sum', 'weigh@point=a', 'weigh@point=b'] });
    expect(eventsOf(ran, 'expanded').flatMap(({ steps }) => steps)).toEqual([
      'weigh@point=a',
      'weigh@point=b',
      'sum',
    ]);
    expect(rig.read('results/table.json')).toBe('[["a",10],["b",20]]\n');
    expect((await rig.plan()).map(({ verdict }) => verdict)).toEqual(['hit', 'hit', 'hit', 'hit']);
  });

  test('executes one step for an added item', async () => {
    const rig = listing([a, b]);
    await rig.executes();
    write(rig, [a, b, c]);
    expect(await rig.executes()).toEqual(['list', 'sum', 'weigh@point=c']);
    expect(rig.read('results/table.json')).toBe('[["a",10],["b",20],["c",30]]\n');
  });

  test('executes no step of an item for another order of the list', async () => {
    const rig = listing([a, b, c]);
    await rig.executes();
    write(rig, [c, a, b]);
    expect(await rig.executes()).toEqual(['list']);
    expect(rig.read('results/table.json')).toBe('[["a",10],["b",20],["c",30]]\n');
  });

  test('executes the step of a changed item, and no other', async () => {
    const rig = listing([a, b, c]);
    await rig.executes();
    write(rig, [a, item('b', 5), c]);
    expect(await rig.executes()).toEqual(['list', 'sum', 'weigh@point=b']);
  });

  test('drops the step of an item that is gone', async () => {
    const rig = listing([a, b, c]);
    await rig.executes();
    write(rig, [a, c]);
    expect(await rig.executes()).toEqual(['list', 'sum']);
    expect(rig.read('results/table.json')).toBe('[["a",10],["c",30]]\n');
    write(rig, [a, b, c]);
    expect(await rig.executes()).toEqual([]);
  });

  test('may be over no items at all', async () => {
    const rig = listing([]);
    expect(await rig.executes()).toEqual(['list', 'sum']);
    expect(rig.read('results/table.json')).toBe('[]\n');
    write(rig, [a]);
    expect(await rig.executes()).toEqual(['list', 'sum', 'weigh@point=a']);
  });

  test('takes numbers as ids, in the order of numbers, and text that needs encoding', async () => {
    const rig = listing([item(10, 1), item(9, 2)]);
    await rig.executes();
    expect(rig.read('results/table.json')).toBe('[[9,20],[10,10]]\n');
    write(rig, [item('a b/ü,=', 1)]);
    expect(await rig.executes()).toContain('weigh@point=a%20b%2F%C3%BC%2C%3D');
    expect((await rig.run('weigh@point=a%20b%2F%C3%BC%2C%3D')).code).toBe(0);
  });

  test('can be asked for one item', async () => {
    const rig = listing([a, b]);
    await rig.executes();
    write(rig, [item('a', 7), item('b', 8)]);
    expect(await rig.executes('list')).toEqual(['list']);
    expect(await rig.executes('weigh@point=b')).toEqual(['weigh@point=b']);
  });

  test('combines with a variable of values', async () => {
    const rig = listing([a, b], { scale: [1, 2] });
    expect(await rig.executes()).toEqual([
      'list',
      'sum',
      'weigh@point=a,scale=1',
      'weigh@point=a,scale=2',
      'weigh@point=b,scale=1',
      'weigh@point=b,scale=2',
    ]);
  });

  test('goes on with what does not need the list where the list fails', async () => {
    const rig = listing([a]);
    rig.edit('stages/list.ts', 'points: file })', 'points: file.nothing.there })');
    const ran = await rig.run();
    expect(ran).toMatchObject({ code: 1, failed: ['list'], executed: [] });
    expect(rig.exists('results/table.json')).toBe(false);
  });

  test('keeps what is published where the list fails later', async () => {
    const rig = listing([a]);
    await rig.executes();
    rig.edit('stages/list.ts', 'points: file })', 'points: file.nothing.there })');
    expect((await rig.run()).code).toBe(1);
    expect(rig.read('results/table.json')).toBe('[["a",10]]\n');
  });
});

describe('a list whose items cannot be told apart', () => {
  test.each([
    ['two of one id', [a, item('a', 9)], /label "a"/],
    ['two ids with one spelling', [item(1, 1), item('1', 2)], /"1"/],
    ['no id', [{ weight: 1 }], /item 0 has no label/],
    ['no list', { label: 'a' } as unknown as Item[], /holds something else/],
  ])('%s: is refused by name, exit 2', async (_, items, message) => {
    const rig = listing(items as readonly Item[]);
    const { code, stderr } = await rig.run();
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
    // What was executed before is kept: mending the list is all that is needed.
    write(rig, [a]);
    expect(await rig.executes()).toEqual(['list', 'sum', 'weigh@point=a']);
  });
});
