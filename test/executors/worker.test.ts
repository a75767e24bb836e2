import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Executor, Input, Order, Outcome } from '../../src/model/executor.ts';
import { randomStream } from '../../src/base/random.ts';
import { workerExecutor } from '../../src/executors/worker.ts';
import { makeBench } from './support/stage.ts';

const bench = makeBench();
let entry: string;
let executor: Executor;
beforeAll(async () => {
  entry = await bench.worker();
  executor = workerExecutor({ workers: 2, entry, folder: bench.folder });
});
afterAll(async () => {
  await executor.close();
  bench.remove();
});

const never = new AbortController().signal;
const head = `import { anyJson, bytesKind, textKind } from 'colophon/kind'; export const outs = () => ({ a: anyJson });\n`;

/** Executes a stage given as the text of `run`'s parameters and body. */
async function run(text: string, more: Partial<Order> = {}, by = executor): Promise<Outcome> {
  const work = await bench.stage(head + text, { random: more.stream !== undefined });
  return by.execute(bench.order(work, more), never);
}

function bytesOf(outcome: Outcome, role = 'a'): Uint8Array {
  if (outcome.type === 'failed') throw new Error(`${outcome.ending}: ${outcome.message}`);
  const out = outcome.outs[role];
  if (out?.type !== 'bytes') throw new Error(`no bytes for ${role}`);
  return out.bytes;
}

const valueOf = (outcome: Outcome): unknown => JSON.parse(new TextDecoder().decode(bytesOf(outcome)));
const failure = (outcome: Outcome) =>
  outcome.type === 'failed' ? { ending: outcome.ending, message: outcome.message } : outcome;
const file = (name: string, text: string): string => {
  mkdirSync(join(bench.folder, 'files'), { recursive: true });
  writeFileSync(join(bench.folder, 'files', name), text);
  return join(bench.folder, 'files', name);
};
const json = (text: string): Input => ({
  type: 'one',
  digest: digestOf(text),
  extension: 'json',
  content: { type: 'bytes', bytes: new TextEncoder().encode(text) },
});

const executeBundle = (text: string) => {
  const path = file(digestOf(text), text);
  return executor.execute(bench.order({ type: 'bundle', digest: digestOf(text), path }), never);
};
const single = () => workerExecutor({ workers: 1, entry, folder: bench.folder });

