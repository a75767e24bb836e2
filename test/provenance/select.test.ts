/** A selector gives exactly one value, or says what it met instead. */
import { describe, expect, test } from 'vitest';
import { parseSelector } from '../../src/config/claims/selector.ts';
import type { SelectorPart } from '../../src/model/claim.ts';
import { readArtifact, selectIn, spellPart } from '../../src/provenance/select.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function pathOf(text: string): readonly SelectorPart[] {
  const parsed = parseSelector(`stage.role${text}`);
  if (!('value' in parsed)) throw new TypeError(`"${text}" is no way into an artifact: ${parsed.wrong}`);
  return parsed.value.path;
}

/** What the way leads to: `= text`, `[low, high]`, or why it leads to nothing. */
function selected(artifact: string, extension: string, way: string): string {
  const found = selectIn(readArtifact(bytes(artifact), extension), pathOf(way));
  if (found.type === 'scalar') return `= ${found.text}`;
  return found.type === 'enclosure' ? `[${found.enclosure.low}, ${found.enclosure.high}]` : found.because;
}

const inTable = (way: string, table = losses) => selected(table, 'csv', way);
const inJson = (value: unknown, way: string) => selected(JSON.stringify(value), 'json', way);

const losses = 'family,k,loss,note\nI,6,0.5,\nII,6,0.25,best\nII,7,1e-3,"a, b"\n';

describe('in a table', () => {
  test.each([
    ['[family=I].loss', '= 0.5'],
    ['[family=II,k=6].loss', '= 0.25'],
    ['[k=7].family', '= II'],
    ['[note="a, b"].k', '= 7'],
    ['[loss=0.25].note', '= best'],
    ['[1].loss', '= 0.25'],
    ['[k=7][0]', '[k=7] is no list'],
  ])('%s: %s', (way, expected) => {
    expect(inTable(way)).toBe(expected);
  });

  test.each([
    ['[k=6].loss', 'the artifact has 2 items with [k=6], among 3'],
    ['[family=III].loss', 'the artifact has no item with [family=III], among 3'],
    ['[family=II,k=8].loss', 'the artifact has no item with [family=II,k=8], among 3'],
    ['[size=6].loss', 'the artifact has no item with [size=6], among 3'],
    ['[k=7].gain', '[k=7] has no field "gain"; it has family, k, loss and note'],
    ['.loss', 'the artifact is a list of 3; choose one item by [field=value]'],
    ['[3].loss', 'the artifact has 3 items, none at [3]'],
    ['[k=7]', '[k=7] is an object, not one value'],
    ['[family=I].note', '[family=I].note is empty, not one value'],
    ['', 'the artifact is a list of 3, not one value'],
    ['[k=7].loss.digits', '[k=7].loss has no fields'],
  ])('%s is broken: %s', (way, expected) => {
    expect(inTable(way)).toBe(expected);
  });

  test('a number is matched in any spelling, of the table and of the condition', () => {
    const table = 'x,y\n6.0,1\n0.50,2\n1e-3,3\n1E3,4\n-0,5\n';
    for (const six of ['6', '6.0', '6.00', '0.6e1']) expect(inTable(`[x=${six}].y`, table)).toBe('= 1');
    expect(inTable('[x=0.5].y', table)).toBe('= 2');
    expect(inTable('[x=0.001].y', table)).toBe('= 3');
    expect(inTable('[x=1000].y', table)).toBe('= 4');
    expect(inTable('[x=0].y', table)).toBe('= 5');
    expect(inTable('[x=six].y', table)).toBe('the artifact has no item with [x=six], among 5');
  });

  test('a number is matched exactly, also where doubles cannot tell it from its neighbour', () => {
    const table =
      'x,y\n9007199254740992,1\n9007199254740993,2\n0.1,3\n0.1000000000000000055511151231257827,4\n';
    expect(inTable('[x=9007199254740993].y', table)).toBe('= 2');
    expect(inTable('[x=0.1].y', table)).toBe('= 3');
    expect(inTable('[x=6].y', 'x,y\n6,1\n6.0,2\n')).toBe('the artifact has 2 items with [x=6], among 2');
  });

  test('a quoted cell is text and keeps its spelling', () => {
    const table = 'x,y\n"6.0",1\n7,2\n';
    expect(inTable('[x="6.0"].y', table)).toBe('= 1');
    expect(inTable('[x=6].y', table)).toBe('the artifact has no item with [x=6], among 2');
    expect(inTable('[0].x', table)).toBe('= 6.0');
  });

  test('an empty cell and an absent column match nothing, not even the empty text', () => {
    expect(inTable('[note=""].loss')).toBe('the artifact has no item with [note=], among 3');
    expect(inTable('[size=undefined].loss')).toBe('the artifact has no item with [size=undefined], among 3');
    expect(inTable('[note=null].loss')).toBe('the artifact has no item with [note=null], among 3');
  });

  test('columns with blanks are named in quotes, and one row needs no condition but its place', () => {
    expect(inTable('["mean loss"=0.5]."of seed"', 'mean loss,of seed\n0.5,11\n')).toBe('= 11');
    expect(inTable('[0].k', 'k\n3\n')).toBe('= 3');
    expect(inTable('[0].k', 'k\n')).toBe('the artifact has 0 items, none at [0]');
  });

  test('a column may have any name, even one that every object has', () => {
    expect(inTable('[constructor=a].toString', 'constructor,toString\na,1\nb,2\n')).toBe('= 1');
    expect(inTable('[k=7].toString')).toBe('[k=7] has no field "toString"; it has family, k, loss and note');
  });
});

