/** Matrices from files: NumPy's and packed ones, read exactly, drawn within bounds. */
import { describe, expect, test } from 'vitest';
import { gridOf } from '../../../src/ui/server/grid.ts';
import { gridsOfNpy, readNpy } from '../../../src/ui/server/npy.ts';
import { gridsOfPacked } from '../../../src/ui/server/packed.ts';

/** A file as NumPy writes it: magic, version, head padded to 64 bytes, elements. */
function npy(descr: string, shape: string, data: Uint8Array, order = 'False', version = 1): Uint8Array {
  const head = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;
  const begin = version === 1 ? 10 : 12;
  const padded = `${head.padEnd(Math.ceil((begin + head.length + 1) / 64) * 64 - begin - 1)}\n`;
  const bytes = new Uint8Array(begin + padded.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, padded.length, true);
  else view.setUint32(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), begin);
  bytes.set(data, begin + padded.length);
  return bytes;
}

const doubles = (...values: readonly number[]) => new Uint8Array(Float64Array.from(values).buffer);
const all = (file: Uint8Array, count: number) => {
  const { at } = readNpy(file);
  return Array.from({ length: count }, (_, i) => at(i));
};

describe('an .npy file', () => {
  test('of doubles is read as it was written', () => {
    const file = npy('<f8', '2, 3', doubles(1, -0, 1e-300, Infinity, 5, 6));
    expect(readNpy(file)).toMatchObject({ type: '<f8', shape: [2, 3] });
    expect(all(file, 6)).toEqual([1, -0, 1e-300, Infinity, 5, 6]);
  });

  test('with columns first gives the same matrix', () => {
    const file = npy('<f8', '2, 3', doubles(1, 4, 2, 5, 3, 6), 'True');
    expect(all(file, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test.each([
    ['<f4', new Uint8Array(Float32Array.of(1.5, -2).buffer), [1.5, -2]],
    ['>f4', Uint8Array.of(0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0), [1.5, -2]],
    ['<i8', new Uint8Array(BigInt64Array.of(-1n, 7n).buffer), [-1, 7]],
    ['<i4', new Uint8Array(Int32Array.of(-3, 9).buffer), [-3, 9]],
    ['|u1', Uint8Array.of(0, 255), [0, 255]],
    ['|b1', Uint8Array.of(0, 1), [0, 1]],
  ] as const)('of %s is read by its own width and order', (type, data, values) => {
    expect(all(npy(type, '2,', data), 2)).toEqual(values);
  });

  test('of version 2 has a longer head', () => {
    expect(all(npy('<f8', '1,', doubles(4), 'False', 2), 1)).toEqual([4]);
  });

  test('that is cut short, of complex numbers, or none at all is refused by name', () => {
    const file = npy('<f8', '2, 3', doubles(1, 2, 3, 4, 5, 6));
    expect(() => readNpy(file.subarray(0, file.length - 1))).toThrow('is shorter than its shape (2 × 3)');
    expect(() => readNpy(npy('<c16', '1,', doubles(1, 2)))).toThrow('holds no real numbers');
    expect(() => readNpy(new Uint8Array(40))).toThrow('does not begin like an .npy file');
  });

  test('of three dimensions is shown slice by slice', () => {
    const made = gridsOfNpy(npy('<f8', '2, 1, 2', doubles(1, 2, 3, 4)));
    expect(made).toMatchObject({ type: 'grids', says: '2 × 1 × 2, <f8', total: 2 });
    expect(made.type === 'grids' && made.grids.map(({ cells }) => cells)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('of one number is one cell', () => {
    expect(gridsOfNpy(npy('<f8', '', doubles(7)))).toMatchObject({
      says: 'one number, <f8',
      grids: [{ cells: [7] }],
    });
  });
});

describe('a packed file', () => {
  const packed = (heads: unknown, ...values: readonly number[]) =>
    new Uint8Array([...new TextEncoder().encode(`${JSON.stringify(heads)}\n`), ...doubles(...values)]);

  test('gives each record its own matrix and its short fields', () => {
    const made = gridsOfPacked(
      packed(
        [
          { rows: 1, columns: 2, loss: 0.125, status: 'converged' },
          { rows: 1, columns: 1 },
        ],
        1,
        2,
        3,
      ),
    );
    expect(made).toMatchObject({
      total: 2,
      grids: [
        { label: '1: loss 0.125, status converged', cells: [1, 2] },
        { label: '2 (1 × 1)', cells: [3] },
      ],
    });
  });

  test('whose entries are too few or too many is refused', () => {
    expect(() => gridsOfPacked(packed([{ rows: 1, columns: 2 }], 1))).toThrow('do not fill the file');
    expect(() => gridsOfPacked(packed([{ rows: 1, columns: 1 }], 1, 2))).toThrow('do not fill the file');
  });
});

describe('a heat map', () => {
  test('of a small matrix has a cell for each entry', () => {
    expect(gridOf('m', 2, 2, (i, j) => 10 * i + j)).toMatchObject({
      cells: [0, 1, 10, 11],
      low: 0,
      high: 11,
    });
  });

  test('of a large one has means over equal parts, every entry in one of them', () => {
    const { cells, drawnRows, drawnColumns } = gridOf('m', 1000, 500, () => 1);
    expect([drawnRows, drawnColumns]).toEqual([160, 160]);
    expect(new Set(cells)).toEqual(new Set([1]));
    let seen = 0;
    gridOf('m', 1001, 333, () => (seen += 1));
    expect(seen).toBe(1001 * 333);
  });

  test('leaves out what is not finite', () => {
    const made = gridOf('m', 1, 3, (_, j) => [NaN, Infinity, 4][j] as number);
    expect(made).toMatchObject({ cells: [null, null, 4], low: 4, high: 4 });
    expect(gridOf('m', 1, 1, () => NaN)).toMatchObject({ cells: [null], low: 0, high: 0 });
  });
});
