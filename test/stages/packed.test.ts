import { describe, expect, it } from 'vitest';
import { fromRows } from '../../src/science/math/matrix.ts';
import { packedKind } from '../../stages/packed.ts';

interface Record {
  readonly run: number;
  readonly name: string;
  readonly weights: ReturnType<typeof fromRows>;
}
const kind = packedKind<Record>('records');
const records: Record[] = [
  {
    run: 3,
    name: 'Δ(S_6×S_1)',
    weights: fromRows([
      [1, -0, 5e-324],
      [Number.MAX_VALUE, 1 / 3, -2],
    ]),
  },
  { run: 0, name: 'a line\nbreak', weights: fromRows([[7]]) },
];

describe('packed records', () => {
  it('come back as they were, to the bit', () => {
    const back = kind.decode(kind.encode(records));
    expect(back).toEqual(records);
    expect(Object.is(back[0]?.weights.data[1], -0)).toBe(true);
  });

  it('come back from bytes that begin anywhere in a buffer', () => {
    const bytes = kind.encode(records);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(kind.decode(shifted.subarray(3))).toEqual(records);
  });

  it('have one spelling, whatever the order of fields', () => {
    const turned = records.map(({ run, name, weights }) => ({ weights, name, run }));
    expect(kind.encode(turned)).toEqual(kind.encode(records));
  });

  it('may be none', () => {
    expect(kind.decode(kind.encode([]))).toEqual([]);
  });

  it.each([Number.NaN, Infinity, -Infinity])('with an entry %s are refused, with the place', (bad) => {
    const wrong = [
      ...records,
      {
        run: 1,
        name: '',
        weights: fromRows([
          [0, 1],
          [bad, 2],
        ]),
      },
    ];
    expect(() => kind.encode(wrong)).toThrow(new TypeError(`[2].weights.data[2] is ${bad}`));
  });

  it('with another field that is no number are refused', () => {
    expect(() => kind.encode([{ run: Number.NaN, name: '', weights: fromRows([[1]]) }])).toThrow(/NaN/);
  });

  it.each([
    ['cut short', (bytes: Uint8Array) => bytes.subarray(0, -1)],
    ['with more at the end', (bytes: Uint8Array) => new Uint8Array([...bytes, 0])],
    ['without the end of their head', () => new TextEncoder().encode('[]')],
  ])('%s are refused', (_, spoil) => {
    expect(() => kind.decode(spoil(kind.encode(records)))).toThrow();
  });
});
