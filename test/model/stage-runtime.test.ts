import { describe, expect, it } from 'vitest';
import { anyJson, bytesKind, jsonKind, tableKind, textKind } from '../../src/model/kind.ts';
import { folder, gather } from '../../src/model/stage.ts';
import { type StageCall, OutsError, executeStage, randomStream } from '../../src/model/stage-runtime.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined) => new TextDecoder().decode(value);
const points = jsonKind<{ loss: number }[]>('points');
const call = (more: Partial<StageCall> = {}): StageCall => ({
  params: {},
  case: {},
  inputs: {},
  evidence: () => undefined,
  ...more,
});

const returning = (value: unknown) =>
  executeStage(
    () => value,
    undefined,
    () => ({ points, note: textKind('note', 'txt') }),
    undefined,
    call(),
  );

const encoding = (kind: object, value: unknown) =>
  executeStage(
    () => ({ out: value }),
    undefined,
    () => ({ out: kind }),
    undefined,
    call(),
  );

const seed = '00112233445566778899aabbccddeeff';
const drawing = (makeStream: typeof randomStream | undefined, stream: string | undefined) =>
  executeStage(
    (_deps: object, _params: object, { random }) => ({ drawn: [random().bits(), random().bits()] }),
    undefined,
    () => ({ drawn: anyJson }),
    makeStream,
    call({ stream }),
  );

describe('decoding deps', () => {
  it('gives run each dep as its kind reads it, with the params', async () => {
    const outs = await executeStage(
      (deps: { points: { loss: number }[] }, params: { factor: number }) => ({
        scaled: deps.points.map((point) => ({ loss: point.loss * params.factor })),
      }),
      () => ({ points }),
      () => ({ scaled: points }),
      undefined,
      call({ params: { factor: 3 }, inputs: { points: { type: 'one', bytes: bytes('[{"loss":2}]') } } }),
    );
    expect(text(outs['scaled'])).toBe('[{"loss":6}]\n');
  });

  it('gives a gather as a list of cases and values in the order given', async () => {
    const members = [2, 10].map((k) => ({ case: { k }, bytes: bytes(`[{"loss":${k / 4}}]`) }));
    const outs = await executeStage(
      (deps: { all: unknown }) => ({ seen: deps.all }),
      () => ({ all: gather(points) }),
      () => ({ seen: anyJson }),
      undefined,
      call({ inputs: { all: { type: 'gather', members } } }),
    );
    expect(JSON.parse(text(outs['seen']))).toEqual([
      { case: { k: 2 }, value: [{ loss: 0.5 }] },
      { case: { k: 10 }, value: [{ loss: 2.5 }] },
    ]);
  });

  it('gives a folder as its files', async () => {
    const entries = [{ path: 'a/b.txt', executable: true, bytes: bytes('hello') }];
    const outs = await executeStage(
      (deps: { data: typeof entries }) => ({
        seen: deps.data.map((file) => `${file.path} ${text(file.bytes)}`).join(),
      }),
      () => ({ data: folder }),
      () => ({ seen: textKind('text', 'txt') }),
      undefined,
      call({ inputs: { data: { type: 'folder', entries } } }),
    );
    expect(text(outs['seen'])).toBe('a/b.txt hello');
  });

  it('names the dep, and the case of a gather, whose bytes are not of its kind', async () => {
    const one = executeStage(
      () => ({}),
      () => ({ points }),
      () => ({}),
      undefined,
      call({ inputs: { points: { type: 'one', bytes: bytes('not JSON') } } }),
    );
    await expect(one).rejects.toThrow(/^dep "points" is no points: /);
    const gathered = executeStage(
      () => ({}),
      () => ({ all: gather(points) }),
      () => ({}),
      undefined,
      call({ inputs: { all: { type: 'gather', members: [{ case: { k: 6 }, bytes: bytes('{') }] } } }),
    );
    await expect(gathered).rejects.toThrow(/^dep "all" of \{"k":6\} is no points: /);
  });

  it.each([
    [undefined, 'dep "points" is missing, not an artifact'],
    [{ type: 'folder', entries: [] } as const, 'dep "points" is a folder, not an artifact'],
    [{ type: 'gather', members: [] } as const, 'dep "points" is a gather of several cases, not an artifact'],
  ])('refuses an input of another shape than declared (%#)', async (input, message) => {
    const inputs = input === undefined ? {} : { points: input };
    const run = executeStage(
      () => ({}),
      () => ({ points }),
      () => ({}),
      undefined,
      call({ inputs }),
    );
    await expect(run).rejects.toThrow(message);
  });

  it('takes a stage without deps', async () => {
    const outs = await executeStage(
      () => Promise.resolve({ one: 1 }),
      undefined,
      () => ({ one: anyJson }),
      undefined,
      call(),
    );
    expect(text(outs['one'])).toBe('1\n');
  });
});

describe('checking what run returned', () => {
  it.each([
    [{ points: [] }, 'run returned no "note", which outs declares'],
    [{ points: [], note: undefined }, 'run returned no "note", which outs declares'],
    [{ points: [], note: '', figure: '' }, 'run returned "figure", which outs does not declare'],
    [undefined, 'run returned undefined, not an object of its outs (points, note)'],
    [
      { points: [{ loss: Number.NaN }], note: '' },
      'out "points" is no points: [0].loss is NaN, which JSON cannot hold',
    ],
    [{ points: [], note: 5 }, 'out "note" is no note: the value is of type number, not text'],
  ])('refuses %j', async (value, message) => {
    await expect(returning(value)).rejects.toThrow(new OutsError(message));
  });

  it('refuses what a table or a bytes kind cannot hold', async () => {
    const table = { columns: ['k'], rows: [[Number.POSITIVE_INFINITY]] };
    await expect(encoding(tableKind('t'), table)).rejects.toThrow(
      'out "out" is no t: row 0, column k is Infinity',
    );
    await expect(encoding(bytesKind('png', 'png'), 'text')).rejects.toThrow('something other than bytes');
  });
});

describe('the tools', () => {
  it('draws from the seed, going on where the first request left off', async () => {
    const expected = randomStream(seed);
    const outs = await drawing(randomStream, seed);
    expect(JSON.parse(text(outs['drawn']))).toEqual([expected.bits(), expected.bits()]);
  });

  it('refuses to draw where the pipeline gives no stream', async () => {
    const message = 'the stage draws random numbers but pipeline.yaml does not say random: true';
    await expect(drawing(undefined, undefined)).rejects.toThrow(message);
    await expect(drawing(randomStream, undefined)).rejects.toThrow(message);
  });

  it('passes on evidence and the case', async () => {
    const evidence: Record<string, unknown> = {};
    await executeStage(
      (_deps: object, _params: object, tools) => {
        tools.evidence('k', tools.case['k'] as number);
        return {};
      },
      undefined,
      () => ({}),
      undefined,
      call({ case: { k: 20 }, evidence: (name, value) => (evidence[name] = value) }),
    );
    expect(evidence).toEqual({ k: 20 });
  });
});
