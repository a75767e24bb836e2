/** Reads NumPy's .npy files (format 1 to 3): arrays of real numbers, as heat maps of their last two dimensions. */
import type { Preview } from '../common/api.ts';
import { gridOf } from './grid.ts';

interface Element {
  readonly size: number;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

const elements: Readonly<Record<string, Element>> = {
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  u8: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  b1: { size: 1, read: (view, at) => view.getUint8(at) },
};

interface NpyArray {
  /** As NumPy spells it: `<f8`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** The element number `index` in C order. */
  readonly at: (index: number) => number;
}

/** Throws TypeError where the bytes are no .npy file, hold no real numbers, or are fewer than the shape says. */
export function readNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0) !== 0x934e554d || view.getUint16(4) !== 0x5059)
    throw new TypeError('does not begin like an .npy file');
  const isFirst = view.getUint8(6) === 1;
  const begin = isFirst ? 10 : 12;
  const start = begin + (isFirst ? view.getUint16(8, true) : view.getUint32(8, true));
  const head = new TextDecoder().decode(bytes.subarray(begin, start));
  const [, order, code] = /'descr':\s*'([<>|=])(\w+)'/.exec(head) ?? [];
  const element = elements[code ?? ''];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(head)?.[1]?.match(/\d+/g)?.map(Number) ?? [];
  if (element === undefined) throw new TypeError(`holds no real numbers: ${head.trim()}`);
  const count = shape.reduce((product, side) => product * side, 1);
  if (start + count * element.size > bytes.length)
    throw new TypeError(`is shorter than its shape (${shape.join(' × ')})`);
  const place = /'fortran_order':\s*True/.test(head) ? fortranPlace(shape) : (index: number) => index;
  return {
    type: `${order}${code}`,
    shape,
    at: (index) => element.read(view, start + place(index) * element.size, order !== '>'),
  };
}

/** Where an element that is number `index` by rows lies when columns come first. */
function fortranPlace(shape: readonly number[]): (index: number) => number {
  return (index) => {
    let rest = index;
    let stride = shape.reduce((product, side) => product * side, 1);
    let place = 0;
    for (const side of [...shape].reverse()) {
      stride /= side;
      place += (rest % side) * stride;
      rest = Math.floor(rest / side);
    }
    return place;
  };
}

const mostSlices = 24;

/** A vector is one row; of more than two dimensions the first slices are shown. */
export function gridsOfNpy(bytes: Uint8Array): Preview {
  const { type, shape, at } = readNpy(bytes);
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const slices = shape.slice(0, -2).reduce((product, side) => product * side, 1);
  const grids = Array.from({ length: Math.min(slices, mostSlices) }, (_, slice) =>
    gridOf(slices === 1 ? '' : `slice ${slice + 1}`, rows, columns, (i, j) =>
      at((slice * rows + i) * columns + j),
    ),
  );
  return { type: 'grids', says: `${shape.join(' × ') || 'one number'}, ${type}`, total: slices, grids };
}
