/** Names bytes by their SHA-256, the hash that OCI, S3 and Bazel's caches share. */
import { hash } from 'node:crypto';
import { type Canonical, encodeCanonical } from './canonical.ts';

declare const brand: unique symbol;

/** A SHA-256 as 64 lowercase hexadecimal digits. */
export type Digest = string & { readonly [brand]: 'Digest' };

/** The digest of `bytes` (a string counts as its UTF-8). */
export function digestOf(bytes: Uint8Array | string): Digest {
  return hash('sha256', bytes, 'hex') as Digest;
}

/** The digest of a value's canonical bytes. Throws CanonicalError where it has none. */
export function digestOfValue(value: Canonical): Digest {
  return digestOf(encodeCanonical(value));
}

const pattern = /^[0-9a-f]{64}$/;

/** Whether `text` is written as a digest is. */
export function isDigest(text: string): text is Digest {
  return pattern.test(text);
}