describe('a step that ends well', () => {
  it('gives its outs, evidence, cost, and what it saw', async () => {
    const outcome = await run(
      `export const run = (_: object, params: { n: number }, { evidence, case: at }: any) => {
         evidence('residual', 1e-12); evidence('status', 'converged'); evidence('certified', true);
         return { a: { n: params.n, at } };
       };`,
      { params: { n: 3 }, case: { k: 20 } },
    );
    expect(valueOf(outcome)).toEqual({ n: 3, at: { k: 20 } });
    expect(outcome).toMatchObject({
      type: 'done',
      evidence: { residual: 1e-12, status: 'converged', certified: true },
      seen: { executor: 'worker', node: process.versions.node, v8: process.versions.v8 },
      warnings: [],
    });
    expect(outcome.cost.wall).toBeGreaterThan(0);
    expect(outcome.cost.memory).toBeGreaterThan(2 ** 20);
  });

  it('reads inputs by message and by path, as bytes of their own', async () => {
    const content = { type: 'file', path: file('b', '[2]') } as const;
    const members = [6, 8].map((k) => ({
      case: { k },
      input: json(String(k)) as Extract<Input, { type: 'one' }>,
    }));
    const entries = [
      {
        path: 'x/y.txt',
        executable: false,
        digest: digestOf('hi'),
        content: { type: 'file', path: file('c', 'hi') } as const,
      },
    ];
    const outcome = await run(
      `const raw = bytesKind('raw', 'bin');
       export const deps = () => ({ one: raw, two: anyJson, all: { gather: anyJson }, tree: { folder: true } });
       export const run = ({ one, two, all, tree }: any) => ({
         a: [one.byteOffset, one.buffer.byteLength, one.constructor.name, two, all, tree[0].path, new TextDecoder().decode(tree[0].bytes)],
       });`,
      {
        inputs: {
          one: json('[1]'),
          two: { type: 'one', digest: digestOf('[2]'), extension: 'json', content },
          all: { type: 'gather', members },
          tree: { type: 'folder', digest: digestOf('tree'), entries },
        },
      },
    );
    const all = [
      { case: { k: 6 }, value: 6 },
      { case: { k: 8 }, value: 8 },
    ];
    expect(valueOf(outcome)).toEqual([0, 3, 'Uint8Array', [2], all, 'x/y.txt', 'hi']);
  });

  it('draws from its own stream', async () => {
    const stream = digestOf('seed');
    const outcome = await run(
      `export const run = (_: object, __: object, { random }: any) => ({ a: random().uniform() });`,
      { stream },
    );
    expect(valueOf(outcome)).toBe(randomStream(stream).uniform());
  });

  it('carries megabytes either way', async () => {
    const size = 2 ** 25;
    const bytes = new Uint8Array(size).fill(6);
    const work = await bench.stage(
      `import { bytesKind } from 'colophon/kind';
       const big = bytesKind('big', 'bin');
       export const deps = () => ({ small: big });
       export const outs = () => ({ a: big });
       export const run = ({ small }: any) => ({ a: small.map((byte: number) => byte + 1) });`,
    );
    const input: Input = {
      type: 'one',
      digest: digestOf(bytes),
      extension: 'bin',
      content: { type: 'bytes', bytes },
    };
    const out = bytesOf(await executor.execute(bench.order(work, { inputs: { small: input } }), never));
    expect(digestOf(out)).toBe(digestOf(new Uint8Array(size).fill(7)));
  });

  it('leaves what the console was told in its folder, and no folder where nothing was', async () => {
    const order = bench.order(
      await bench.stage(
        `${head}export const run = () => { console.log('k = %d', 6, { x: 1 }); console.error('careful'); console.time('t'); return { a: 1 }; };`,
      ),
    );
    expect(valueOf(await executor.execute(order, never))).toBe(1);
    expect(readFileSync(join(order.folder, 'stdout'), 'utf8')).toBe('k = 6 { x: 1 }\n');
    expect(readFileSync(join(order.folder, 'stderr'), 'utf8')).toBe('careful\n');
    const quiet = bench.order(await bench.stage(`${head}export const run = () => ({ a: 2 });`));
    expect(valueOf(await executor.execute(quiet, never))).toBe(2);
    expect(existsSync(quiet.folder)).toBe(false);
  });

  it('executes two thousand steps on two processes, each with its own answer', async () => {
    const work = await bench.stage(
      `${head}export const run = (_: object, params: any) => ({ a: params.i * params.i });`,
    );
    const outcomes = await Promise.all(
      Array.from({ length: 2000 }, (_, i) => executor.execute(bench.order(work, { params: { i } }), never)),
    );
    expect(outcomes.map(valueOf)).toEqual(Array.from({ length: 2000 }, (_, i) => i * i));
  });
});

