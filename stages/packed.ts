/**
 * Lists of records that each carry a matrix: what is not the matrix as one line of canonical JSON, then the entries
 * of all matrices as little-endian doubles. A tenth of the time and a third of the size of JSON alone.
 */
import { canonicalJson } from '../src/model/json.ts';
import type { Kind } from '../src/model/kind.ts';
import type { Matrix } from '../src/science/math/matrix.ts';

interface WithWeights {
  readonly weights: Matrix;
}

/** The kind of a list of `T`. Encoding throws TypeError for an entry that is not finite, with its place. */
export function packedKind<T extends WithWeights>(name: string, version = 1): Kind<readonly T[]> {
  return {
    name,
    version,
    extension: 'packed',
    encode: (records) => encode(records),
    decode: (bytes) => decode<T>(bytes),
  };
}

function encode(records: readonly WithWeights[]): Uint8Array {
  const fields = records.map(({ weights, ...rest }) => ({
    ...rest,
    rows: weights.rows,
    columns: weights.columns,
  }));
  const head = new TextEncoder().encode(`${canonicalJson(fields)}\n`);
  const count = records.reduce((sum, { weights }) => sum + weights.data.length, 0);
  const bytes = new Uint8Array(head.length + 8 * count);
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  let at = 0;
  records.forEach(({ weights }, i) => {
    weights.data.forEach((entry, j) => {
      if (!Number.isFinite(entry)) throw new TypeError(`[${i}].weights.data[${j}] is ${entry}`);
      view.setFloat64(at, entry, true);
      at += 8;
    });
  });
  return bytes;
}

function decode<T>(bytes: Uint8Array): T[] {
  const end = bytes.indexOf(10);
  if (end < 0) throw new TypeError('no end of the head');
  const fields = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as {
    rows: number;
    columns: number;
  }[];
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1, bytes.byteLength - end - 1);
  let at = 0;
  const records = fields.map(({ rows, columns, ...rest }) => {
    const data = Float64Array.from({ length: rows * columns }, (_, i) => view.getFloat64(at + 8 * i, true));
    at += 8 * data.length;
    return { ...rest, weights: { rows, columns, data } } as T;
  });
  if (at !== view.byteLength) throw new TypeError(`${view.byteLength - at} bytes are left over`);
  return records;
}
