import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import type { Executor, Order } from '../../src/model/executor.ts';
import { workerExecutor } from '../../src/executors/worker.ts';
import { makeBench } from './support/stage.ts';

const bench = makeBench();
let executor: Executor;
beforeAll(async () => {
  executor = workerExecutor({
    workers: 2,
    entry: await bench.worker(),
    folder: bench.folder,
    root: process.cwd(),
  });
});
afterAll(async () => {
  await executor.close();
  bench.remove();
  for (const end of ['outside.txt', 'unpinned.json']) rmSync(`${bench.folder}-${end}`, { force: true });
});

const head = `import { anyJson } from 'colophon/kind'; export const outs = () => ({ a: anyJson });\n`;

/** The value that a stage of this text gives, or its failure in words. */
async function run(text: string, more: Partial<Order> = {}, external: string[] = []): Promise<unknown> {
  const work = await bench.stage(head + text, { external });
  const outcome = await executor.execute(bench.order(work, more), new AbortController().signal);
  if (outcome.type === 'failed')
    return outcome.ending === 'impure' ? outcome.message : `${outcome.ending}: ${outcome.message}`;
  const out = outcome.outs['a'];
  return out?.type === 'bytes' ? JSON.parse(new TextDecoder().decode(out.bytes)) : out;
}

const evaluate = (expression: string, effects: string[] = []) =>
  run(
    `declare const x: any;\nexport const run = async () => {\n  const value: unknown = ${expression};\n  return { a: value };\n};`,
    { effects },
  );

const mathFunctions =
  'acos acosh asin asinh atan atanh cbrt cos cosh exp expm1 log log10 log1p log2 sin sinh tan tanh'.split(
    ' ',
  );

describe('a pure stage is stopped, with the place, where it calls', () => {
  it.each([
    ...mathFunctions.map((name) => [`Math.${name}(0.5)`, `Math.${name}`]),
    ['Math.atan2(1, 2)', 'Math.atan2'],
    ['Math.hypot(1, 2)', 'Math.hypot'],
    ['Math.pow(1.1, 2.2)', 'Math.pow'],
    ['(globalThis.NaN as number) ** 2.5', 'Math.pow'],
    ['[0.5].map(Math.sin)', 'Math.sin'],
    ['Math.random()', 'Math.random'],
    ['new Date()', 'Date'],
    ['Date.now()', 'Date.now'],
    ['Date()', 'Date'],
    ['performance.now()', 'performance.now'],
    ['crypto.getRandomValues(new Uint8Array(4))', 'crypto.getRandomValues'],
    ['crypto.randomUUID()', 'crypto.randomUUID'],
    ['setTimeout(() => 0, 1)', 'setTimeout'],
    ['(globalThis as any).setImmediate(() => 0)', 'setImmediate'],
    ['new MessageChannel()', 'MessageChannel'],
    ['(5).toLocaleString()', 'Number.prototype.toLocaleString'],
    ['"a".localeCompare("b")', 'String.prototype.localeCompare'],
    ['[1].toLocaleString()', 'Array.prototype.toLocaleString'],
    ['"i".toLocaleUpperCase()', 'String.prototype.toLocaleUpperCase'],
    ['new Intl.NumberFormat().format(1)', 'Intl.NumberFormat'],
    ['fetch("http://localhost")', 'fetch'],
    ['new WebSocket("ws://localhost")', 'WebSocket'],
    ['(0, eval)("1")', 'eval'],
    ['new Function("return 1")()', 'Function'],
    ['(() => 0).constructor("return 1")()', 'Function'],
    ['(async () => 0).constructor("return 1")()', 'Function'],
    ['new WeakRef({})', 'WeakRef'],
    ['new FinalizationRegistry(() => 0)', 'FinalizationRegistry'],
    ['new SharedArrayBuffer(8)', 'SharedArrayBuffer'],
    ['Atomics.wait(new Int32Array(1), 0, 0)', 'Atomics.wait'],
    ['(globalThis as any).process.env', 'process'],
  ])('%s', async (expression, what) => {
    const found = await evaluate(expression.replace('(globalThis as any).process', 'process'));
    const where = String.raw`stages/\w+\.ts:4:\d+ in run`;
    expect(found).toMatch(new RegExp(`^impure: ${what.replaceAll('.', String.raw`\.`)} at ${where}$`));
  });

  it.each([
    'Buffer.allocUnsafe(10)',
    'navigator.hardwareConcurrency',
    'new Event("x").timeStamp',
    'new Blob([])',
  ])('what is not there: %s', async (expression) => {
    expect(await evaluate(expression)).toMatch(/^impure: (Buffer|navigator|Event|Blob) at stages/);
  });

  it('even where the stage wraps the error in another', async () => {
    const text = `export const run = () => { try { return { a: Date.now() } } catch (error) { throw new Error('no', { cause: error }) } };`;
    expect(await run(text)).toMatch(/^impure: Date\.now at stages\/\w+\.ts:2:\d+ in run$/);
  });
});

