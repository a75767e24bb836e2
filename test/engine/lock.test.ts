import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/base/digest.ts';
import { type Lock, compareLocked, emptyLock, formatLock, parseLock } from '../../src/engine/lock.ts';
import { Fault } from '../../src/model/fault.ts';
import type { ArtifactsByRole } from '../../src/model/store.ts';

const [key, out, other] = ['key', 'out', 'other'].map((text) => digestOf(text)) as [
  ReturnType<typeof digestOf>,
  ReturnType<typeof digestOf>,
  ReturnType<typeof digestOf>,
];
const outs = (digests: Readonly<Record<string, typeof out>>): ArtifactsByRole =>
  Object.fromEntries(
    Object.entries(digests).map(([role, digest]) => [
      role,
      { digest, size: 1, kind: 'json/1', extension: 'json' },
    ]),
  );

describe('the text of a lock', () => {
  const lock: Lock = {
    lock: 1,
    profiles: {
      quick: {
        b: { key, outs: { z: out, a: other } },
        'a@k=10': { key, outs: {} },
        'a@k=9': { key, outs: {} },
      },
      default: {},
    },
  };

  test('is read back as it was', () => {
    expect(parseLock(formatLock(lock), 'pipeline.lock')).toEqual(lock);
    expect(parseLock(formatLock(emptyLock), 'pipeline.lock')).toEqual(emptyLock);
  });

  test('has a line a step, everything sorted by code unit', () => {
    const lines = formatLock(lock).split('\n');
    expect(lines.filter((line) => line.includes('"key"')).map((line) => line.trim().split('"')[1])).toEqual([
      'a@k=10',
      'a@k=9',
      'b',
    ]);
    expect(lines.find((line) => line.includes('"b"'))).toContain(`{"a":"${other}","z":"${out}"}`);
    expect(formatLock(lock).indexOf('default')).toBeLessThan(formatLock(lock).indexOf('quick'));
  });

  test('is the same whatever the order it was made in', () => {
    const reversed: Lock = {
      lock: 1,
      profiles: Object.fromEntries(
        Object.entries(lock.profiles)
          .reverse()
          .map(([name, steps]) => [name, Object.fromEntries(Object.entries(steps).reverse())]),
      ),
    };
    expect(formatLock(reversed)).toBe(formatLock(lock));
  });

  test.each([
    ['', /not the JSON/],
    ['null', /lock version undefined/],
    ['[1]', /lock version undefined/],
    ['{"lock": 2, "profiles": {}}', /lock version 2/],
    ['{"lock": 1}', /profiles/],
    ['{"lock": 1, "profiles": []}', /profiles/],
    ['{"lock": 1, "profiles": {"default": null}}', /profiles/],
    ['{"lock": 1, "profiles": {"default": {"a": 1}}}', /profiles/],
    [`{"lock": 1, "profiles": {"default": {"a": {"key": "${'0'.repeat(63)}", "outs": {}}}}}`, /digest/],
    [`{"lock": 1, "profiles": {"default": {"a": {"key": "${'0'.repeat(64)}", "outs": {"x": 7}}}}}`, /digest/],
    [`{"lock": 1, "profiles": {"default": {"a": {"key": "${'0'.repeat(64)}"}}}}`, /profiles/],
  ])('%j is refused with its place and what to do', (text, message) => {
    const parse = () => parseLock(text, 'pipeline.lock');
    expect(parse).toThrow(Fault);
    expect(parse).toThrow(message);
    expect(parse).toThrow(/^pipeline\.lock:1:1: .*colophon lock/);
  });
});

describe('a step that is done', () => {
  const locked = { key, outs: { out } };

  test('as locked is no difference', () => {
    expect(compareLocked('s', key, outs({ out }), locked)).toBeUndefined();
  });

  test('with the same key and other bytes is irreproducible, both named', () => {
    const difference = compareLocked('s', key, outs({ out: other }), locked);
    expect(difference).toMatchObject({ step: 's', status: 'irreproducible' });
    expect(difference?.message).toContain(`out is ${other.slice(0, 12)}, locked as ${out.slice(0, 12)}`);
  });

  test('with another key is out of date, whether its bytes are others or not', () => {
    expect(compareLocked('s', other, outs({ out: other }), locked)?.status).toBe('out of date');
    expect(compareLocked('s', other, outs({ out }), locked)).toMatchObject({
      status: 'out of date',
      message: expect.stringContaining('its key changed, its outs did not') as string,
    });
  });

  test('with an out more, or less, differs', () => {
    expect(compareLocked('s', key, outs({ out, more: other }), locked)?.message).toContain('more is');
    expect(compareLocked('s', key, outs({}), locked)?.message).toContain('out is absent');
  });

  test('that is not locked is absent', () => {
    expect(compareLocked('s', key, outs({ out }), undefined)?.status).toBe('absent');
  });
});
