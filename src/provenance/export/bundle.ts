/** Puts a bundle together: record, traces, artifacts and code, descriptions, manifest, signed statement, one zip. */
import type { KeyObject } from 'node:crypto';
import type { Digest } from '../../base/digest.ts';
import { digestOf } from '../../base/digest.ts';
import { byCodeUnit } from '../../base/canonical.ts';
import { canonicalJson } from '../../model/json.ts';
import { type Entry, writeArchive } from './archive.ts';
import { type Content, asWritten, recordOf } from './content.ts';
import { citationText } from './cards.ts';
import { descriptionsOf } from './descriptions.ts';
import { signEnvelope } from './dsse.ts';
import { format, names, tracePath } from './format.ts';
import { type Holding, type ReadArtifact, holdingsOf } from './holdings.ts';
import { publicPem } from './keys.ts';
import { statementOf } from './statement.ts';

interface Making {
  readonly content: Content;
  readonly read: ReadArtifact;
  /** Files as they are: pipeline.yaml, and where there are any pipeline.lock, CITATION.cff, report.html. */
  readonly texts: { readonly pipeline: Uint8Array } & Readonly<
    Partial<Record<'lock' | 'citation' | 'report', Uint8Array>>
  >;
  /** A private Ed25519 key; without one the statement is left unsigned. */
  readonly key?: KeyObject | undefined;
}

export interface Bundle {
  readonly bytes: Uint8Array;
  readonly entries: readonly Entry[];
}

/** manifest.json: every other entry but those that speak of it. */
export interface Manifest {
  readonly format: string;
  /** Of the tool that wrote it. */
  readonly colophon: string;
  readonly entries: Readonly<Record<string, { readonly sha256: string; readonly size: number }>>;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The same content, key and version give the same bytes. Throws Fault `store` for damaged artifacts. */
export function makeBundle({ content: given, read, texts, key }: Making): Bundle {
  const content = asWritten(given);
  const holdings = holdingsOf(content, read);
  const others = otherEntries(content, texts);
  const held = [...holdings.values()].map(({ path, digest }) => ({ path, bytes: read(digest) }));
  const sizes = new Map([...others, ...held].map(({ path, bytes }) => [path, bytes.length]));
  const listed = [
    ...others,
    ...held,
    ...descriptionsOf(
      content,
      holdings,
      sizes,
      others.map(({ path }) => path),
    ),
  ];
  const manifest = encode(`${JSON.stringify(manifestOf(content.version, listed), undefined, 1)}\n`);
  const entries = [
    ...listed,
    { path: names.manifest, bytes: manifest },
    ...statementEntries(content, holdings, manifest, texts.pipeline, key),
  ];
  return { bytes: writeArchive(entries), entries };
}

function otherEntries(content: Content, texts: Making['texts']): Entry[] {
  const citation = texts.citation ?? encode(citationText(content.citation));
  const given = { pipeline: texts.pipeline, lock: texts.lock, citation, report: texts.report };
  return [
    { path: names.record, bytes: encode(`${canonicalJson(recordOf(content))}\n`) },
    ...[...content.traces].map(([key, trace]: [Digest, unknown]) => {
      return { path: tracePath(key), bytes: encode(`${canonicalJson(trace)}\n`) };
    }),
    ...Object.entries(given).flatMap(([name, bytes]) =>
      bytes === undefined ? [] : [{ path: names[name as keyof typeof given], bytes }],
    ),
  ];
}

function manifestOf(version: string, entries: readonly Entry[]): Manifest {
  const sorted = [...entries].sort((a, b) => byCodeUnit(a.path, b.path));
  return {
    format,
    colophon: version,
    entries: Object.fromEntries(
      sorted.map(({ path, bytes }) => [path, { sha256: digestOf(bytes), size: bytes.length }]),
    ),
  };
}

function statementEntries(
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  manifest: Uint8Array,
  pipeline: Uint8Array,
  key: KeyObject | undefined,
): Entry[] {
  const statement = statementOf(content, holdings, manifest, pipeline);
  const payload = encode(`${canonicalJson(statement)}\n`);
  if (key === undefined) return [{ path: names.statement, bytes: payload }];
  return [
    { path: names.envelope, bytes: encode(signEnvelope(payload, key)) },
    { path: names.signer, bytes: encode(publicPem(key)) },
  ];
}
