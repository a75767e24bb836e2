/** Digests of files, by reading every byte of them. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Digest } from '../base/digest.ts';

const chunk = 1 << 20;

interface Hashed {
  readonly digest: Digest;
  /** Bytes read. */
  readonly size: number;
}

/** Hashes a file at once: for outs, whose digests the caller needs in the same breath. */
export function hashFileNow(path: string): Hashed {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(chunk);
  const file = openSync(path, 'r');
  try {
    let size = 0;
    for (let read = 0; (read = readSync(file, buffer, 0, chunk, null)) > 0; size += read)
      hash.update(buffer.subarray(0, read));
    return { digest: hash.digest('hex') as Digest, size };
  } finally {
    closeSync(file);
  }
}

/** Hashes a file a megabyte at a time, letting other work go on between. */
export async function hashFile(path: string): Promise<Hashed> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(chunk);
  const file = await open(path, 'r');
  try {
    let size = 0;
    for (let read = chunk; read > 0; size += read) {
      read = (await file.read(buffer, 0, chunk, null)).bytesRead;
      hash.update(buffer.subarray(0, read));
    }
    return { digest: hash.digest('hex') as Digest, size };
  } finally {
    await file.close();
  }
}
