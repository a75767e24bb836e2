/** Reads the pixels of a PNG image (ISO/IEC 15948): two files of the same pixels may be packed differently. */
import { inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of each pixel, row by row: 0…255, or 0…65535 for an image of 16 bits. */
  readonly values: Uint8Array | Uint16Array;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

interface Chunks {
  readonly header: Header;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array;
  readonly data: Uint8Array;
}

/** Samples a pixel, by colour type. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The pixels. Throws TypeError where the bytes are no PNG image. */
export function readPng(bytes: Uint8Array): Pixels {
  const chunks = chunksOf(bytes);
  const { header } = chunks;
  const { width, height, depth } = header;
  const raw = new Uint8Array(inflateSync(chunks.data));
  const values = depth === 16 ? new Uint16Array(4 * width * height) : new Uint8Array(4 * width * height);
  let at = 0;
  for (const pass of header.interlaced ? adam7 : [whole]) {
    const [left, top, right, down] = pass;
    const columns = Math.ceil((width - left) / right);
    const rows = Math.ceil((height - top) / down);
    if (columns <= 0 || rows <= 0) continue;
    const stride = Math.ceil((columns * depth * (samples[header.colour] as number)) / 8);
    const lines = unfilter(raw.subarray(at, at + rows * (stride + 1)), stride, bytesPerPixel(header), rows);
    at += rows * (stride + 1);
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++)
        values.set(pixel(chunks, lines, y * stride, x), 4 * ((top + y * down) * width + left + x * right));
  }
  return { width, height, values };
}

type Pass = readonly [left: number, top: number, right: number, down: number];
const whole: Pass = [0, 0, 1, 1];
const adam7: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

function chunksOf(bytes: Uint8Array): Chunks {
  if (signature.some((byte, i) => bytes[i] !== byte)) throw new TypeError('it does not begin as a PNG does');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map<string, Uint8Array[]>();
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) throw new TypeError(`the chunk ${name} is cut off`);
    found.set(name, [...(found.get(name) ?? []), bytes.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  const header = headerOf(found.get('IHDR')?.[0]);
  const first = (name: string) => found.get(name)?.[0] ?? new Uint8Array();
  const data = Buffer.concat(found.get('IDAT') ?? []);
  return { header, palette: first('PLTE'), transparency: first('tRNS'), data };
}

function headerOf(bytes: Uint8Array | undefined): Header {
  if (bytes?.length !== 13) throw new TypeError('it has no header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [depth = 0, colour = 0, , , interlace] = bytes.subarray(8);
  if (samples[colour] === undefined) throw new TypeError(`it has the colour type ${colour}`);
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth,
    colour,
    interlaced: interlace === 1,
  };
}

function bytesPerPixel({ depth, colour }: Header): number {
  return Math.max(1, (depth * (samples[colour] as number)) / 8);
}

/** Undoes the filter of each line (section 9.2): its first byte says which. */
function unfilter(raw: Uint8Array, stride: number, step: number, rows: number): Uint8Array {
  if (raw.length < rows * (stride + 1)) throw new TypeError('its data are cut off');
  const lines = new Uint8Array(rows * stride);
  for (let y = 0; y < rows; y++) {
    const filter = raw[y * (stride + 1)] as number;
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? (lines[y * stride + x - step] as number) : 0;
      const above = y > 0 ? (lines[(y - 1) * stride + x] as number) : 0;
      const corner = y > 0 && x >= step ? (lines[(y - 1) * stride + x - step] as number) : 0;
      const guess = predicted(filter, left, above, corner);
      lines[y * stride + x] = (raw[y * (stride + 1) + 1 + x] as number) + guess;
    }
  }
  return lines;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return paeth(left, above, corner);
    default:
      throw new TypeError(`it has the filter ${filter}`);
  }
}

function paeth(left: number, above: number, corner: number): number {
  const sum = left + above - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - above), Math.abs(sum - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

/** One pixel as four values; grey is spread over the colours, a palette looked up. */
function pixel(
  { header, palette, transparency }: Chunks,
  lines: Uint8Array,
  line: number,
  x: number,
): number[] {
  const { depth, colour } = header;
  const count = samples[colour] as number;
  const most = depth === 16 ? 65_535 : 255;
  const sample = (i: number): number => sampleAt(lines, line, depth, x * count + i);
  const full = (value: number) => (depth < 8 ? (value * 255) / ((1 << depth) - 1) : value);
  const key = (i: number): number => ((transparency[2 * i] ?? 0) << 8) | (transparency[2 * i + 1] ?? 0);
  if (colour === 3) {
    const i = sample(0);
    const [red = 0, green = 0, blue = 0] = palette.subarray(3 * i, 3 * i + 3);
    return [red, green, blue, transparency[i] ?? 255];
  }
  const values = Array.from({ length: count }, (_, i) => sample(i));
  const [first = 0, second = most, third = 0, fourth = most] = values;
  const isClear = transparency.length >= 2 * count && values.every((value, i) => value === key(i));
  const opacity = isClear ? 0 : most;
  if (colour === 0) return [full(first), full(first), full(first), opacity];
  if (colour === 4) return [first, first, first, second];
  return [first, second, third, colour === 6 ? fourth : opacity];
}

function sampleAt(lines: Uint8Array, line: number, depth: number, i: number): number {
  if (depth === 16) return ((lines[line + 2 * i] as number) << 8) | (lines[line + 2 * i + 1] as number);
  if (depth === 8) return lines[line + i] as number;
  const bit = i * depth;
  return ((lines[line + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}