describe('a step that fails by its own doing', () => {
  it('is told with the place and the function that threw', async () => {
    const order = bench.order(
      await bench.stage(
        `${head}function polish(): never {\n  throw new Error('no convergence');\n}\nexport const run = () => polish();`,
      ),
    );
    const outcome = await executor.execute(order, never);
    expect(failure(outcome)).toEqual({
      ending: 'error',
      message: expect.stringMatching(/^no convergence at stages\/\w+\.ts:3:9 in polish$/),
    });
    const log = readFileSync(join(order.folder, 'stderr'), 'utf8');
    expect(log).toMatch(
      /^no convergence\n {4}at polish \(stages\/\w+\.ts:3:9\)\n {4}at run \(stages\/\w+\.ts:5:26\)\n/,
    );
  });

  it.each([
    ['null.x', /^TypeError: Cannot read properties of null .* at stages\/\w+\.ts:2:/],
    [
      '(function f(): number { return f() + 1 })()',
      /^RangeError: Maximum call stack size exceeded at stages\/\w+\.ts:2:\d+ in f$/,
    ],
    ['Promise.reject(new Error("late"))', /^late at stages/],
    ['(() => { throw "words" })()', /^threw words$/],
    ['(() => { throw { code: 1 } })()', /^threw an object that is no Error$/],
    ['(Promise.reject(new Error("floating")), 1)', /^floating at stages/],
    ['(0 as any).missing()', /is not a function at stages/],
  ])('%s', async (expression, message) => {
    expect(failure(await run(`export const run = async () => ({ a: await ${expression} });`))).toEqual({
      ending: 'error',
      message: expect.stringMatching(message),
    });
  });

  it('says where a WebAssembly trap was entered', async () => {
    // (module (func (export "f") unreachable))
    const bytes = [
      0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0,
      11,
    ];
    const outcome = await run(
      `export const run = () => {
         const instance = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${bytes.join()}])));
         return { a: (instance.exports as any).f() };
       };`,
    );
    expect(failure(outcome)).toEqual({
      ending: 'error',
      message: expect.stringMatching(/^RuntimeError: unreachable at stages\/\w+\.ts:4:\d+ in run$/),
    });
  });

  it.each([
    ['{ a: [1, { loss: Number.NaN }] }', 'out "a" is no json: [1].loss is NaN, which JSON cannot hold'],
    ['{ b: 1 }', 'run returned "b", which outs does not declare'],
    ['{}', 'run returned no "a", which outs declares'],
  ])('returning %s', async (value, message) => {
    expect(failure(await run(`export const run = () => (${value} as object);`))).toEqual({
      ending: 'outs',
      message,
    });
  });

  it('names evidence that is no finite number', async () => {
    const outcome = await run(
      `export const run = (_: object, __: object, { evidence }: any) => { evidence('gap', 0 / 0); return { a: 1 } };`,
    );
    expect(failure(outcome)).toMatchObject({
      ending: 'error',
      message: expect.stringMatching(/^TypeError: evidence "gap" is NaN, not a finite/),
    });
  });

  it('names a dep whose bytes are of another kind', async () => {
    const outcome = await run(
      `export const deps = () => ({ points: anyJson }); export const run = () => ({ a: 1 });`,
      { inputs: { points: json('{') } },
    );
    expect(failure(outcome)).toMatchObject({
      ending: 'error',
      message: expect.stringMatching(/^dep "points" is no json: /),
    });
  });

  it('tells of a bundle that is no bundle', async () => {
    expect(failure(await executeBundle('export const other = 1;'))).toMatchObject({
      ending: 'error',
      message: 'the bundle exports no function "execute"',
    });
    expect(failure(await executeBundle('export const = 1;'))).toMatchObject({
      ending: 'error',
      message: expect.stringMatching(/^SyntaxError: /),
    });
  });
});

