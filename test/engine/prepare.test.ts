/** What stages take and give is learnt from their code and declarations, and whether they fit together is told at once. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../src/engine/context.ts';
import { placeIn, prepare, refuse } from '../../src/engine/prepare.ts';
import { Fault } from '../../src/model/fault.ts';
import type { DepDeclaration, StageDeclaration } from '../../src/model/pipeline.ts';
import { root as packageRoot } from '../support/imports.ts';
import { stageNamed } from '../support/steps.ts';
import { type Bench, bench, commandNamed, pipelineOf } from './support/bench.ts';

let on: Bench;
let context: Context;

beforeEach(() => {
  on = bench();
  const tool = {
    version: '0',
    runtime: join(packageRoot, 'src/model/stage-runtime.ts'),
    alias: { colophon: join(packageRoot, 'src/index.ts') },
    zod: join(packageRoot, 'node_modules/zod/index.js'),
    nodePaths: [join(packageRoot, 'node_modules')],
  };
  context = { ...on.context(), tool };
});
afterEach(() => on.remove());

const place = (line: number) => ({ file: 'pipeline.yaml', line, column: 1 });
const from = (stage: string, role = 'out'): DepDeclaration => ({ type: 'artifact', stage, role });
const out = (path: string, folder = false) => ({ path, folder, compare: { type: 'bytes' as const } });

/** The code of a stage with these deps and the outs of these kinds, of version 1 unless told otherwise. */
function code(deps: string, outs: Readonly<Record<string, string>>): string {
  const made = Object.entries(outs).map(([role, kind]) => `${role}: kind('${kind}')`);
  return `import { z } from 'zod';
import { folder, gather } from 'colophon';
const kind = (text) => {
  const [name, version = '1'] = text.split('/');
  return { name, version: Number(version), extension: 'json', encode: () => new Uint8Array(), decode: () => 0 };
};
export const params = () => z.object({ starts: z.number() });
export const deps = () => ({ ${deps} });
export const outs = () => ({ ${made.join(', ')} });
export const run = () => ({});
`;
}

/** Writes its file and gives the stage. */
function stageOf(
  name: string,
  deps: string,
  outs: Readonly<Record<string, string>>,
  settings: Partial<StageDeclaration> = {},
): StageDeclaration {
  on.write({ [`stages/${name}.ts`]: code(deps, outs) });
  return stageNamed(name, settings);
}

const prepared = (...stages: readonly StageDeclaration[]) => prepare(context, pipelineOf(stages));
const messages = async (...stages: readonly StageDeclaration[]) =>
  (await prepared(...stages)).problems.map(({ message }) => message);

describe('a TypeScript stage', () => {
  test('is known by what its code says', async () => {
    const fit = stageOf(
      'fit',
      "a: kind('points'), b: gather(kind('points/2')), c: folder",
      { curve: 'curve/3' },
      {
        deps: { a: from('p'), b: from('p'), c: from('p') },
      },
    );
    const { stages } = await prepared(fit);
    expect(stages.get('fit')?.declared).toEqual({
      deps: {
        a: { shape: 'one', kind: { name: 'points', version: 1, extension: 'json' } },
        b: { shape: 'gather', kind: { name: 'points', version: 2, extension: 'json' } },
        c: { shape: 'folder' },
      },
      outs: { curve: { name: 'curve', version: 3, extension: 'json' } },
      params: ['starts'],
    });
    expect(stages.get('fit')?.closure?.code).toBe(stages.get('fit')?.code);
  });

  test('has the code of another one that uses the same file, but not where it is random', async () => {
    const one = stageOf('one', '', { out: 'x' });
    const { stages } = await prepared(one, { ...one, name: 'two' }, { ...one, name: 'three', random: true });
    const [a, b, c] = ['one', 'two', 'three'].map((name) => stages.get(name)?.code);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  test('whose file is not there is told, and the others are prepared', async () => {
    const gone = stageNamed('gone', { places: { use: place(3) } });
    const { stages, problems } = await prepared(gone, stageOf('here', '', { out: 'x' }));
    expect([...stages.keys()]).toEqual(['here']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ place: place(3) });
    expect(problems[0]?.message).toContain('stages/gone.ts');
  });

  test('whose code is no code is told at its line', async () => {
    on.write({ 'stages/bad.ts': 'export const run = () => 1;\nexport const outs = (;\n' });
    const { problems } = await prepared(stageNamed('bad', { places: { use: place(3) } }));
    expect(problems[0]?.place).toMatchObject({ file: 'stages/bad.ts', line: 2 });
  });

  test('whose declaration throws is told with its words', async () => {
    on.write({
      'stages/bad.ts': `export const outs = () => { throw new Error('out of order'); };\nexport const run = () => ({});\n`,
    });
    const { problems } = await prepared(stageNamed('bad', { places: { use: place(3) } }));
    expect(problems).toMatchObject([{ place: place(3) }]);
    expect(problems[0]?.message).toMatch(/^stages\/bad\.ts cannot be evaluated: .*out of order/);
  });
});

describe('a command stage', () => {
  test('gives files, whose kind their extension says', async () => {
    const outs = { a: out('x/table.CSV'), b: out('model'), c: out('pages', true), d: out('all.tar.gz') };
    const { stages } = await prepared(commandNamed('make', 'code', { outs }));
    expect(stages.get('make')?.declared.outs).toMatchObject({
      a: { name: 'file', extension: 'csv' },
      b: { name: 'file', extension: 'bin' },
      c: { name: 'folder', extension: '' },
      d: { name: 'file', extension: 'gz' },
    });
    expect(stages.get('make')?.closure).toBeUndefined();
  });

  test('has the code of its arguments and outs, not of its name or params', async () => {
    const { stages } = await prepared(
      commandNamed('a', 'code'),
      commandNamed('b', 'code', { params: { x: 1 } }),
      commandNamed('c', 'other code'),
      commandNamed('d', 'code', { outs: { out: out('elsewhere.json') } }),
    );
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => stages.get(name)?.code);
    expect(b).toBe(a);
    expect(new Set([a, c, d]).size).toBe(3);
  });

  test('takes deps of any name, and its file is taken for any kind', async () => {
    const reads = stageOf('reads', "x: kind('points')", { out: 'points' }, { deps: { x: from('make') } });
    const command = commandNamed('uses', 'code', { deps: { whatever: from('reads') } });
    expect(await messages(commandNamed('make', 'code'), reads, command)).toEqual([]);
  });
});

