/** Text of PDF files: packed and plain streams, kerned and escaped strings, glyph numbers with a map. */
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { pdfTexts } from '../../src/provenance/pdf-text.ts';

/** A file of these streams, packed or as they are. */
function pdf(streams: readonly string[], packed = true): Uint8Array {
  const parts = streams.map((stream, i) => {
    const data = packed ? deflateSync(Buffer.from(stream, 'latin1')) : Buffer.from(stream, 'latin1');
    const filter = packed ? ' /Filter /FlateDecode' : '';
    const head = `${i + 1} 0 obj\n<< /Length ${data.length}${filter} >>\nstream\n`;
    return Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream\nendobj\n')]);
  });
  return Buffer.concat([Buffer.from('%PDF-1.5\n'), ...parts, Buffer.from('%%EOF\n')]);
}

const lines = (content: string) =>
  (pdfTexts(pdf([content]))[0] ?? '').split('\n').filter((line) => line !== '');

describe('what a page shows', () => {
  test('is read from packed and from plain streams', () => {
    expect(lines('BT (loss 0.2974) Tj ET')).toEqual(['loss 0.2974']);
    expect(pdfTexts(pdf(['BT (loss) Tj ET'], false))[0]?.trim()).toBe('loss');
  });

  test('is put together where letters are moved a little, and apart where they are moved far', () => {
    expect(lines('BT [(0.2)-27(97)15(4)-333(is)-250(small)] TJ ET')).toEqual(['0.2974 is small']);
  });

  test('begins a line where the text moves', () => {
    expect(lines('BT /F1 10 Tf (one) Tj 0 -12 Td (two) Tj T* (three) Tj ET')).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  test('puts a number together that TeX sets from the fonts of a formula, and nothing else', () => {
    const formula =
      'BT /F8 10 Tf 9 -12 Td [(leaves)]TJ/F11 10 Tf 33 0 Td [(\\000)]TJ /F8 10 Tf 7 0 Td [(0)]TJ/F11 10 Tf 5 0 Td [(:)]TJ 0 g /F8 10 Tf 3 0 Td [(2207)]TJ ET';
    expect(lines(formula)).toEqual(['leaves −0.2207']);
    expect(lines('BT /F8 10 Tf 0 0 Td (is) Tj /F8 10 Tf 5 0 Td (4) Tj ET')).toEqual(['is 4']);
    // Columns of a table, a power, a ratio in one font.
    expect(lines('BT /F8 10 Tf (1) Tj 30 0 Td (0.5) Tj ET')).toEqual(['1', '0.5']);
    expect(lines('BT /F8 10 Tf (10) Tj /F7 7 Tf 5 3.6 Td (2) Tj ET')).toEqual(['10', '2']);
    expect(lines('BT [(1)-20(:)-10(2)] TJ ET')).toEqual(['1:2']);
  });

  test('keeps brackets, octal codes and broken lines', () => {
    expect(lines('BT (a \\(b\\) (c) \\101\\\n!) Tj ET')).toEqual(['a (b) (c) A!']);
  });

  test('of bytes in hexadecimal is read as bytes', () => {
    expect(lines('BT <302E 35> Tj ET')).toEqual(['0.5']);
  });
});

describe('glyph numbers', () => {
  const cmap =
    '2 beginbfchar\n<0011> <002E>\n<0003> <00660066>\nendbfchar\n1 beginbfrange\n<0013> <001C> <0030>\nendbfrange';

  test('are read by the map that the file has', () => {
    const texts = pdfTexts(pdf(['BT [<00130011>3<0015001C>] TJ <0003> Tj ET', cmap]));
    expect(texts.map((text) => text.trim())).toContain('0.29ff');
  });
});

test('a file that is no PDF, or that cannot be unpacked, has no text', () => {
  expect(pdfTexts(Buffer.from('a paper'))).toEqual([]);
  const broken = '1 0 obj << /Filter /FlateDecode >>\nstream\nnot packed\nendstream';
  expect(pdfTexts(Buffer.from(broken))).toEqual([]);
});
