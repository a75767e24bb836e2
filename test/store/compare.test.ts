/** When two results agree: byte for byte, as the same data, within a tolerance; and what a new result means. */
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/digest.ts';
import { folderManifest } from '../../src/model/folder.ts';
import type { Comparison } from '../../src/model/pipeline.ts';
import type { Trace } from '../../src/model/trace.ts';
import { agreeBy } from '../../store/compare.ts';
import { judge } from '../../store/judge.ts';
import { png } from '../model/data/make-png.ts';
import { draftOf, textBytes } from './drafts.ts';

const bytes: Comparison = { type: 'bytes' };
const canonical: Comparison = { type: 'canonical' };
const tolerance = (absolute: number, relative = 0): Comparison => ({ type: 'tolerance', absolute, relative });

function agree(comparison: Comparison, a: string, b: string, extension = 'json'): boolean {
  const kept = new Map([a, b].map((text) => [digestOf(text), textBytes(text)]));
  const named = (text: string) => ({ digest: digestOf(text), kind: 'data/1', extension });
  return agreeBy(comparison, named(a), named(b), (digest) => kept.get(digest));
}

function agreeBytes(comparison: Comparison, a: Uint8Array, b: Uint8Array): boolean {
  const kept = new Map([a, b].map((each) => [digestOf(each), each]));
  const named = (each: Uint8Array) => ({ digest: digestOf(each), kind: 'png/1', extension: 'png' });
  return agreeBy(comparison, named(a), named(b), (digest) => kept.get(digest));
}

const ulp = (count: number): Comparison => ({ type: 'tolerance', absolute: 0, relative: 0, ulp: count });

describe('compared by bytes', () => {
  test.each([
    ['{"a":1}', '{"a":1}', true],
    ['{"a":1}', '{"a": 1}', false],
  ])('%s and %s agree: %s', (a, b, expected) => expect(agree(bytes, a, b)).toBe(expected));
});

describe('compared as data', () => {
  test.each([
    ['{"a":1,"b":[2,3]}', '{ "b": [2.0, 3e0], "a": 1 }\n', true],
    ['[1,2]', '[2,1]', false],
    ['{"a":1}', '{"a":1,"b":null}', false],
    ['0', '-0', false],
    ['1', '1.0000000000000001', true],
    ['{"a":1}', '{"a":1', false],
  ])('%s and %s agree: %s', (a, b, expected) => expect(agree(canonical, a, b)).toBe(expected));

  test.each([
    ['k,loss\n6,0.50\n', 'k,loss\r\n6,0.5\r\n', true],
    ['k,loss\n6,0.5\n', 'loss,k\n0.5,6\n', false],
    ['k\n"6"\n', 'k\n6\n', false],
    ['k\n\n', 'k\n""\n', false],
  ])('the tables %j and %j agree: %s', (a, b, expected) =>
    expect(agree(canonical, a, b, 'csv')).toBe(expected),
  );

  test('anything else agrees by its bytes alone', () => {
    expect(agree(canonical, 'a b', 'a  b', 'txt')).toBe(false);
    expect(agree(canonical, '1', '1.0', 'svg')).toBe(false);
  });

  test.each([
    ['<svg a="1.0" b="x"/>', "<?xml version='1.0'?>\n<svg b='x' a='1'></svg>\n", true],
    ['<svg><path d="M1,2 L3,4"/></svg>', '<svg>\n  <!-- a line -->\n  <path d="M1 2L3 4"/></svg>', true],
    ['<svg><path d="M1 2"/></svg>', '<svg><path d="M1 2.5"/></svg>', false],
    ['<svg><text>1.0</text></svg>', '<svg><text>1</text></svg>', false],
    ['<svg><g/><a/></svg>', '<svg><a/><g/></svg>', false],
  ])('the figures %s and %s agree: %s', (a, b, expected) =>
    expect(agree(canonical, a, b, 'svg')).toBe(expected),
  );

  test('images agree by their pixels, however they are packed', () => {
    const pixels = [0, 9, 8, 7, 0, 6, 5, 4];
    const row = [1, 9, 8, 7, 2, 0, 0, 0];
    const [packed, loose] = [png(1, 2, 2, 8, pixels, 9), png(1, 2, 2, 8, pixels, 0)];
    expect(agreeBytes(canonical, packed, loose)).toBe(true);
    expect(agreeBytes(bytes, packed, loose)).toBe(false);
    expect(agreeBytes(canonical, packed, png(1, 2, 2, 8, row))).toBe(false);
    expect(agreeBytes(tolerance(2), packed, png(1, 2, 2, 8, [0, 9, 8, 7, 0, 7, 3, 4]))).toBe(true);
    expect(agreeBytes(tolerance(1), packed, png(1, 2, 2, 8, [0, 9, 8, 7, 0, 7, 3, 4]))).toBe(false);
    expect(agreeBytes(tolerance(9), packed, png(2, 1, 2, 8, [0, 9, 8, 7, 6, 5, 4]))).toBe(false);
  });
});

