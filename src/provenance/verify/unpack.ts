/** Reads a bundle's zip file and believes nothing in it: names, sizes, order, checksums, and that no byte is left over. */
import { crc32, inflateRawSync } from 'node:zlib';
import { digestOf } from '../../base/digest.ts';
import { byteSize } from '../../base/text.ts';
import { limits, sealMark } from '../export/format.ts';
import type { Finding } from './finding.ts';
import { type Listed, type Listing, readDirectory } from './zip-directory.ts';

interface Unpacked {
  readonly entries: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly Finding[];
  /** True where the bytes are not even a damaged bundle. */
  readonly isForeign: boolean;
}

/** Never throws for what the bytes are. Nothing is written anywhere. */
export function unpack(bytes: Uint8Array): Unpacked {
  const sort = sortOf(bytes);
  if (sort !== 'bundle') return foreign(sort, bytes);
  const findings = sealFindings(bytes);
  const listing = readDirectory(bytes, bytes.length - sealLength - endLength);
  findings.push(...listing.findings);
  const entries = new Map<string, Uint8Array>();
  for (const listed of readable(listing, findings)) {
    const content = inflate(bytes, listed);
    if (typeof content === 'string') findings.push({ check: 'bytes', where: listed.path, message: content });
    else if (!entries.has(listed.path)) entries.set(listed.path, content);
  }
  return { entries, findings, isForeign: false };
}

const sealLength = sealMark.length + 64;
/** Of the end-of-central-directory record without its comment. */
const endLength = 22;

type Sort = 'bundle' | 'cut' | 'other zip' | 'no zip';

function sortOf(bytes: Uint8Array): Sort {
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  const end = bytes.length - sealLength;
  const isSealed = end >= endLength && text(end, end + sealMark.length) === sealMark;
  const hasEnd = end >= endLength && text(end - endLength, end - endLength + 4) === 'PK\x05\x06';
  if (isSealed || hasEnd) return 'bundle';
  const isZip =
    bytes.length >= endLength &&
    text(Math.max(0, bytes.length - 66_000), bytes.length).includes('PK\x05\x06');
  if (isZip) return 'other zip';
  return text(0, 4) === 'PK\x03\x04' ? 'cut' : 'no zip';
}

function foreign(sort: Exclude<Sort, 'bundle'>, bytes: Uint8Array): Unpacked {
  const message = {
    cut: `it ends after ${bytes.length} bytes, before the directory that a zip file ends with: it was cut off; fetch it again`,
    'other zip':
      'it is a zip file without the seal that a bundle ends with: packed by something else, or something was added at its end',
    'no zip': `it is no zip file: it begins with ${JSON.stringify(Buffer.from(bytes.subarray(0, 8)).toString('latin1'))}; \`colophon export\` writes bundles`,
  }[sort];
  const findings: Finding[] = [{ check: 'archive', where: 'the bundle', message }];
  return { entries: new Map(), findings, isForeign: sort === 'no zip' };
}

function sealFindings(bytes: Uint8Array): Finding[] {
  const told = Buffer.from(bytes.subarray(-64)).toString('latin1');
  const mark = Buffer.from(bytes.subarray(-sealLength, -64)).toString('latin1');
  const found = digestOf(bytes.subarray(0, -64));
  if (mark === sealMark && told === found) return [];
  const message =
    mark === sealMark
      ? `its bytes have the digest ${found}, sealed was ${told}: something in it was changed`
      : `its seal begins with ${JSON.stringify(mark)}, expected ${JSON.stringify(sealMark)}`;
  return [{ check: 'archive', where: 'the bundle', message }];
}

/** Sizes are judged as declared, before anything is unpacked. */
function readable({ listed }: Listing, findings: Finding[]): readonly Listed[] {
  const total = listed.reduce((sum, { size }) => sum + size, 0);
  if (total <= limits.bytes) return listed;
  const message = `its entries unpack to ${byteSize(total)}, more than the ${byteSize(limits.bytes)} that a bundle may hold; nothing was unpacked`;
  findings.push({ check: 'archive', where: 'the bundle', message });
  return [];
}

/** The content, or what is wrong with it. Stops as soon as it grows past its declared size. */
function inflate(bytes: Uint8Array, { start, packed, size, method, checksum }: Listed): Uint8Array | string {
  const data = bytes.subarray(start, start + packed);
  const content = method === 0 ? data : unpacked(data, size);
  if (typeof content === 'string') return content;
  if (content.length !== size) return `it unpacks to ${content.length} bytes, declared are ${size}`;
  const found = crc32(content);
  return found === checksum
    ? content
    : `its bytes have the checksum ${found.toString(16)}, declared is ${checksum.toString(16)}: it was changed`;
}

/** Deflate cannot make more than 1032 bytes of one: a greater promise is a lie told to exhaust memory. */
const greatestRatio = 1032;

function unpacked(data: Uint8Array, size: number): Uint8Array | string {
  if (size > (data.length + 16) * greatestRatio)
    return `${byteSize(data.length)} cannot unpack to the ${byteSize(size)} that are declared`;
  try {
    const { buffer, engine } = inflateRawSync(data, {
      maxOutputLength: Math.max(size, 1),
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return engine.bytesWritten === data.length ? buffer : 'bytes follow its compressed content';
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
      ? `it unpacks to more than the ${byteSize(size)} that are declared`
      : `its compressed bytes cannot be unpacked: ${(error as Error).message}`;
  }
}
