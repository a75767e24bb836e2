/** Where a number or a word stands: in which cell of a table, on which way into a JSON document. */
import { describe, expect, test } from 'vitest';
import { cellsOf, findValue } from '../../src/provenance/find-value.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const places = (text: string, extension: string, wanted: string) =>
  findValue(bytes(text), extension, wanted).map(({ place }) => place);

const losses = 'family,k,loss\nI,6,0.8649\nII,6,0.865\nII,7,0.875\nII,8,-0.865\n';

describe('a number', () => {
  test('is found where it rounds to what is wanted, and nowhere else', () => {
    expect(places(losses, 'csv', '0.87')).toEqual(['row 2 (family=II, k=6), column loss']);
    expect(places(losses, 'csv', '0.86')).toEqual(['row 1 (family=I, k=6), column loss']);
    expect(places(losses, 'csv', '-0.87')).toEqual(['row 4 (family=II, k=8), column loss']);
    expect(places(losses, 'csv', '0.865')).toEqual([
      'row 1 (family=I, k=6), column loss',
      'row 2 (family=II, k=6), column loss',
    ]);
    expect(places(losses, 'csv', '0.9')).toHaveLength(3);
  });

  test('is found with its value in full and with its row', () => {
    expect(findValue(bytes(losses), 'csv', '0.88')).toEqual([
      {
        place: 'row 3 (family=II, k=7), column loss',
        text: '0.875',
        name: 'loss',
        row: { family: 'II', k: '7', loss: '0.875' },
      },
    ]);
  });

  test('is found in JSON by the way to it, without a row', () => {
    const document = JSON.stringify({ points: [{ loss: 1 }, { loss: 0.3012 }], best: '0.30', of: [[3]] });
    expect(findValue(bytes(document), 'json', '0.30')).toEqual([
      { place: '.points[1].loss', text: '0.3012', name: 'loss' },
      { place: '.best', text: '0.30', name: 'best' },
    ]);
    expect(places(document, 'json', '3')).toEqual(['.of[0][0]']);
    expect(places('0.25', 'json', '0.3')).toEqual(['the whole']);
  });

  test('is found as each of the cells that hold it, row by row', () => {
    expect(places('a,b\n1,2\n2,1\n', 'csv', '1')).toEqual(['row 1 (b=2), column a', 'row 2 (a=2), column b']);
  });
});

describe('a word', () => {
  test('is found where it is the whole cell', () => {
    expect(places('name,note\nbest,the best\nworst,best\n', 'csv', 'best')).toEqual([
      'row 1 (note=the best), column name',
      'row 2 (name=worst), column note',
    ]);
    expect(places('{"ok":true,"as":"True"}', 'json', 'true')).toEqual(['.ok']);
  });

  test('is not found where it is only the name of a column or of a field', () => {
    expect(places(losses, 'csv', 'loss')).toEqual([]);
    expect(places('{"loss":1}', 'json', 'loss')).toEqual([]);
  });
});

describe('the cells of an artifact', () => {
  test('are told by the first three short cells of their row, without themselves', () => {
    const table = 'a,b,c,d\n1,a very long text,,4\n';
    expect(cellsOf(bytes(table), 'csv').map(({ place }) => place)).toEqual([
      'row 1, column a',
      'row 1 (a=1), column b',
      'row 1 (a=1), column c',
      'row 1 (a=1), column d',
    ]);
    const wide = 'a,b,c,d\n1,2,3,4\n';
    expect(cellsOf(bytes(wide), 'csv').at(-1)?.place).toBe('row 1 (a=1, b=2, c=3), column d');
  });

  test('are told by the number of their row alone where that is asked for', () => {
    expect(cellsOf(bytes('a,b\n1,2\n'), 'csv', 'numbered')).toEqual([
      { place: 'row 1, column a', text: '1', name: 'a' },
      { place: 'row 1, column b', text: '2', name: 'b' },
    ]);
  });

  test('are empty texts where a table has nothing, and none where JSON has null', () => {
    expect(cellsOf(bytes('a,b\n,2\n'), 'csv', 'numbered').map(({ text }) => text)).toEqual(['', '2']);
    expect(cellsOf(bytes('{"a":null,"b":[],"c":{}}'), 'json')).toEqual([]);
  });

  test.each([
    ['figures', '<svg>1</svg>', 'svg'],
    ['texts', '1', 'txt'],
    ['broken JSON', '{"a":1', 'json'],
    ['broken tables', 'a,b\n1\n', 'csv'],
    ['empty tables', '', 'csv'],
  ])('are none in %s', (_, text, extension) => {
    expect(cellsOf(bytes(text), extension)).toEqual([]);
    expect(findValue(bytes(text), extension, '2')).toEqual([]);
  });
});
