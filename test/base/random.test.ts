/** Random streams: the published vectors of Philox4x32-10, and children that are independent of their parent. */
import { describe, expect, test } from 'vitest';
import { type RandomStream, randomStream } from '../../src/base/random.ts';

const take = (stream: RandomStream, count: number) => Array.from({ length: count }, () => stream.bits());
const words = (stream: RandomStream, count = 4) =>
  take(stream, count)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join(' ');
const seed = '243f6a8885a308d313198a2e03707344';

describe('a stream', () => {
  test('begins with the vector of counter 0 and key 0 that Random123 publishes', () => {
    expect(words(randomStream('0'.repeat(32)))).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
  });

  test('is Philox4x32-10 as its paper defines it, block after block, under any key', () => {
    const key = [0xa4093822n, 0x299f31d0n] as const;
    const stream = randomStream('a4093822299f31d013198a2e03707344');
    for (const block of [0n, 1n, 2n]) {
      const expected = philox([block, 0x13198a2en, 0x03707344n, 0n], key);
      expect(take(stream, 4).map(BigInt)).toEqual(expected);
    }
  });

  test('is the same for the same seed, and takes its first 32 digits only', () => {
    expect(words(randomStream(seed), 9)).toBe(words(randomStream(seed), 9));
    expect(words(randomStream(`${seed}ffff`))).toBe(words(randomStream(seed)));
  });

  test('differs with every part of the seed', () => {
    const others = [0, 8, 16, 24].map((at) => `${seed.slice(0, at)}f${seed.slice(at + 1)}`);
    expect(new Set([seed, ...others].map((each) => words(randomStream(each)))).size).toBe(5);
  });

  test.each(['', seed.slice(1), seed.toUpperCase(), `g${seed.slice(1)}`, `${seed} `])(
    'has no seed %j',
    (text) => {
      expect(() => randomStream(text)).toThrow(new TypeError('a seed has at least 32 hexadecimal digits'));
    },
  );
});

/** The definition, with 64-bit products in whole numbers (Salmon et al. 2011, section 3.3). */
function philox(counter: readonly bigint[], [k0, k1]: readonly [bigint, bigint]): bigint[] {
  let [x0 = 0n, x1 = 0n, x2 = 0n, x3 = 0n] = counter;
  for (let round = 0n; round < 10n; round++) {
    const [a, b] = [x0 * 0xd2511f53n, x2 * 0xcd9e8d57n];
    const keys = [k0 + round * 0x9e3779b9n, k1 + round * 0xbb67ae85n].map((key) => BigInt.asUintN(32, key));
    [x0, x1] = [(b >> 32n) ^ x1 ^ (keys[0] as bigint), BigInt.asUintN(32, b)];
    [x2, x3] = [(a >> 32n) ^ x3 ^ (keys[1] as bigint), BigInt.asUintN(32, a)];
  }
  return [x0, x1, x2, x3];
}

describe('a uniform number', () => {
  test('is made of the upper 27 and 26 bits of two words', () => {
    const [a = 0, b = 0] = take(randomStream(seed), 2);
    const expected = (BigInt(a) >> 5n) * 2n ** 26n + (BigInt(b) >> 6n);
    expect(BigInt(randomStream(seed).uniform() * 2 ** 53)).toBe(expected);
  });

  test('lies in [0, 1), and many of them are spread evenly', () => {
    const stream = randomStream(seed);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) {
      const tenth = Math.floor(stream.uniform() * 10);
      tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
    }
    // Nine degrees of freedom: over 33.7 once in ten thousand seeds.
    const chiSquared = tenths.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(tenths).toHaveLength(10);
    expect(chiSquared).toBeLessThan(33.7);
  });
});

describe('a child stream', () => {
  test('is the same whenever it is split off, and does not move its parent', () => {
    const parent = randomStream(seed);
    const early = words(parent.split(3), 8);
    expect(words(parent, 2)).toBe(words(randomStream(seed), 2));
    expect(words(parent.split(3), 8)).toBe(early);
    const untouched = randomStream(seed);
    take(untouched, 2);
    expect(words(parent, 6)).toBe(words(untouched, 6));
  });

  test('differs from its parent, its siblings and its own children', () => {
    const parent = randomStream(seed);
    const children = Array.from({ length: 50 }, (_, i) => parent.split(i));
    const streams = [parent, ...children, parent.split(0).split(0), parent.split(1).split(0)];
    const drawn = streams.flatMap((stream) => take(stream, 4).map((word, i) => `${i} ${word}`));
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  test('is not the stream that a value of its parent would seed', () => {
    const drawn = words(randomStream(seed)).replaceAll(' ', '');
    expect(words(randomStream(seed).split(0))).not.toBe(words(randomStream(drawn)));
  });

  test('has an index that is a word', () => {
    const parent = randomStream(seed);
    expect(words(parent.split(4294967295))).not.toBe(words(parent.split(0)));
    for (const index of [-1, 0.5, 4294967296, Number.NaN])
      expect(() => parent.split(index)).toThrow(new RangeError(`no child stream ${index}`));
  });
});
