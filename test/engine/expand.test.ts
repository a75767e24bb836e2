/** Stages become steps: a step for each case, its inputs joined or gathered, its params read, its problems told once. */
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Declaration } from '../../src/engine/declaration.ts';
import type { Declarer } from '../../src/engine/declare.ts';
import { type ItemIds, expand } from '../../src/engine/expand.ts';
import type { Prepared, PreparedStage } from '../../src/engine/prepare.ts';
import type { DepDeclaration, StageDeclaration } from '../../src/model/pipeline.ts';
import type { DepSignature } from '../../src/model/step.ts';
import { stageNamed } from '../support/steps.ts';
import { pipelineOf } from './support/bench.ts';

const number = { name: 'number', version: 1, extension: 'json' };
const place = (line: number) => ({ file: 'pipeline.yaml', line, column: 1 });
const from = (stage: string): DepDeclaration => ({ type: 'artifact', stage, role: 'value' });
const values = (...list: readonly (string | number)[]) => ({ type: 'values' as const, values: list });
const same = (stage: string) => ({ type: 'same' as const, stage });
const itemsOf = (stage: string) => ({ type: 'items' as const, stage, role: 'value', id: 'label' });
const one: DepSignature = { shape: 'one', kind: number };
const gathers: DepSignature = { shape: 'gather', kind: number };

/** A TypeScript stage whose code says these deps; without `deps` it is a command, which takes anything. */
function ready(
  name: string,
  settings: Partial<StageDeclaration>,
  deps?: Readonly<Record<string, DepSignature>>,
): PreparedStage {
  const declared: Declaration = { deps: deps ?? {}, outs: { value: number }, params: undefined };
  const stage = stageNamed(name, settings);
  const code = digestOf(`code of ${name}`);
  if (deps === undefined) return { stage, code, declared };
  const closure = { code, sourceMap: digestOf(''), declaration: digestOf(`declaration of ${name}`) };
  return { stage, code, closure, declared };
}

const takeAll: Declarer['parse'] = async (_, raw) => ({ type: 'parsed', params: raw });

function prepared(stages: readonly PreparedStage[], parse = takeAll): Prepared {
  return {
    pipeline: pipelineOf(stages.map(({ stage }) => stage)),
    stages: new Map(stages.map((each) => [each.stage.name, each])),
    problems: [],
    declarer: { parse, declare: async () => Promise.reject(new Error('nothing is declared here')) },
  };
}

const unknown: ItemIds = () => undefined;
const expanded = (stages: readonly PreparedStage[], items = unknown, parse = takeAll) =>
  expand(prepared(stages, parse), items);

/** Ids of the steps, and for each dep the steps that it takes. */
async function taken(stages: readonly PreparedStage[], items = unknown) {
  const { steps, problems } = await expanded(stages, items);
  expect(problems).toEqual([]);
  return Object.fromEntries(
    steps.map(({ id, inputs }) => [
      id,
      Object.values(inputs).map((input) =>
        input.type === 'gather'
          ? input.members.map(({ step }) => step)
          : input.type === 'source'
            ? input.path
            : input.step,
      ),
    ]),
  );
}

const messages = async (stages: readonly PreparedStage[], items = unknown) =>
  (await expanded(stages, items)).problems.map(({ message }) => message);

const train = ready('train', { matrix: { k: values(10, 6) } }, {});

describe('cases', () => {
  test('are the product of the variables; a stage without any is one step', async () => {
    const grid = ready('grid', { matrix: { k: values(6, 10), l: values('a', 'b') } }, {});
    expect(Object.keys(await taken([grid, ready('lone', {}, {})])).toSorted()).toEqual([
      'grid@k=10,l=a',
      'grid@k=10,l=b',
      'grid@k=6,l=a',
      'grid@k=6,l=b',
      'lone',
    ]);
  });

  test('of a stage that could not be prepared are left out in silence', async () => {
    const { pipeline, ...rest } = prepared([train]);
    const all = { ...rest, pipeline: pipelineOf([train.stage, stageNamed('refused')]) };
    const { steps, problems } = await expand(all, unknown);
    expect(steps.map(({ id }) => id)).toEqual(['train@k=6', 'train@k=10']);
    expect(problems).toEqual([]);
    expect(pipeline.stages).toHaveLength(1);
  });
});

