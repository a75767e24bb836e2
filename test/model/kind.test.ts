/** What an artifact's kind writes, it reads back; what it cannot write or read is refused by its place. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Table,
  anyBytes,
  formatTable,
  jsonKind,
  parseTable,
  splitRows,
  tableKind,
  textKind,
} from '../../src/model/kind.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('a table', () => {
  /** Text that is not spelled like a number or a truth value, which reading makes of it. */
  const word = fc
    .string({ unit: 'grapheme', maxLength: 8 })
    .filter((text) => Number.isNaN(Number(text)) && !/^(?:true|false)$/.test(text));
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const cell = fc.oneof(word, number, fc.boolean(), fc.constant(null));
  const table = fc.array(word, { minLength: 1, maxLength: 4 }).chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
        maxLength: 5,
      }),
    }),
  );

  test('is read back as it was written: quotes, line breaks, commas, zeros with their sign, nothing', () => {
    fc.assert(
      fc.property(table, (value: Table) => {
        expect(parseTable(formatTable(value))).toEqual(value);
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  test.each<[Table, string]>([
    [{ columns: ['a', 'b'], rows: [] }, 'a,b\n'],
    [{ columns: ['a'], rows: [[null], ['']] }, 'a\n\n""\n'],
    [{ columns: ['x, y', 'say "so"'], rows: [[' a', 'b\nc']] }, '"x, y","say ""so"""\n" a","b\nc"\n'],
    [
      {
        columns: ['n', 't'],
        rows: [
          [1e21, true],
          [-0, false],
        ],
      },
      'n,t\n1e+21,true\n-0,false\n',
    ],
  ])('%j has these bytes', (value, text) => {
    expect(new TextDecoder().decode(tableKind('t').encode(value))).toBe(text);
    expect(tableKind('t').decode(bytesOf(text))).toEqual(value);
  });

  test('is read with line ends of either sort, and without the last one', () => {
    const expected = { columns: ['a', 'b'], rows: [[1, 'x']] };
    for (const text of ['a,b\n1,x\n', 'a,b\r\n1,x\r\n', 'a,b\n1,x'])
      expect(parseTable(text)).toEqual(expected);
  });

  test('has a quoted number as text', () => {
    expect(parseTable('a,b\n1,').rows).toEqual([[1, null]]);
    expect(parseTable('a,b\n1,2').rows).toEqual([[1, 2]]);
    expect(parseTable('a\n"12"\n12\n').rows).toEqual([['12'], [12]]);
    expect(parseTable('a\n1e5\n-.5\n0x10\n1_000\n').rows).toEqual([[1e5], ['-.5'], ['0x10'], ['1_000']]);
  });

  test('has unquoted text as a number where it is spelled like one', () => {
    const text = formatTable({ columns: ['family'], rows: [['2'], ['2+1']] });
    expect(text).toBe('family\n2\n2+1\n');
    expect(parseTable(text).rows).toEqual([[2], ['2+1']]);
  });

  test('that cannot be written is refused with its row and column', () => {
    const columns = ['k', 'loss'];
    expect(() => formatTable({ columns, rows: [[1, 2], [3]] })).toThrow('row 1 has 1 cells, not 2');
    expect(() => formatTable({ columns, rows: [[1, Number.NaN]] })).toThrow('row 0, column loss is NaN');
    expect(() => formatTable({ columns, rows: [[-Infinity, 1]] })).toThrow('row 0, column k is -Infinity');
  });

  test('that cannot be read is refused with what was found', () => {
    expect(() => parseTable('')).toThrow('an empty file is no table');
    expect(() => parseTable('a,b\n1,2\n1,2,3\n')).toThrow('row 2 has 3 cells, but the header has 2');
    expect(() => splitRows('a,"b"c\n')).toThrow('a quote is out of place at character 2');
    expect(() => splitRows('a,"b\n')).toThrow('a quote is out of place at character 2');
  });
});

describe('JSON', () => {
  const kind = jsonKind<unknown>('value', 3);

  test('is canonical: names sorted, a line of its own, typed arrays as lists', () => {
    const bytes = kind.encode({ b: [1, -0], a: Float64Array.of(0.1, 2) });
    expect(new TextDecoder().decode(bytes)).toBe('{"a":[0.1,2],"b":[1,-0]}\n');
    expect(kind.decode(bytes)).toEqual({ a: [0.1, 2], b: [1, -0] });
    expect([kind.name, kind.version, kind.extension]).toEqual(['value', 3, 'json']);
  });

  test('of a NaN is refused with the place', () => {
    expect(() => kind.encode({ points: [{ loss: 1 }, { loss: Number.NaN }] })).toThrow(/\.points\[1\]\.loss/);
  });
});

describe('text and bytes', () => {
  const kind = textKind('page', 'md');

  test('are as they are', () => {
    for (const text of ['', 'é𝒳\r\n', '\ufeffmark']) {
      expect(kind.encode(text)).toEqual(bytesOf(text));
      expect(kind.decode(bytesOf(text))).toBe(text);
    }
    expect(anyBytes.decode(anyBytes.encode(Uint8Array.of(0, 255)))).toEqual(Uint8Array.of(0, 255));
  });

  test('that are no text are refused', () => {
    expect(() => kind.encode(12 as unknown as string)).toThrow('the value is of type number, not text');
    expect(() => kind.encode('\ud800')).toThrow('lone surrogate');
    expect(() => kind.decode(Uint8Array.of(0xff))).toThrow(TypeError);
  });
});