describe('compared within a tolerance', () => {
  test.each([
    ['[0.1, -1]', '[0.10000000000000002, -0.9999999999999998]', ulp(2), true],
    ['[0.1, -1]', '[0.10000000000000002, -0.9999999999999998]', ulp(1), false],
    ['[5e-324]', '[-5e-324]', ulp(2), true],
    ['<svg x="1"/>', '<svg x="1.05"/>', tolerance(0.1), false],
    ['[1, 100]', '[1.05, 100.1]', tolerance(0.1), true],
    ['[1, 100]', '[1.05, 100.2]', tolerance(0.1), false],
    ['[1, 100]', '[1, 101]', tolerance(0, 0.01), true],
    ['[0]', '[1e-300]', tolerance(0, 0.5), false],
    ['{"a":1,"b":"x"}', '{"a":1.01,"b":"y"}', tolerance(0.1), false],
    ['{"a":1}', '{"b":1}', tolerance(1), false],
    ['[1,2]', '[1,2,2]', tolerance(9), false],
    ['{"0":1}', '[1]', tolerance(9), false],
    ['[1]', '["1"]', tolerance(9), false],
    ['[null]', '[0]', tolerance(9), false],
    ['{"__proto__":1}', '{"x":1}', tolerance(9), false],
    ['-0', '0', tolerance(0), true],
  ])('%s and %s with %o agree: %s', (a, b, comparison, expected) =>
    expect(agree(comparison, a, b)).toBe(expected),
  );

  test.each([
    ['k,loss\n6,0.5\n', 'k,loss\n6,0.5000001\n', true],
    ['k,loss\nII,0.5\n', 'k,loss\nI,0.5\n', false],
    ['k,loss\n6,0.5\n', 'k,Loss\n6,0.5\n', false],
  ])('the tables %j and %j agree: %s', (a, b, expected) =>
    expect(agree(tolerance(1e-6), a, b, 'csv')).toBe(expected),
  );

  test('a number against itself agrees exactly at the edge', () => {
    expect(agree(tolerance(0.5), '1', '1.5')).toBe(true);
    expect(agree(tolerance(0.5), '1', '1.5000000001')).toBe(false);
  });
});

test('other kinds and lost bytes never agree', () => {
  const a = { digest: digestOf('1'), kind: 'data/1', extension: 'json' };
  const b = { digest: digestOf('1.0'), kind: 'data/1', extension: 'json' };
  const read = (digest: Digest) => textBytes(digest === a.digest ? '1' : '1.0');
  expect(agreeBy(canonical, a, b, read)).toBe(true);
  expect(agreeBy(canonical, a, { ...b, kind: 'data/2' }, read)).toBe(false);
  expect(agreeBy(canonical, a, { ...b, extension: 'csv' }, read)).toBe(false);
  expect(agreeBy(canonical, a, b, (digest) => (digest === a.digest ? undefined : read(digest)))).toBe(false);
});

const namedFolder = (text: string) => ({ digest: digestOf(text), kind: 'folder/1', extension: 'folder' });

const folder = (files: Record<string, string>, executable = false): string =>
  folderManifest(Object.entries(files).map(([path, text]) => ({ path, executable, digest: digestOf(text) })));

const agreeing = (a: string, b: string, ...texts: string[]): boolean => {
  const kept = new Map([a, b, ...texts].map((text) => [digestOf(text), textBytes(text)]));
  return agreeBy(tolerance(0.1), namedFolder(a), namedFolder(b), (digest) => kept.get(digest));
};

describe('folders', () => {
  test('agree where their files do', () => {
    const [a, b] = [folder({ 'x.json': '1', 'y.txt': 'y' }), folder({ 'x.json': '1.05', 'y.txt': 'y' })];
    expect(agreeing(a, b, '1', '1.05', 'y')).toBe(true);
  });
  test('differ where a path, an executable bit or a file differs', () => {
    const base = folder({ 'x.json': '1' });
    expect(agreeing(base, folder({ 'z.json': '1' }), '1')).toBe(false);
    expect(agreeing(base, folder({ 'x.json': '1' }, true), '1')).toBe(false);
    expect(agreeing(base, folder({ 'x.json': '1.2' }), '1', '1.2')).toBe(false);
    expect(agreeing(base, folder({ 'x.json': '1', 'y.json': '1' }), '1')).toBe(false);
  });
  test('that are no manifests differ', () => {
    expect(agreeing('not a manifest\n', 'nor this\n')).toBe(false);
  });
});

const traceOf = (attempt: string, value: string, settings: Partial<Trace> = {}): Trace => ({
  ...draftOf('a', { attempt }),
  outs: { value: { digest: digestOf(value), size: 1, kind: 'data/1', extension: 'json' } },
  ...settings,
});

const nothing = (): undefined => undefined;

describe('a new result', () => {
  const [one, two] = [traceOf('one', '1'), traceOf('two', '2')];
  const rules = { compare: {}, stochastic: false };
  const none = { current: undefined, rivals: [], isLost: false };
  test('is current where there was none', () => {
    expect(judge(one, none, rules, nothing)).toEqual({ type: 'current' });
  });
  test('that is torn is nothing else, whatever is known', () => {
    const torn = traceOf('torn', '2', { torn: true });
    expect(judge(torn, { ...none, current: one }, rules, nothing)).toEqual({ type: 'torn' });
  });
  test('with other roles than the current one differs in those', () => {
    const more = traceOf('more', '1', { outs: { ...one.outs, extra: one.outs['value'] as never } });
    expect(judge(more, { ...none, current: one }, rules, nothing)).toMatchObject({
      type: 'conflict',
      roles: ['extra'],
    });
  });
  test('is told apart from its rivals by all of its outs', () => {
    const ruling = judge(traceOf('again', '2'), { ...none, current: one, rivals: [two] }, rules, nothing);
    expect(ruling).toMatchObject({ type: 'conflict', known: two, takesOver: false });
    expect(
      judge(traceOf('third', '3'), { ...none, current: one, rivals: [two] }, rules, nothing),
    ).toMatchObject({
      type: 'conflict',
      known: undefined,
    });
  });
});
