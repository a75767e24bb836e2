/** Folders as artifacts: a manifest of paths, executable bits and digests, whose own digest names the folder. */
import { byCodeUnit } from '../base/canonical.ts';
import { type Digest, digestOf } from '../base/digest.ts';

export interface ManifestEntry {
  readonly path: string;
  readonly executable: boolean;
  readonly digest: Digest;
}

/** The manifest's text: a line a file, `<digest> x|- <JSON string of the path>`, sorted by the path's code units. */
export function folderManifest(entries: readonly ManifestEntry[]): string {
  const sorted = [...entries].sort((a, b) => byCodeUnit(a.path, b.path));
  return sorted
    .map((entry) => `${entry.digest} ${entry.executable ? 'x' : '-'} ${JSON.stringify(entry.path)}\n`)
    .join('');
}

/** The digest that names a folder. */
export function folderDigest(entries: readonly ManifestEntry[]): Digest {
  return digestOf(folderManifest(entries));
}

/** Reads a manifest back. Throws SyntaxError where it is none. */
export function parseManifest(text: string): ManifestEntry[] {
  return text.split('\n').slice(0, -1).map(parseLine);
}

function parseLine(line: string): ManifestEntry {
  const match = /^([0-9a-f]{64}) ([x-]) (".*")$/.exec(line);
  if (match === null) throw new SyntaxError(`not a line of a folder manifest: ${line}`);
  return {
    digest: match[1] as Digest,
    executable: match[2] === 'x',
    path: JSON.parse(match[3] as string) as string,
  };
}