describe('a dep', () => {
  test('is joined on the variables that both have', async () => {
    const polish = ready('polish', { matrix: { k: same('train') }, deps: { x: from('train') } }, { x: one });
    expect(await taken([train, polish])).toMatchObject({
      'polish@k=6': ['train@k=6'],
      'polish@k=10': ['train@k=10'],
    });
  });

  test('on a stage with one case is the same for all', async () => {
    const uses = ready('uses', { matrix: { k: values(1, 2) }, deps: { x: from('lone') } }, { x: one });
    expect(await taken([ready('lone', {}, {}), uses])).toMatchObject({
      'uses@k=1': ['lone'],
      'uses@k=2': ['lone'],
    });
  });

  test('gathers the variables that only it has, by number and not as text', async () => {
    const table = ready('table', { deps: { all: from('train') } }, { all: gathers });
    expect(await taken([train, table])).toMatchObject({ table: [['train@k=6', 'train@k=10']] });
    const { steps } = await expanded([train, table]);
    expect(steps.find(({ id }) => id === 'table')?.inputs['all']).toMatchObject({
      members: [
        { case: { k: 6 }, role: 'value' },
        { case: { k: 10 }, role: 'value' },
      ],
    });
  });

  test('may be joined on some and gather others', async () => {
    const grid = ready('grid', { matrix: { k: values(1, 2), l: values('a', 'b') } }, {});
    const table = ready('table', { matrix: { k: values(2) }, deps: { all: from('grid') } }, { all: gathers });
    expect(await taken([grid, table])).toMatchObject({ 'table@k=2': [['grid@k=2,l=a', 'grid@k=2,l=b']] });
  });

  test('on a file is that file, pinned or not, with what is excluded', async () => {
    const data: DepDeclaration = { type: 'source', path: 'data', pin: false, exclude: ['*.log'] };
    const { steps } = await expanded([ready('reads', { deps: { data } }, { data: { shape: 'folder' } })]);
    expect(steps[0]?.inputs).toEqual({ data });
  });

  test('for a case that is not there is told with its place, and the step has no such input', async () => {
    const polish = ready(
      'polish',
      { matrix: { k: values(7) }, deps: { x: from('train') }, places: { 'deps.x': place(9) } },
      { x: one },
    );
    expect((await expanded([train, polish])).problems).toEqual([
      { place: place(9), message: 'stage "polish" needs "train.value" for k=7, which is no case of "train"' },
    ]);
  });

  test('that is one but comes in several cases is told once, with what to do', async () => {
    const many = ready('many', { matrix: { l: values(1, 2, 3) }, deps: { x: from('train') } }, { x: one });
    expect(await messages([train, many])).toEqual([
      'stage "many" takes one "train.value" as "x", but it comes in 2 cases of k; declare the dep as gather(…), or add `k: { from: train }` to the matrix',
    ]);
  });

  test('that gathers where there is only one is told', async () => {
    const few = ready('few', { matrix: { k: same('train') }, deps: { x: from('train') } }, { x: gathers });
    expect(await messages([train, few])).toEqual([
      'stage "few" gathers "train.value" as "x", but there is only one for each case; declare the dep without gather(…)',
    ]);
  });

  test('of a command may have either shape', async () => {
    const both = ready('both', { deps: { x: from('train'), y: from('lone') } });
    expect(await taken([train, ready('lone', {}), both])).toMatchObject({
      both: [['train@k=6', 'train@k=10'], 'lone'],
    });
  });
});