describe('what stays as it is', () => {
  it.each([
    [
      'Math.sqrt(2) + Math.floor(1.5) + Math.fround(0.1) + Math.imul(3, 4)',
      Math.sqrt(2) + 1 + Math.fround(0.1) + 12,
    ],
    ['String((2n as bigint) ** 100n)', String(2n ** 100n)],
    ['({}) instanceof Date', false],
    ['typeof process', 'undefined'],
    ['typeof clearTimeout + typeof Date + typeof fetch', 'functionfunctionfunction'],
    ['(globalThis as any).process === undefined', true],
    ['new TextDecoder().decode(new TextEncoder().encode("é"))', 'é'],
    ['new URL("a", "http://b/c/").href', 'http://b/c/a'],
    ['structuredClone({ a: [1] })', { a: [1] }],
    ['await new Promise((resolve) => queueMicrotask(() => resolve(3)))', 3],
    ['import.meta.url.replace(/[0-9a-f]{64}/, "digest")', 'colophon:digest'],
    ['[...new Set([3, 1, 2])].sort().join()', '1,2,3'],
    ['new Array(5).fill(0).map((_, i) => i).length', 5],
  ])('%s', async (expression, value) => {
    expect(await evaluate(expression)).toEqual(value);
  });

  it('the time zone is UTC and the environment holds no variable of ours', async () => {
    process.env['COLOPHON_TEST_SECRET'] = 'secret';
    const names = `const { env } = (globalThis as any).process; return { a: [Object.keys(env).sort(), new Date(0).getTimezoneOffset()] };`;
    const found = await run(`export const run = () => { ${names} };`, { effects: ['native', 'clock'] });
    expect(found).toEqual([['LANG', 'LC_ALL', 'TZ'], 0]);
  });
});

describe('a declared effect lifts its own ban only', () => {
  it.each([
    ['platform-math', 'Math.sin(0)', 0],
    ['platform-math', '(3 as number) ** (4 as number)', 81],
    ['clock', 'typeof Date.now() + typeof performance.now()', 'numbernumber'],
    ['random', 'typeof Math.random() + crypto.randomUUID().length', 'number36'],
    ['timers', 'await new Promise((resolve) => setTimeout(resolve, 1, "rang"))', 'rang'],
    ['intl', 'new Intl.NumberFormat("en").format(1234.5) + "a".localeCompare("b")', '1,234.5-1'],
    ['native', 'new Function("return 1")() + eval("2")', 3],
  ])('%s: %s', async (effect, expression, value) => {
    expect(await evaluate(expression)).toMatch(/^impure: /);
    expect(await evaluate(expression, [effect])).toEqual(value);
  });

  it('and no other', async () => {
    expect(await evaluate('Math.sin(0) + Math.random()', ['platform-math'])).toMatch(
      /^impure: Math\.random at/,
    );
    expect(await evaluate('Math.sin(0)', ['native'])).toMatch(/^impure: Math\.sin at/);
  });
});

const reading = (path: string) =>
  `export const run = async () => { const { readFileSync } = await import('node:fs'); return { a: readFileSync(${JSON.stringify(path)}, 'utf8') } };`;

const importing = (name: string) =>
  run(`export const run = async () => ({ a: await import(${JSON.stringify(name)}) });`, {}, [name]);

describe('imports', () => {
  const outside = `${bench.folder}-outside.txt`;
  beforeAll(() => writeFileSync(outside, 'outside'));

  it('of the modules of Node are refused to a pure stage', async () => {
    expect(await run(reading(outside))).toMatch(/^impure: import of node:fs/);
    expect(
      await run(
        `import { readFileSync } from 'node:fs'; export const run = () => ({ a: readFileSync(${JSON.stringify(outside)}, 'utf8') });`,
      ),
    ).toBe('impure: import of node:fs');
    expect(await run(reading(outside), { effects: ['clock'] })).toMatch(/^impure: import of node:fs/);
  });

  it('of files that are not in the bundle are refused', async () => {
    expect(await importing(`file://${outside}`)).toMatch(/^impure: import of file:/);
    expect(await importing('data:text/javascript,export default 1')).toMatch(/^impure: import of data:/);
    expect(await importing('lodash')).toMatch(/^impure: import of lodash/);
  });

  it('of files are allowed with the effect that asks for them', async () => {
    expect(await run(reading(outside), { effects: ['files'] })).toBe('outside');
    expect(await run(reading(outside), { effects: ['native'] })).toBe('outside');
    const os = `export const run = async () => ({ a: (await import('node:os')).EOL });`;
    expect(await run(os, { effects: ['files'] })).toMatch(/^impure: import of node:os/);
  });

  it('of packages resolve from the project for a native stage', async () => {
    const esm = `import { parse } from 'yaml'; export const run = () => ({ a: parse('b: 1') });`;
    expect(await run(esm, { effects: ['native'] }, ['yaml'])).toEqual({ b: 1 });
    const cjs = `export const run = () => ({ a: (globalThis as any).require('yaml').parse('b: 2') });`;
    expect(await run(cjs, { effects: ['native'] })).toEqual({ b: 2 });
  });

  it('reach the network with that effect', async () => {
    const server = createServer((_request, response) => response.end('served')).listen(0);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(
      await evaluate(
        `await (await fetch(${JSON.stringify(url)}, { headers: { connection: 'close' } })).text()`,
        ['network'],
      ),
    ).toBe('served');
    server.close();
  });
});

describe('permissions', () => {
  it('let a worker read an input that lies outside the store', async () => {
    const path = `${bench.folder}-unpinned.json`;
    writeFileSync(path, '[8]');
    const input = {
      type: 'one',
      digest: digestOf('[8]'),
      extension: 'json',
      content: { type: 'file', path },
    } as const;
    const text = `export const deps = () => ({ b: anyJson }); export const run = ({ b }: any) => ({ a: b });`;
    expect(await run(text, { inputs: { b: input } })).toEqual([8]);
  });

  it('let it read nothing else, even past the guard', async () => {
    // The console is ours and close to Node; it must not lead to the process.
    const found = await evaluate(
      'Object.values(console).map((one) => typeof one).filter((type) => type !== "function")',
    );
    expect(found).toEqual([]);
    const text = `export const run = async () => { const fs = await import('node:fs'); return { a: fs.readFileSync('/etc/hostname', 'utf8') } };`;
    expect(await run(text, { effects: ['network'] })).toMatch(/^impure: import of node:fs/);
  });
});