describe('a step that takes its process along', () => {
  const endless = 'export const run = () => { for (;;); };';

  it('past its timeout', async () => {
    const outcome = await run(endless, { limits: { timeout: 300 } });
    expect(failure(outcome)).toEqual({
      ending: 'timeout',
      message: 'took longer than its timeout of 300 ms',
    });
    expect(outcome.cost.wall).toBeGreaterThanOrEqual(299);
    expect(outcome.cost.cpu).toBeGreaterThan(0);
  });

  it('keeps what was logged before', async () => {
    const order = bench.order(
      await bench.stage(`${head}export const run = () => { console.log('begun'); for (;;); };`),
      { limits: { timeout: 300 } },
    );
    expect(failure(await executor.execute(order, never))).toMatchObject({ ending: 'timeout' });
    expect(readFileSync(join(order.folder, 'stdout'), 'utf8')).toBe('begun\n');
  });

  it('when it is interrupted, running or waiting', async () => {
    const one = single();
    const stop = new AbortController();
    const work = await bench.stage(head + endless);
    const running = one.execute(bench.order(work), stop.signal);
    const waiting = one.execute(bench.order(work), stop.signal);
    const other = run('export const run = () => ({ a: 5 });', {}, one);
    setTimeout(() => stop.abort(), 300);
    expect(failure(await running)).toEqual({ ending: 'interrupted', message: 'was interrupted' });
    expect(failure(await waiting)).toEqual({
      ending: 'interrupted',
      message: 'was interrupted before it started',
    });
    expect(failure(await one.execute(bench.order(work), stop.signal))).toMatchObject({
      ending: 'interrupted',
    });
    expect(valueOf(await other)).toBe(5);
    await one.close();
  });

  it('when the executor is closed', async () => {
    const one = single();
    const work = await bench.stage(head + endless);
    const all = [1, 2].map(() => one.execute(bench.order(work), never));
    await one.close();
    for (const outcome of await Promise.all(all))
      expect(failure(outcome)).toMatchObject({ ending: 'interrupted' });
  });

  it('past its memory limit, array buffers included', async () => {
    const outcome = await run(
      `export const run = () => { const kept: Uint8Array[] = []; for (;;) kept.push(new Uint8Array(4194304).fill(1)); };`,
      { limits: { memory: 300e6 } },
    );
    expect(failure(outcome)).toEqual({
      ending: 'memory',
      message: expect.stringMatching(/^held \d.* MB, over its limit of 300 MB$/),
    });
    expect(outcome.cost.memory).toBeGreaterThan(300e6);
  });

  it('when the heap of V8 is full', async () => {
    const small = workerExecutor({
      workers: 1,
      entry,
      folder: bench.folder,
      flags: ['--max-old-space-size=40'],
    });
    const outcome = await run(
      `export const run = () => { const kept: object[] = []; for (;;) kept.push({ kept: [] }); };`,
      {},
      small,
    );
    expect(failure(outcome)).toEqual({
      ending: 'memory',
      message: 'the heap of the worker process was full (it was ended by SIGABRT)',
    });
    expect(valueOf(await run('export const run = () => ({ a: 7 });', {}, small))).toBe(7);
    await small.close();
  });

  it('when it aborts or exits', async () => {
    const native = { effects: ['native'] };
    const aborted = failure(
      await run(`export const run = () => (globalThis as any).process.abort();`, native),
    );
    expect(aborted).toMatchObject({
      ending: 'crash',
      message: expect.stringMatching(/^the worker process was ended by SIGABRT/),
    });
    const left = failure(await run(`export const run = () => (globalThis as any).process.exit(7);`, native));
    expect(left).toEqual({ ending: 'crash', message: 'the worker process ended with exit code 7' });
    const killed = failure(
      await run(
        `export const run = () => { (globalThis as any).process.kill((globalThis as any).process.pid, 'SIGKILL'); for (;;); };`,
        native,
      ),
    );
    expect(killed).toMatchObject({
      message: 'the worker process was ended by SIGKILL; the system may have been out of memory',
    });
  });

  it('costs that process only', async () => {
    const work = await bench.stage(
      `${head}export const run = (_: object, params: any) => ({ a: params.i });`,
    );
    const outcomes = await Promise.all([
      run(endless, { limits: { timeout: 200 } }),
      ...Array.from({ length: 50 }, (_, i) => executor.execute(bench.order(work, { params: { i } }), never)),
    ]);
    expect(outcomes.map((outcome) => outcome.type === 'done')).toEqual([
      false,
      ...Array.from({ length: 50 }, () => true),
    ]);
  });

  it('says so when no worker can start', async () => {
    const broken = workerExecutor({
      workers: 1,
      entry: join(bench.folder, 'missing.js'),
      folder: bench.folder,
    });
    const outcome = failure(await run('export const run = () => ({ a: 1 });', {}, broken));
    expect(outcome).toMatchObject({ ending: 'crash', message: expect.stringContaining('missing.js') });
    await broken.close();
  });
});

