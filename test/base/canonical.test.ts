/** Equal values, and only those, have equal bytes; what is no plain data is refused by its place. */
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Canonical,
  CanonicalError,
  byCodeUnit,
  decodeCanonical,
  encodeCanonical,
} from '../../src/base/canonical.ts';

const hex = (value: Canonical) => Buffer.from(encodeCanonical(value)).toString('hex');

const leaf = fc.constantFrom<Canonical>(null, true, 0, -0, 1, '', 'a', '\0', [], {});
/** Few values, so that two of them are often equal. */
const small = fc.oneof<fc.Arbitrary<Canonical>[]>(
  leaf,
  fc.array(leaf, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('', 'a', 'b'), leaf, { maxKeys: 2, noNullPrototype: true }),
);

/** Plain data of every sort, but for `undefined` and bytes. */
const plain = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 }) as fc.Arbitrary<Canonical>;

describe('the bytes of a value', () => {
  test.each<[string, Canonical, string]>([
    ['nothing', null, '6e'],
    ['true', true, '74'],
    ['false', false, '66'],
    ['one and a half', 1.5, '643ff8000000000000'],
    ['minus zero', -0, '648000000000000000'],
    ['a text', 'é', '7300000002c3a9'],
    ['bytes', Uint8Array.of(1, 255), '620000000201ff'],
    ['a list', [null, true], '6c000000026e74'],
    ['no list', [], '6c00000000'],
    ['a map', { b: null, a: false }, '6d0000000200000001616600000001626e'],
  ])('are a tag and what it says: %s', (_, value, expected) => {
    expect(hex(value)).toBe(expected);
  });

  test('do not depend on the order in which a map was made, or on its prototype being gone', () => {
    const bare = Object.assign(Object.create(null) as object, { x: 1, y: 2 }) as Canonical;
    expect(hex({ y: 2, x: 1 })).toBe(hex({ x: 1, y: 2 }));
    expect(hex(bare)).toBe(hex({ x: 1, y: 2 }));
  });

  test('leave out what is undefined in a map', () => {
    expect(hex({ a: 1, b: undefined })).toBe(hex({ a: 1 }));
  });

  test.each<[string, Canonical, Canonical]>([
    ['zero and minus zero', 0, -0],
    ['a number and its text', 1, '1'],
    ['nothing and no text', null, ''],
    ['no list and no map', [], {}],
    ['a text and its bytes', 'a', Uint8Array.of(97)],
    ['lists cut elsewhere', [[1], 2], [[1, 2]]],
    ['texts cut elsewhere', ['ab', 'c'], ['a', 'bc']],
    ['an empty map and a name without a value', {}, { a: null }],
  ])('differ for %s', (_, a, b) => {
    expect(hex(a)).not.toBe(hex(b));
  });

  test('are read back as the value, whatever it is', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(decodeCanonical(encodeCanonical(value))).toEqual(value);
      }),
      { seed: 31, numRuns: 200 },
    );
  });

  test('are equal exactly where the values are', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(hex(a) === hex(b)).toBe(isDeepStrictEqual(a, b));
      }),
      { seed: 32, numRuns: 2000 },
    );
  });

  test('are complete however many there are', () => {
    const long = 'é'.repeat(2000);
    const value = {
      list: Array.from({ length: 300 }, (_, i) => i / 3),
      long,
      raw: new Uint8Array(1500).fill(7),
    };
    expect(encodeCanonical(value)).toHaveLength(
      5 + (4 + 4 + 5 + 300 * 9) + (4 + 4 + 5 + 4000) + (4 + 3 + 5 + 1500),
    );
    expect(decodeCanonical(encodeCanonical(value))).toEqual(value);
  });
});

/** Encodes as the format says, by joining pieces: slow, and with no buffer to outgrow. */
function joined(value: Canonical): Buffer {
  const count = (n: number) => Buffer.from([n >>> 24, n >>> 16, n >>> 8, n]);
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from('b'), count(value.length), value]);
  if (Array.isArray(value))
    return Buffer.concat([Buffer.from('l'), count(value.length), ...(value as Canonical[]).map(joined)]);
  if (typeof value === 'string')
    return Buffer.concat([Buffer.from('s'), count(Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'boolean') return Buffer.from(value ? 't' : 'f');
  if (typeof value !== 'number') throw new TypeError('only what the tests need');
  const double = Buffer.alloc(9, 'd');
  double.writeDoubleBE(value, 1);
  return double;
}

describe('the buffer grows', () => {
  test.each<[string, Canonical]>([
    ['a tag', true],
    ['a number', -2.5],
    ['a text', 'añ'],
    ['bytes', Uint8Array.of(1, 2, 3)],
    ['a list', [false, false]],
  ])('wherever it ends within %s', (_, value) => {
    for (let size = 480; size <= 520; size++) {
      const list = [new Uint8Array(size).fill(size), value, 7];
      expect(Buffer.compare(encodeCanonical(list), joined(list)), `${size}`).toBe(0);
    }
  });

  test('to all that one value needs, be it many times what there was', () => {
    for (const value of [new Uint8Array(5000).fill(9), '漢'.repeat(5000), 'a'.repeat(5000)])
      expect(Buffer.compare(encodeCanonical([1, value, 2]), joined([1, value, 2]))).toBe(0);
  });

  test('again and again', () => {
    const list = Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? `${i}` : i / 7));
    expect(Buffer.compare(encodeCanonical(list), joined(list))).toBe(0);
  });
});

describe('names are ordered by code unit', () => {
  test('so capitals come first, and the halves of a pair before the end of the plane', () => {
    expect(['b', 'a', 'B', '', '𝒳', '\uff5e', 'é'].sort(byCodeUnit)).toEqual([
      ...['', 'B', 'a', 'b', 'é', '𝒳', '\uff5e'],
    ]);
    expect(byCodeUnit('a', 'a')).toBe(0);
  });

  test('and are so in the bytes of a map', () => {
    const names = Object.keys(decodeCanonical(encodeCanonical({ b: 1, a: 1, B: 1, aa: 1 })) as object);
    expect(names).toEqual(['B', 'a', 'aa', 'b']);
  });
});

describe('what has no canonical bytes is refused by its place', () => {
  const refusal = (value: unknown): [string, string] => {
    try {
      encodeCanonical(value as Canonical);
    } catch (error) {
      if (error instanceof CanonicalError) return [error.at, error.message];
    }
    throw new Error('it was encoded');
  };

  test.each<[unknown, string, string]>([
    [Number.NaN, '', 'the value is NaN, which cannot be encoded'],
    [{ a: [1, Infinity] }, '.a[1]', '.a[1] is Infinity, which cannot be encoded'],
    [[undefined], '[0]', '[0] is undefined, which cannot be encoded'],
    [{ points: [{ loss: 1n }] }, '.points[0].loss', '.points[0].loss is bigint, which cannot be encoded'],
    [{ f: () => 1 }, '.f', '.f is function, which cannot be encoded'],
    [{ at: new Date(0) }, '.at', '.at is an instance of Date, which cannot be encoded'],
    [new Map(), '', 'the value is an instance of Map, which cannot be encoded'],
    [new Float64Array(1), '', 'the value is an instance of Float64Array, which cannot be encoded'],
    ['\ud800', '', 'the value is a string with a lone surrogate, which cannot be encoded'],
  ])('%o', (value, at, message) => {
    expect(refusal(value)).toEqual([at, message]);
  });
});
