/** Verifies a bundle from its bytes alone: what it holds, what it records, who signed it, whether it comes out again. */
import type { Content } from '../export/content.ts';
import { names } from '../export/format.ts';
import type { Holding } from '../export/holdings.ts';
import type { Finding } from './finding.ts';
import { checkManifest } from './manifest.ts';
import { readRecord } from './record.ts';
import type { Restored } from './restore.ts';
import { checkDescriptions } from './retell.ts';
import { type Signer, checkSignature } from './signature.ts';
import { unpack } from './unpack.ts';

/** All that can be said of a bundle without executing anything. */
export interface Inspection {
  /** Undefined where anything is wrong: what contradicts itself is neither judged nor executed. */
  readonly bundle: Restored | undefined;
  readonly findings: readonly Finding[];
  readonly signer: Signer;
  /** True where the file is not even a damaged bundle. */
  readonly isForeign: boolean;
  readonly counts: Counts;
  /** False where the descriptions are of another version of the tool, and were not compared. */
  readonly described: boolean;
}

interface Counts {
  readonly entries: number;
  /** Bytes of all entries, unpacked. */
  readonly bytes: number;
  readonly artifacts: number;
  readonly traces: number;
}

/** What is asked of a bundle. */
interface Expectation {
  /** The fingerprint of the key that must have signed it. */
  readonly key?: string | undefined;
  /** Of the tool that verifies. */
  readonly version: string;
}

/** Never throws for what the bytes are: everything wrong is a finding. */
export function inspect(bytes: Uint8Array, { key, version }: Expectation): Inspection {
  const { entries, findings: unpacking, isForeign } = unpack(bytes);
  if (entries.size === 0)
    return {
      bundle: undefined,
      findings: unpacking,
      signer: { type: 'nobody' },
      isForeign,
      counts: none,
      described: false,
    };
  const failed = new Set(unpacking.map(({ where }) => where));
  const record = readRecord(entries);
  const { signer, findings: signing } = checkSignature(entries, key, record.holdings);
  const findings = [
    ...unpacking,
    ...checkManifest(entries, failed),
    ...record.findings,
    ...requiredFindings(entries, failed),
    ...signing,
  ];
  const bundle = record.content &&
    record.holdings && { content: record.content, holdings: record.holdings, entries };
  const isSound = findings.length === 0 && bundle !== undefined;
  const retold = isSound ? checkDescriptions(bundle, version) : undefined;
  const all = [...findings, ...(retold ?? [])];
  return {
    bundle: all.length === 0 ? bundle : undefined,
    findings: withoutEchoes(all),
    signer,
    isForeign,
    counts: countsOf(entries, record.content, record.holdings),
    described: retold !== undefined,
  };
}

const none: Counts = { entries: 0, bytes: 0, artifacts: 0, traces: 0 };

function requiredFindings(entries: ReadonlyMap<string, Uint8Array>, failed: ReadonlySet<string>): Finding[] {
  return [names.pipeline, names.citation]
    .filter((path) => !entries.has(path) && !failed.has(path))
    .map((where) => ({ check: 'manifest', where, message: 'it is missing' }));
}

/** One thing wrong with an entry is told once, by the check that comes first. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  return findings.filter(({ where, check }) => {
    const isEcho = told.has(where) && where !== 'the bundle' && check !== 'signature';
    told.add(where);
    return !isEcho;
  });
}

function countsOf(
  entries: ReadonlyMap<string, Uint8Array>,
  content: Content | undefined,
  holdings: ReadonlyMap<string, Holding> | undefined,
): Counts {
  const bytes = [...entries.values()].reduce((sum, each) => sum + each.length, 0);
  const artifacts = [...(holdings ?? new Map<string, Holding>()).values()].filter(
    ({ sort }) => sort === 'artifact',
  ).length;
  return { entries: entries.size, bytes, artifacts, traces: content?.traces.size ?? 0 };
}