describe('what one step leaves for the next', () => {
  it.each([
    ['a global', '(globalThis as any).left = 1', '(globalThis as any).left === undefined'],
    ['a changed method', 'Array.prototype.at = (() => 5) as any', '[1].at(0) === 1'],
    ['a changed error', 'TypeError.prototype.name = "Other"', 'new TypeError().name === "TypeError"'],
    ['a stack format', 'Error.prepareStackTrace = () => "none"', 'String(new Error().stack) !== "none"'],
    ['a stack limit', 'Error.stackTraceLimit = 0', 'Error.stackTraceLimit === 50'],
  ])('is not %s', async (_name, change, clean) => {
    const one = single();
    expect(valueOf(await run(`export const run = () => { ${change}; return { a: 1 } };`, {}, one))).toBe(1);
    expect(valueOf(await run(`export const run = () => ({ a: ${clean} });`, {}, one))).toBe(true);
    await one.close();
  });

  it.each([
    ['(Array.prototype as any).last = () => 1', /object is not extensible at stages/],
    ['Map.prototype.get = (() => 1) as any', /Cannot assign to read only property 'get' .* at stages/],
    ['(globalThis as any).Math = {}', /Cannot assign to read only property 'Math' .* at stages/],
    ['delete (Math as any).sqrt', /Cannot delete property 'sqrt' .* at stages/],
  ])('cannot be %s', async (change, message) => {
    const outcome = await run(`export const run = () => { ${change}; return { a: 1 } };`);
    expect(failure(outcome)).toMatchObject({ ending: 'error', message: expect.stringMatching(message) });
  });

  it('still lets classes and objects redefine what they inherit', async () => {
    const outcome = await run(
      `class Odd extends Error { constructor() { super('odd'); this.name = 'Odd'; } }
       function Old(this: any) {} Old.prototype.toString = () => 'old'; Old.prototype.constructor = Old;
       export const run = () => { const o: any = {}; o.toString = () => 'mine'; const f: any = () => 1; f.toString = () => 'f';
         return { a: [new Odd().name, String(o), String(f), String(new (Old as any)())] } };`,
    );
    expect(valueOf(outcome)).toEqual(['Odd', 'mine', 'f', 'old']);
  });

  it('is nothing at all where every step has a fresh process', async () => {
    const counting = `let count = 0; export const run = () => ({ a: ++count });`;
    const fresh = workerExecutor({ workers: 1, entry, folder: bench.folder, steps: 1 });
    expect([valueOf(await run(counting, {}, fresh)), valueOf(await run(counting, {}, fresh))]).toEqual([
      1, 1,
    ]);
    await fresh.close();
  });

  it('is no module more than a process may hold', async () => {
    const narrow = workerExecutor({ workers: 1, entry, folder: bench.folder, bundles: 2 });
    const counting = (name: string) =>
      run(`let count = 0; export const run = () => ({ a: ['${name}', ++count] });`, {}, narrow);
    expect(valueOf(await counting('first'))).toEqual(['first', 1]);
    expect(valueOf(await counting('second'))).toEqual(['second', 1]);
    expect(valueOf(await counting('first'))).toEqual(['first', 2]);
    expect(valueOf(await counting('third'))).toEqual(['third', 1]);
    expect(valueOf(await counting('first'))).toEqual(['first', 1]);
    await narrow.close();
  });

  it('is no timer or open handle of a stage with effects', async () => {
    const one = single();
    const pid = `(globalThis as any).process.pid`;
    const effects = ['native', 'timers'];
    const first = await run(
      `export const run = () => { setTimeout(() => 0, 1e6); return { a: ${pid} } };`,
      { effects },
      one,
    );
    const second = await run(`export const run = () => ({ a: ${pid} });`, { effects }, one);
    const third = await run(`export const run = () => ({ a: -${pid} });`, { effects }, one);
    expect(valueOf(second)).not.toBe(valueOf(first));
    expect(valueOf(third)).toBe(-(valueOf(second) as number));
    await one.close();
  });
});
