/** What writers and readers of bundles agree on: names of entries, the format's version, limits. */
import { extname } from 'node:path';
import type { Digest } from '../../base/digest.ts';

/** Raised when a reader of the old format would misread the new one. */
export const format = 'colophon-bundle/1';

/** Begins the archive's comment; 64 hexadecimal digits follow. */
export const sealMark = `${format} sha256:`;

/** What a bundle may hold: entries, bytes of all of them unpacked, bytes of the file itself. */
export const limits = { entries: 65_000, bytes: 2e9, file: 2e9 } as const;

export const names = {
  manifest: 'manifest.json',
  record: 'record.json',
  claims: 'claims.json',
  pipeline: 'pipeline.yaml',
  lock: 'pipeline.lock',
  crate: 'ro-crate-metadata.json',
  prov: 'prov.json',
  codecheck: 'codecheck.yml',
  citation: 'CITATION.cff',
  report: 'report.html',
  readme: 'README.txt',
  /** The statement of a bundle that nobody signed. */
  statement: 'statement.json',
  envelope: 'statement.dsse.json',
  signer: 'signer.pub.pem',
} as const;

/** Entries that the manifest does not list, because they speak of it. */
export const unlisted: readonly string[] = [names.manifest, names.statement, names.envelope, names.signer];

export const tracePath = (key: Digest): string => `traces/${key}.json`;
export const codePath = (digest: Digest): string => `code/${digest}.mjs`;
export const mapPath = (digest: Digest): string => `code/${digest}.map.json`;
export const toolPath = (stage: string): string => `cwl/${stage}.cwl`;

/** An extension that is none is left out: it ends up in file names. */
export const artifactPath = (digest: Digest, extension: string): string =>
  `artifacts/${digest}${/^[A-Za-z0-9]{1,16}$/.test(extension) ? `.${extension}` : ''}`;

/** The digest that an entry's name promises, where it promises one. */
export function promisedDigest(path: string): string | undefined {
  return /^(?:artifacts|code)\/([0-9a-f]{64})(?:\.[A-Za-z0-9.]+)?$/.exec(path)?.[1];
}

const formats: Readonly<Record<string, string>> = {
  cff: 'application/yaml',
  csv: 'text/csv',
  cwl: 'application/json',
  html: 'text/html',
  json: 'application/json',
  lock: 'application/yaml',
  md: 'text/markdown',
  mjs: 'text/javascript',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  tex: 'application/x-tex',
  txt: 'text/plain',
  yaml: 'application/yaml',
  yml: 'application/yaml',
};

/** The media type that an extension stands for. */
export const encodingFormat = (path: string): string =>
  formats[extname(path).slice(1).toLowerCase()] ?? 'application/octet-stream';
