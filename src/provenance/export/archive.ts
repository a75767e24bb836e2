/** Writes a bundle's entries as one zip file whose bytes depend on nothing but the entries. */
import { type Zippable, zipSync } from 'fflate';
import { byCodeUnit } from '../../base/canonical.ts';
import { digestOf } from '../../base/digest.ts';
import { counted } from '../../base/text.ts';
import { Fault } from '../../model/fault.ts';
import { limits, sealMark } from './format.ts';

/** One file of a bundle. */
export interface Entry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Formats that are compressed already gain nothing from another round. */
const packed = /\.(?:png|jpe?g|gz|zip|zst|xz|bz2|webp|mp4)$/;

/** Unix's mode of a regular file that its owner may write and all may read, where zip has it: unzip sets it. */
const plainFile = 0o100644 << 16;

/**
 * The zip file: entries sorted by path, no dates, compressed by one fixed implementation (zlib's output differs
 * between versions and processors), sealed by the digest of all bytes before it. Throws Fault `usage` past the limits
 * that a reader accepts.
 */
export function writeArchive(entries: readonly Entry[]): Uint8Array {
  refuseTooMuch(entries);
  const files: Zippable = {};
  for (const { path, bytes } of [...entries].sort((a, b) => byCodeUnit(a.path, b.path)))
    files[path] = [bytes, { level: packed.test(path) ? 0 : 6 }];
  // The local time of the first moment that zip can tell: the same fields in every time zone.
  return seal(zipSync(files, { mtime: new Date(1980, 0, 1), os: 3, attrs: plainFile }));
}

function refuseTooMuch(entries: readonly Entry[]): void {
  const size = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (entries.length > limits.entries)
    throw new Fault(
      'usage',
      `a bundle holds at most ${counted(limits.entries, 'file')}, this one would need ${entries.length}; export fewer targets`,
    );
  if (size > limits.bytes)
    throw new Fault(
      'usage',
      `a bundle holds at most ${limits.bytes / 1e9} GB, this one would need ${(size / 1e9).toFixed(1)} GB; export fewer targets`,
    );
}

/** Puts the digest of everything before it into the archive's comment, so that no byte can flip unseen. */
function seal(zip: Uint8Array): Uint8Array {
  const comment = sealMark.length + 64;
  const sealed = new Uint8Array(zip.length + comment);
  sealed.set(zip);
  new DataView(sealed.buffer).setUint16(zip.length - 2, comment, true);
  sealed.set(new TextEncoder().encode(sealMark), zip.length);
  const end = zip.length + sealMark.length;
  sealed.set(new TextEncoder().encode(digestOf(sealed.subarray(0, end))), end);
  return sealed;
}
