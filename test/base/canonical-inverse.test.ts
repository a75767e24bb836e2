/** Canonical bytes are read back as the very value, and nothing else is taken for canonical bytes. */
import { describe, expect, test } from 'vitest';
import { type Canonical, decodeCanonical, encodeCanonical } from '../../src/base/canonical.ts';

describe('what was encoded', () => {
  test.each<[string, Canonical]>([
    ['nothing', null],
    ['truth values', [true, false]],
    ['numbers', [0, -0, 1.5, -1e300, 5e-324]],
    ['texts', ['', 'é', '\ufeffx', '𝒳']],
    ['bytes', Uint8Array.of(0, 255)],
    ['lists in lists', [[], [[1]]]],
    ['maps', { b: 1, a: { c: 'x' }, '': null }],
  ])('is read back: %s', (_, value) => expect(decodeCanonical(encodeCanonical(value))).toEqual(value));

  test('lies where it lies', () => {
    const bytes = encodeCanonical({ a: 1.5 });
    const inside = new Uint8Array(bytes.length + 5);
    inside.set(bytes, 5);
    expect(decodeCanonical(inside.subarray(5))).toEqual({ a: 1.5 });
  });
});

describe('what is refused', () => {
  const bytes = encodeCanonical(['text', 1]);

  test.each([
    ['no bytes', new Uint8Array(), /end within a value/],
    ['bytes that are cut off', bytes.subarray(0, -1), /end within a value/],
    ['bytes that go on', Uint8Array.of(...bytes, 110), /bytes follow the value/],
    ['another tag', Uint8Array.of(1), /begins with the byte 1/],
    ['a length beyond the end', Uint8Array.of(115, 0, 0, 1, 0, 65), /end within a value/],
  ])('%s', (_, given, message) => expect(() => decodeCanonical(given)).toThrow(message));
});
