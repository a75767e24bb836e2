/** Compares a bundle's entries with its manifest: none missing, none too many, each the bytes that it promises. */
import { digestOf } from '../../base/digest.ts';
import { shortDigest } from '../../base/text.ts';
import type { Manifest } from '../export/bundle.ts';
import { format, names, promisedDigest, unlisted } from '../export/format.ts';
import type { Finding } from './finding.ts';

type Entries = ReadonlyMap<string, Uint8Array>;

/** `failed` are entries that are there but could not be read: they are told elsewhere. */
export function checkManifest(entries: Entries, failed: ReadonlySet<string>): Finding[] {
  const bytes = entries.get(names.manifest);
  if (bytes === undefined)
    return failed.has(names.manifest)
      ? []
      : [about(names.manifest, 'it is missing: without it nothing says what belongs to the bundle')];
  const manifest = parseManifestFile(bytes);
  if (typeof manifest === 'string') return [about(names.manifest, manifest)];
  const owners = new Map(Object.entries(manifest.entries).map(([path, { sha256 }]) => [sha256, path]));
  return [
    ...missing(entries, failed, manifest),
    ...[...entries].flatMap(([path, content]) => {
      if (unlisted.includes(path)) return [];
      return entryFindings(path, content, manifest, owners);
    }),
  ];
}

const about = (where: string, message: string): Finding => ({ check: 'manifest', where, message });

/** The manifest, or what is wrong with it. */
function parseManifestFile(bytes: Uint8Array): Manifest | string {
  try {
    const manifest = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Manifest;
    if (manifest.format !== format)
      return `its format is ${JSON.stringify(manifest.format)}, and this version of colophon reads "${format}"`;
    const isPlain = Object.values(manifest.entries).every(
      ({ sha256, size }) => /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(size),
    );
    return isPlain ? manifest : 'it lists entries without a digest or a size';
  } catch {
    return 'it is no manifest: it cannot be read as JSON with entries';
  }
}

function missing(entries: Entries, failed: ReadonlySet<string>, { entries: listed }: Manifest): Finding[] {
  return Object.keys(listed)
    .filter((path) => !entries.has(path) && !failed.has(path))
    .map((path) =>
      about(path, path.startsWith('traces/') ? 'the record of an execution was removed' : 'it is missing'),
    );
}

function entryFindings(
  path: string,
  content: Uint8Array,
  { entries }: Manifest,
  owners: ReadonlyMap<string, string>,
): Finding[] {
  const listed = Object.hasOwn(entries, path) ? entries[path] : undefined;
  if (listed === undefined) return [about(path, 'it is there, but the manifest does not list it')];
  const found = digestOf(content);
  const promised = promisedDigest(path);
  if (found !== listed.sha256) return [changed(path, found, listed.sha256, owners.get(found))];
  if (promised !== undefined && promised !== found)
    return [changed(path, found, promised, owners.get(promised))];
  if (content.length !== listed.size)
    return [about(path, `it has ${content.length} bytes, the manifest says ${listed.size}`)];
  return [];
}

function changed(path: string, found: string, expected: string, owner: string | undefined): Finding {
  const swapped =
    owner === undefined || owner === path ? '' : `: these are the bytes of ${owner}, files were swapped`;
  return {
    check: 'bytes',
    where: path,
    message: `its bytes have the digest ${shortDigest(found)}, expected ${shortDigest(expected)}${swapped}`,
  };
}