describe('a matrix over items', () => {
  const list = ready('list', {}, {});
  const each = ready('each', { matrix: { point: itemsOf('list') } }, { point: one });

  test('waits for the step that makes the list', async () => {
    const { steps, waiting } = await expanded([each, list]);
    expect(steps.map(({ id }) => id)).toEqual(['list']);
    expect(waiting).toEqual([{ stage: 'each', on: ['list'] }]);
  });

  test('is a step for each item, with the item as an input, once the list is known', async () => {
    const asked: unknown[] = [];
    const { steps, waiting } = await expanded([each, list], (...question) => {
      asked.push(question);
      return ['b', 'a'];
    });
    expect(asked[0]).toEqual(['list', 'value', 'label']);
    expect(waiting).toEqual([]);
    const found = steps.filter(({ stage }) => stage.name === 'each');
    expect(found.map(({ id }) => id)).toEqual(['each@point=a', 'each@point=b']);
    expect(found[0]?.inputs).toEqual({
      point: { type: 'item', step: 'list', role: 'value', id: 'a', field: 'label' },
    });
  });

  test('gives the item only to code that takes it, and always to a command', async () => {
    const items: ItemIds = () => ['a'];
    const ignores = ready('ignores', { matrix: { point: itemsOf('list') } }, {});
    const command = ready('command', { matrix: { point: itemsOf('list') } });
    expect(await taken([list, ignores, command], items)).toMatchObject({
      'ignores@point=a': [],
      'command@point=a': ['list'],
    });
  });

  test('holds back what gathers it, and names the list once', async () => {
    const table = ready('table', { deps: { x: from('each'), y: from('each') } }, { x: gathers, y: gathers });
    const { waiting } = await expanded([list, each, table]);
    expect(waiting).toEqual([
      { stage: 'each', on: ['list'] },
      { stage: 'table', on: ['list'] },
    ]);
  });

  test('of an empty list is no step, and a gather of none', async () => {
    const table = ready('table', { deps: { x: from('each') } }, { x: gathers });
    expect(await taken([list, each, table], () => [])).toEqual({ list: [], table: [[]] });
  });

  test('with one id twice is told at the variable', async () => {
    const placed = ready('each', { ...each.stage, places: { 'matrix.point': place(4) } }, { point: one });
    const { problems } = await expanded([list, placed], () => ['a', 'a']);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.place).toEqual(place(4));
    expect(problems[0]?.message).toMatch(/^stage "each": two items of "list\.value" have the id "a"/);
  });
});

describe('params', () => {
  const params = { starts: 10, k: 0 };

  test('are read by the schema of the code with the case, whose names are free', async () => {
    const fit = ready('fit', { matrix: { k: values(6) }, params }, {});
    const asked: unknown[] = [];
    const { steps } = await expanded([fit], unknown, async (...question) => {
      asked.push(question);
      return { type: 'parsed', params: { starts: 10, tolerance: 1e-9 } };
    });
    expect(asked).toEqual([[digestOf('declaration of fit'), { starts: 10, k: 6 }, ['k']]]);
    expect(steps[0]?.signature).toMatchObject({
      code: digestOf('code of fit'),
      params: { starts: 10, tolerance: 1e-9 },
      outs: { value: number },
    });
  });

  test('of a command are as written', async () => {
    const { steps } = await expanded([ready('fit', { matrix: { k: values(6) }, params })]);
    expect(steps[0]?.signature.params).toEqual(params);
  });

  test('that are refused are told once for all cases, at their place or that of all', async () => {
    const places = { params: place(5), 'params.starts': place(6) };
    const fit = ready('fit', { matrix: { k: values(6, 8) }, params, places }, {});
    const { steps, problems } = await expanded([fit], unknown, async () => ({
      type: 'refused',
      problems: [
        { param: 'starts', message: 'params.starts is 10, expected a text' },
        { param: '', message: 'they do not fit' },
        { param: 'other', message: 'there is no other' },
      ],
    }));
    expect(steps).toEqual([]);
    expect(problems).toEqual([
      { place: place(6), message: 'stage "fit": params.starts is 10, expected a text' },
      { place: place(5), message: 'stage "fit": they do not fit' },
      { place: place(5), message: 'stage "fit": there is no other' },
    ]);
  });
});
