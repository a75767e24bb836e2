/** Pixels of PNG images: every colour type, depth, filter and interlacing, and what is refused. */
import { describe, expect, test } from 'vitest';
import { readPng } from '../../../src/model/data/png.ts';
import { png } from './make-png.ts';

const values = (bytes: Uint8Array) => [...readPng(bytes).values];

describe('a colour type', () => {
  test('of grey is spread over the colours', () => {
    expect(values(png(2, 1, 0, 8, [0, 7, 200]))).toEqual([7, 7, 7, 255, 200, 200, 200, 255]);
  });

  test('of grey with opacity keeps it', () => {
    expect(values(png(1, 1, 4, 8, [0, 7, 99]))).toEqual([7, 7, 7, 99]);
  });

  test('of true colour, with and without opacity', () => {
    expect(values(png(1, 1, 2, 8, [0, 1, 2, 3]))).toEqual([1, 2, 3, 255]);
    expect(values(png(1, 1, 6, 8, [0, 1, 2, 3, 4]))).toEqual([1, 2, 3, 4]);
  });

  test('of a palette is looked up, with its opacities', () => {
    const more = { PLTE: [1, 2, 3, 4, 5, 6], tRNS: [128] };
    expect(values(png(4, 1, 3, 1, [0, 0b0101_0000], 6, more))).toEqual(
      [0, 1, 0, 1].flatMap((i) => (i === 0 ? [1, 2, 3, 128] : [4, 5, 6, 255])),
    );
  });

  test('of few bits is stretched to 255, of many bits kept', () => {
    expect(values(png(3, 1, 0, 2, [0, 0b0001_1100]))).toEqual([
      ...[0, 0, 0, 255],
      ...[85, 85, 85, 255],
      ...[255, 255, 255, 255],
    ]);
    const deep = readPng(png(1, 1, 0, 16, [0, 1, 2]));
    expect(deep.values).toEqual(Uint16Array.of(258, 258, 258, 65_535));
  });

  test('with one colour that is clear', () => {
    expect(values(png(2, 1, 2, 8, [0, 1, 2, 3, 4, 5, 6], 6, { tRNS: [0, 1, 0, 2, 0, 3] }))).toEqual([
      ...[1, 2, 3, 0],
      ...[4, 5, 6, 255],
    ]);
  });
});

describe('filters', () => {
  const plain = values(png(2, 2, 0, 8, [0, 10, 20, 0, 30, 50]));

  test.each([
    ['left', [1, 10, 10, 1, 30, 20]],
    ['above', [0, 10, 20, 2, 20, 30]],
    ['mean', [0, 10, 20, 3, 25, 25]],
    ['Paeth', [0, 10, 20, 4, 20, 20]],
    ['around the end', [0, 10, 20, 2, 20, 30]],
  ])('%s gives the same pixels', (_, raw) => expect(values(png(2, 2, 0, 8, raw))).toEqual(plain));
});

test('an interlaced image is put together', () => {
  // 3 × 3 by Adam7: passes 1, 4 (column 2), 5 (row 2), 6 (column 1), 7 (row 1) have pixels.
  const raw = [...[0, 1], ...[0, 3], ...[0, 7, 9], ...[0, 2], ...[0, 8], ...[0, 4, 5, 6]];
  const { values: found } = readPng(png(3, 3, 0, 8, raw, 6, {}, 1));
  expect([...found].filter((_, i) => i % 4 === 0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

describe('what is no image', () => {
  const whole = png(1, 1, 0, 8, [0, 7]);

  test.each([
    ['other bytes', new Uint8Array(40), /does not begin as a PNG/],
    ['a file that is cut off', whole.subarray(0, 45), /cut off/],
    ['an unknown colour type', png(1, 1, 5, 8, [0, 7]), /colour type 5/],
    ['an unknown filter', png(1, 1, 0, 8, [9, 7]), /filter 9/],
    ['too few lines', png(1, 2, 0, 8, [0, 7]), /data are cut off/],
  ])('%s is refused', (_, bytes, message) => expect(() => readPng(bytes)).toThrow(message));
});

test('reads where the bytes lie inside of others', () => {
  const bytes = png(1, 1, 0, 8, [0, 7]);
  const inside = new Uint8Array(bytes.length + 7);
  inside.set(bytes, 7);
  expect(readPng(inside.subarray(7)).values).toEqual(readPng(bytes).values);
});