describe('in JSON', () => {
  const value = {
    points: [
      { name: 'a', at: [1.5, -0, true], radius: { low: '0.1', high: 0.2 } },
      { name: 'b', at: [], radius: { low: null, high: 1 } },
    ],
    'mean loss': 1e-9,
    none: null,
  };

  test.each([
    ['.points[name=a].at[0]', '= 1.5'],
    ['.points[1].name', '= b'],
    ['.points[name=a].at[2]', '= true'],
    ['."mean loss"', '= 1e-9'],
    ['.points[name=a].radius', '[0.1, 0.2]'],
    ['.points[name=a].radius.low', '= 0.1'],
  ])('%s: %s', (way, expected) => {
    expect(inJson(value, way)).toBe(expected);
  });

  test.each([
    ['.lines', 'the artifact has no field "lines"; it has points, mean loss and none'],
    ['.points', '.points is a list of 2, not one value'],
    ['.points.name', '.points is a list of 2; choose one item by [field=value]'],
    ['.points[2].name', '.points has 2 items, none at [2]'],
    ['.points[name=c].at', '.points has no item with [name=c], among 2'],
    ['.points[at=1.5].name', '.points has no item with [at=1.5], among 2'],
    ['.points[name=b].at', '.points[name=b].at is a list of 0, not one value'],
    ['.points[name=b].radius', '.points[name=b].radius is an object, not one value'],
    ['[0]', 'the artifact is no list'],
    ['[name=a]', 'the artifact is no list to choose from'],
    ['.none', '.none is empty, not one value'],
    ['.none.low', '.none has no fields'],
  ])('%s is broken: %s', (way, expected) => {
    expect(inJson(value, way)).toBe(expected);
  });

  test('a scalar is the whole, and a list of scalars is chosen from by place', () => {
    expect(inJson(0.25, '')).toBe('= 0.25');
    expect(inJson('stable', '')).toBe('= stable');
    expect(inJson([3, 4], '[1]')).toBe('= 4');
    expect(inJson([3, 4], '[value=4]')).toBe('the artifact has no item with [value=4], among 2');
    expect(inJson({ low: 1, high: 2 }, '')).toBe('[1, 2]');
  });

  test('numbers keep the digits that they are written with, which a double could not hold', () => {
    const text =
      '{"a":0.1000000000000000055511151231257827,"b":[9007199254740993,6.50],"c":{"low":1e-400,"high":2.0}}';
    expect(selected(text, 'json', '.a')).toBe('= 0.1000000000000000055511151231257827');
    expect(selected(text, 'json', '.b[0]')).toBe('= 9007199254740993');
    expect(selected(text, 'json', '.b[1]')).toBe('= 6.50');
    expect(selected(text, 'json', '.c')).toBe('[1e-400, 2.0]');
    expect(selected('x\n0.10000000000000000001\n', 'csv', '[0].x')).toBe('= 0.10000000000000000001');
  });

  test('a number has no fields and is no object, and a text that looks like one is matched by its letters', () => {
    expect(selected('{"a":1}', 'json', '.a.text')).toBe('.a has no fields');
    expect(selected('[{"k":"6.0","v":1},{"k":6,"v":2}]', 'json', '[k=6].v')).toBe('= 2');
  });

  test('a field that an object only inherits is none', () => {
    expect(inJson({ a: 1 }, '.toString')).toBe('the artifact has no field "toString"; it has a');
  });

  test('minus zero keeps its sign', () => {
    expect(selected('{"x":-0}', 'json', '.x')).toBe('= -0');
    expect(selected('x\n-0\n', 'csv', '[0].x')).toBe('= -0');
  });
});

describe('an artifact', () => {
  test('of another kind is its text, without the blanks around it', () => {
    expect(selected(' 0.30\n', 'txt', '')).toBe('= 0.30');
    expect(selected('0.30\n', 'txt', '.loss')).toBe('the artifact has no fields');
  });

  test('that is not what its extension says is refused', () => {
    expect(() => readArtifact(bytes('{"a":'), 'json')).toThrow(SyntaxError);
    expect(() => readArtifact(bytes('a,b\n1\n'), 'csv')).toThrow('row 1 has 1 cells, but the header has 2');
    expect(() => readArtifact(bytes(''), 'csv')).toThrow('an empty file is no table');
  });
});

test('each part of a way is told as it is written', () => {
  const parts = pathOf('.points[name=a,k=6][3]."mean loss"');
  expect(parts.map(spellPart)).toEqual(['.points', '[name=a,k=6]', '[3]', '.mean loss']);
});