describe('told is', () => {
  test('an executor that is not there', async () => {
    const { problems } = await prepared(
      commandNamed('one', 'code', { executor: 'slurm', places: { executor: place(7) } }),
    );
    expect(problems).toMatchObject([{ place: place(7) }]);
    expect(problems[0]?.message).toContain('asks for the executor "slurm"');
  });

  test('a dep that the code needs and one that it does not take', async () => {
    const fit = stageOf(
      'fit',
      "points: kind('points')",
      { out: 'x' },
      {
        deps: { pionts: from('make') },
        places: { deps: place(4), 'deps.pionts': place(5) },
      },
    );
    const { problems } = await prepared(commandNamed('make', 'code'), fit);
    expect(problems.map((problem) => problem.place?.line)).toEqual([4, 5]);
    expect(problems[0]?.message).toMatch(/^stage "fit" needs a dep "points" \(points\), which is not given/);
    expect(problems[1]?.message).toBe(
      'stage "fit" takes no dep "pionts"; it takes points. Did you mean "points"?',
    );
  });

  test.each([
    ["a: gather(kind('points'))", '"a" (points of every case)'],
    ['a: folder', '"a" (a folder)'],
  ])('of a dep that is absent what it is: %s', async (deps, said) => {
    expect((await messages(stageOf('fit', deps, { out: 'x' })))[0]).toContain(said);
  });

  test('a dep of another kind or version', async () => {
    const make = stageOf('make', '', { out: 'points/2' });
    const fit = (kind: string) =>
      stageOf('fit', `x: kind('${kind}')`, { out: 'x' }, { deps: { x: from('make') } });
    expect(await messages(make, fit('points/1'))).toEqual([
      'dep "x" of stage "fit" takes points/1, but make.out is points/2',
    ]);
    expect(await messages(make, fit('lines/2'))).toEqual([
      'dep "x" of stage "fit" takes lines/2, but make.out is points/2',
    ]);
    expect(await messages(make, fit('points/2'))).toEqual([]);
  });

  test('an out that nobody makes: the nearest of that stage, of all, or what there is', async () => {
    const make = stageOf('make', '', { curve: 'x' });
    const missing = async (stage: string, role: string) =>
      (
        await messages(
          make,
          commandNamed('other', 'code'),
          commandNamed('uses', 'code', { deps: { x: from(stage, role) } }),
        )
      )[0];
    expect(await missing('make', 'curv')).toBe(
      'step "uses" needs "make.curv", which no stage makes. Did you mean "make.curve"?',
    );
    expect(await missing('make', 'nothing-like-it')).toMatch(/ Stage "make" makes make\.curve\.$/);
  });

  test('an out that is published, set or iterated over but not made', async () => {
    const fit = stageOf(
      'fit',
      '',
      { curve: 'x' },
      {
        publish: { curv: 'c.svg' },
        outs: { table: { folder: false, compare: { type: 'bytes' } } },
        places: { 'publish.curv': place(5), 'outs.table': place(6) },
      },
    );
    const each = commandNamed('each', 'code', {
      matrix: { k: { type: 'items', stage: 'fit', role: 'curves', id: 'id' } },
      places: { 'matrix.k': place(8) },
    });
    const { problems } = await prepared(fit, each);
    expect(problems.map(({ place: at, message }) => [at?.line, message])).toEqual([
      [8, 'step "each" needs "fit.curves", which no stage makes. Did you mean "fit.curve"?'],
      [5, 'stage "fit" has no out "curv"; it makes curve. Did you mean "curve"?'],
      [6, 'stage "fit" has no out "table"; it makes curve.'],
    ]);
  });

  test('nothing of what needs a stage that was refused itself', async () => {
    expect(
      await messages(stageNamed('gone'), commandNamed('uses', 'code', { deps: { x: from('gone') } })),
    ).toHaveLength(1);
  });
});

test('a place is the exact one, or the nearest around it, or that of the stage', () => {
  const stage = stageNamed('fit', { places: { '': place(1), deps: place(2), 'deps.x': place(3) } });
  const lines = ['deps.x', 'deps.x.pin', 'deps.y', 'publish.z', ''].map((at) => placeIn(stage, at)?.line);
  expect(lines).toEqual([3, 3, 2, 1, 1]);
  expect(placeIn(stageNamed('bare'), 'deps.x')).toBeUndefined();
});

test('problems are thrown all at once, and none are none', () => {
  const problems = [{ message: 'one' }, { message: 'two', place: place(2) }];
  expect(() => refuse([])).not.toThrow();
  expect(() => refuse(problems)).toThrow(new Fault('usage', problems));
  expect(() => refuse(problems)).toThrow('one\npipeline.yaml:2:1: two');
});
