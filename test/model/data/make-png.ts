/** Makes PNG files for tests, from raw lines with their filter bytes. */
import { crc32, deflateSync } from 'node:zlib';

/** An image of `width` × `height` in a colour type and depth; `raw` are the filtered lines. */
export function png(
  width: number,
  height: number,
  colour: number,
  depth: number,
  raw: readonly number[],
  level = 6,
  more: Readonly<Record<string, readonly number[]>> = {},
  interlace = 0,
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlace], 8);
  const chunks = [
    chunk('IHDR', header),
    ...Object.entries(more).map(([name, bytes]) => chunk(name, Buffer.from(bytes))),
    chunk('IDAT', deflateSync(Buffer.from(raw), { level })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...chunks]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
