/** Whether two artifacts agree by an out's `compare`: byte for byte, as the same data, or within a tolerance. */
import type { Digest } from '../src/base/digest.ts';
import { ulpsBetween } from '../src/base/ulp.ts';
import { parseManifest } from '../src/model/folder.ts';
import { canonicalJson } from '../src/model/json.ts';
import { parseTable } from '../src/model/kind.ts';
import { readPng } from '../src/model/data/png.ts';
import { readSvg } from '../src/model/data/svg.ts';
import type { Comparison } from '../src/model/pipeline.ts';
import type { ArtifactReference } from '../src/model/trace.ts';

/** The bytes of an artifact, or undefined where they are lost. */
export type ReadBytes = (digest: Digest) => Uint8Array | undefined;

type Named = Pick<ArtifactReference, 'digest' | 'kind' | 'extension'>;

/**
 * JSON, CSV, SVG and PNG (by extension) are compared as data; anything else, and what cannot be parsed, by its bytes.
 * Folders agree where their paths and executable bits are the same and their files agree.
 */
export function agreeBy(comparison: Comparison, a: Named, b: Named, read: ReadBytes): boolean {
  if (a.digest === b.digest) return true;
  if (comparison.type === 'bytes' || a.kind !== b.kind || a.extension !== b.extension) return false;
  const [left, right] = [read(a.digest), read(b.digest)];
  if (left === undefined || right === undefined) return false;
  try {
    if (a.kind.startsWith('folder/')) return agreeFolders(comparison, text(left), text(right), read);
    if (a.extension === 'png') return agreePixels(comparison, left, right);
    return agreeData(comparison, parse(a.extension, text(left)), parse(b.extension, text(right)));
  } catch {
    return false;
  }
}

function agreeFolders(comparison: Comparison, a: string, b: string, read: ReadBytes): boolean {
  const [left, right] = [parseManifest(a), parseManifest(b)];
  if (left.length !== right.length) return false;
  return left.every((one, index) => {
    const other = right[index];
    if (other?.path !== one.path || other.executable !== one.executable) return false;
    return agreeBy(comparison, asFile(one), asFile(other), read);
  });
}

function asFile(entry: { readonly path: string; readonly digest: Digest }): Named {
  return { digest: entry.digest, kind: '', extension: /\.([^./]+)$/.exec(entry.path)?.[1] ?? '' };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** Throws for what is none of them. */
function parse(extension: string, source: string): unknown {
  if (extension === 'json') return JSON.parse(source);
  if (extension === 'csv') return parseTable(source);
  if (extension === 'svg') return readSvg(source);
  throw new TypeError(`no data is known in a file .${extension}`);
}

function agreeData(comparison: Comparison, a: unknown, b: unknown): boolean {
  if (comparison.type !== 'tolerance') return canonicalJson(a) === canonicalJson(b);
  return isNear(a, b, comparison);
}

function agreePixels(comparison: Comparison, a: Uint8Array, b: Uint8Array): boolean {
  const [left, right] = [readPng(a), readPng(b)];
  if (left.width !== right.width || left.values.length !== right.values.length) return false;
  if (left.values.BYTES_PER_ELEMENT !== right.values.BYTES_PER_ELEMENT) return false;
  const near = comparison.type === 'tolerance' ? comparison : { absolute: 0, relative: 0 };
  return left.values.every((value, i) => areNear(value, right.values[i] as number, near));
}

/** How far apart two numbers may be: |a − b| ≤ absolute + relative · max(|a|, |b|), or so many doubles. */
type Tolerance = Omit<Extract<Comparison, { type: 'tolerance' }>, 'type'>;

function isNear(a: unknown, b: unknown, tolerance: Tolerance): boolean {
  if (typeof a === 'number' && typeof b === 'number') return areNear(a, b, tolerance);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => Object.hasOwn(right, name) && isNear(left[name], right[name], tolerance));
}

function areNear(a: number, b: number, { absolute, relative, ulp = 0 }: Tolerance): boolean {
  if (Math.abs(a - b) <= absolute + relative * Math.max(Math.abs(a), Math.abs(b))) return true;
  return ulp > 0 && ulpsBetween(a, b) <= ulp;
}
