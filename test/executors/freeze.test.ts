/** What a step may do to the language's own objects, seen in a process of its own for each. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const freeze = join(import.meta.dirname, '../../src/executors/freeze.ts');

/** Freezes a process's globals, executes the text as a step's, and gives what it returned and whether it was noticed. */
async function step(text: string): Promise<{ readonly gave: unknown; readonly changed: boolean }> {
  const code = `import { freezeIntrinsics, resetErrors } from ${JSON.stringify(freeze)};
    const isChanged = freezeIntrinsics(globalThis);
    let gave;
    try { gave = (() => { ${text} })(); } catch (error) { gave = error.constructor.name; }
    console.log(JSON.stringify({ gave, changed: isChanged() }));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code]);
  return JSON.parse(stdout) as { gave: unknown; changed: boolean };
}

describe('once frozen', () => {
  test.each([
    ['a method', 'Map.prototype.get = () => 1;'],
    ['a global', 'globalThis.parseInt = () => 1;'],
    ['a function of Math', 'Math.max = () => 1;'],
    [
      'the prototype of the iterators of lists',
      'Object.getPrototypeOf([][Symbol.iterator]()).next = () => 1;',
    ],
    ['the prototype of generators', 'Object.getPrototypeOf(function* () {}).prototype.next = () => 1;'],
    ['a new method of Object', 'Object.prototype.extra = 1;'],
  ])('%s cannot be changed', async (_, text) => {
    expect(await step(text)).toEqual({ gave: 'TypeError', changed: false });
  });

  test('a list, a map, an error and a class are what they always were', async () => {
    const text = `class Own extends Error { constructor() { super('own'); this.name = 'Own'; } }
      const thing = { toString: () => 'thing' };
      thing.valueOf = () => 2;
      return [[3, 1, 2].sort(), new Map([[1, 2]]).get(1), new Own().name, String(thing), thing * 2];`;
    expect(await step(text)).toEqual({ gave: [[1, 2, 3], 2, 'Own', 'thing', 4], changed: false });
  });

  test('a method of what is sealed only can be changed, and that is noticed', async () => {
    expect(await step('Array.prototype.map = () => 1;')).toMatchObject({ changed: true });
    expect(await step('Object.prototype.toString = () => 1;')).toMatchObject({ changed: true });
  });

  test('a global that a step leaves behind is noticed', async () => {
    expect(await step('globalThis.left = 1; return left;')).toEqual({ gave: 1, changed: true });
  });

  test('what a step sets on Error can be put back', async () => {
    const text = `Error.stackTraceLimit = 1; Error.prepareStackTrace = () => 'none';
      resetErrors();
      return [Error.stackTraceLimit, typeof Error.prepareStackTrace];`;
    expect(await step(text)).toEqual({ gave: [50, 'undefined'], changed: false });
  });
});
