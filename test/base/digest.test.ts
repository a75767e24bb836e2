/** Digests are those of FIPS 180-4, and a text that is none is refused. */
import { describe, expect, test } from 'vitest';
import { encodeCanonical } from '../../src/base/canonical.ts';
import { digestOf, digestOfValue, isDigest } from '../../src/base/digest.ts';

const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('a digest', () => {
  test('is the SHA-256 of the bytes: the examples of FIPS 180-4', () => {
    expect(digestOf('')).toBe(ofNothing);
    expect(digestOf('abc')).toBe(ofAbc);
    expect(digestOf('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  test('of a text is that of its UTF-8, and of a part of a buffer that of the part', () => {
    expect(digestOf('é𝒳')).toBe(digestOf(new TextEncoder().encode('é𝒳')));
    expect(digestOf(new TextEncoder().encode('xabcx').subarray(1, 4))).toBe(ofAbc);
  });

  test('of a value is that of its canonical bytes, so the order of names plays no part', () => {
    expect(digestOfValue({ a: 1, b: [true] })).toBe(digestOf(encodeCanonical({ a: 1, b: [true] })));
    expect(digestOfValue({ b: 2, a: 1 })).toBe(digestOfValue({ a: 1, b: 2 }));
    expect(digestOfValue({ a: 1 })).not.toBe(digestOfValue({ a: '1' }));
    expect(() => digestOfValue({ a: Number.NaN })).toThrow('.a is NaN, which cannot be encoded');
  });
});

describe('a written digest', () => {
  test('has 64 lowercase hexadecimal digits', () => {
    expect(isDigest(ofAbc)).toBe(true);
  });

  test.each([
    ['shorter', ofAbc.slice(1)],
    ['longer', `${ofAbc}0`],
    ['in capitals', ofAbc.toUpperCase()],
    ['with another letter', `g${ofAbc.slice(1)}`],
    ['with a line end', `${ofAbc}\n`],
    ['with its algorithm', `sha256:${ofAbc}`],
    ['nothing', ''],
  ])('is refused where it is %s', (_, text) => {
    expect(isDigest(text)).toBe(false);
  });
});
