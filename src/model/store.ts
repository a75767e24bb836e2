/**
 * What the engine asks of a store: artifacts by digest, traces by key, leases, runs, memos.
 *
 * Laws (test/store/laws.ts): an artifact is complete before a trace names it; `findTrace` gives a trace only if it
 * is current, not torn, and all its artifacts are present; what was recorded is found at once by this process and,
 * after `settled`, by all; nothing recorded is ever changed. Reads are synchronous and never wait for a writer;
 * writes are queued, retried while another process writes, and reject only with a Fault of kind `store`.
 */
import type { Digest } from '../base/digest.ts';
import type { AuditRecord, SignatureRecord } from './audit.ts';
import type { StepId } from './case.ts';
import type { RunEvent } from './event.ts';
import type { Content, FolderEntry, Out } from './executor.ts';
import type { KindName } from './kind.ts';
import type { Run, RunCounts, RunStart, RunStatus } from './run.ts';
import type { ArtifactReference, Conflict, RecordRules, Trace } from './trace.ts';

export interface Store {
  readonly artifacts: ArtifactShelf;
  readonly traces: TraceShelf;
  readonly runs: RunShelf;
  readonly memos: MemoShelf;
  readonly published: PublishedShelf;
  readonly audits: AuditShelf;
  /** Raised whenever a trace or an artifact goes away or a conflict changes what is current. */
  readonly epoch: () => number;
  /** Waits until all that was queued is durable. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ArtifactShelf {
  readonly has: (digest: Digest) => boolean;
  readonly size: (digest: Digest) => number | undefined;
  /** All its bytes. Throws Fault `store` where the artifact is absent or its size is wrong. */
  readonly read: (digest: Digest) => Uint8Array;
  /** Bytes for a small artifact, a path for a large one. Throws like `read`. */
  readonly content: (digest: Digest) => Content;
  /** The files of a folder artifact, sorted by path. Throws like `read`. */
  readonly folder: (digest: Digest) => readonly FolderEntry[];
  /** Copies content in; the digest is that of the very bytes copied. At once readable here; durable after `flush`. */
  readonly put: (content: Content) => Promise<Digest>;
  /** Keeps a folder: its files, and the manifest whose digest names it (see folderManifest in model/folder.ts). */
  readonly putFolder: (entries: readonly Omit<FolderEntry, 'digest'>[]) => Promise<Digest>;
  /** Reads every byte and compares; lists the digests whose bytes are wrong or absent. */
  readonly verify: () => AsyncIterable<{
    readonly digest: Digest;
    readonly status: 'sound' | 'damaged' | 'absent';
  }>;
  /** Takes a damaged artifact out of service; traces that need it are no longer found. Keeps the bytes aside. */
  readonly quarantine: (digest: Digest) => Promise<void>;
  /** Every artifact whose digest starts with these hexadecimal digits, sorted. */
  readonly matching: (prefix: string) => readonly Digest[];
}

/** A trace before its outs have digests. */
export type TraceDraft = Omit<Trace, 'outs'>;

export interface OutDraft {
  readonly out: Out;
  readonly kind: KindName;
}

export type Recorded =
  /** Now current: the first for its key, or a stochastic stage's newest draw. (A torn trace: kept, never current.) */
  | { readonly type: 'recorded'; readonly current: Trace }
  /** The key already had these outs (by the rules' comparison): the trace kept is the first one. */
  | { readonly type: 'same'; readonly current: Trace }
  /** The key already had other outs, or the old ones' bytes are lost and the new ones differ. Both are kept. */
  | {
      readonly type: 'conflict';
      readonly current: Trace;
      readonly other: Trace;
      readonly roles: readonly string[];
    };

export interface Recording {
  /** The trace with its outs' digests; its artifacts are readable in this process at once. */
  readonly trace: Trace;
  /** Resolves when the record is durable; rejects with a Fault `store` (out of space, damaged). */
  readonly settled: Promise<Recorded>;
}

export type LeaseAnswer =
  | { readonly type: 'found'; readonly trace: Trace }
  | { readonly type: 'granted' }
  | { readonly type: 'held'; readonly owner: string };

export interface Looked {
  readonly trace: Trace | undefined;
  readonly isLost: boolean;
}

export interface TraceShelf {
  readonly find: (key: Digest) => Trace | undefined;
  /** `find` for many keys at once. */
  readonly findAll: (keys: readonly Digest[]) => ReadonlyMap<Digest, Trace>;
  /** `find`, and where nothing is found, whether the key has a current trace some of whose artifacts are gone. */
  readonly look: (key: Digest) => Looked;
  /** The trace of this step recorded last that is not torn, whether or not its artifacts are still there. */
  readonly newest: (step: StepId) => Trace | undefined;
  /** `newest` for many steps at once. */
  readonly newestAll: (steps: readonly StepId[]) => ReadonlyMap<StepId, Trace>;
  /** Newest first. */
  readonly ofStep: (step: StepId) => readonly Trace[];
  /** The mean wall cost (ms) of the newest traces of each stage. */
  readonly stagePrices: () => ReadonlyMap<string, number>;
  /** Traces that have the artifact among their outs, newest first. */
  readonly producing: (digest: Digest) => readonly Trace[];
  /** Traces that have the artifact among their inputs, newest first. */
  readonly consuming: (digest: Digest) => readonly Trace[];
  /**
   * Takes the right to execute a key, in the transaction that finds no trace for it; a lease of a dead owner is
   * taken over. `forced` looks for no trace.
   */
  readonly lease: (key: Digest, attempt: string, forced: boolean) => Promise<LeaseAnswer>;
  /** Gives the lease back without a record. A record gives it back by itself. */
  readonly release: (key: Digest, attempt: string) => Promise<void>;
  readonly record: (
    draft: TraceDraft,
    outs: Readonly<Record<string, OutDraft>>,
    rules: RecordRules,
  ) => Recording;
  readonly conflicts: () => readonly Conflict[];
  /** Makes the trace of this attempt current for its key. Throws Fault `usage` where there is none. */
  readonly resolve: (key: Digest, attempt: string) => Promise<void>;
}

/** An attempt that did not end well. */
export interface FailedAttempt {
  readonly attempt: string;
  readonly run: string;
  readonly step: StepId;
  readonly key: Digest;
  readonly ending: string;
  readonly message: string;
  readonly at: number;
}

export interface RunShelf {
  readonly start: (run: RunStart) => Promise<void>;
  readonly append: (run: string, events: readonly RunEvent[]) => void;
  readonly finish: (run: string, status: RunStatus, counts: RunCounts, at: number) => Promise<void>;
  /** Newest first. A run that is `running` but whose process is gone is listed as `lost`. */
  readonly list: (most?: number) => readonly Run[];
  readonly events: (run: string) => readonly RunEvent[];
  /** Protects these keys' traces from garbage collection while the run lives. */
  readonly hold: (run: string, keys: readonly Digest[]) => Promise<void>;
  readonly fail: (attempt: FailedAttempt) => Promise<void>;
  /** Newest first. */
  readonly failures: (step: StepId) => readonly FailedAttempt[];
}

/** Remembered conclusions that can be drawn again: losing them costs time only. */
export interface MemoShelf {
  readonly get: (name: string, key: string) => string | undefined;
  readonly all: (name: string) => ReadonlyMap<string, string>;
  readonly set: (name: string, key: string, value: string) => void;
}

/** What was put where: (path, digest, step, profile). */
export interface PublishedPath {
  readonly path: string;
  readonly digest: Digest;
  readonly step: StepId;
  readonly profile: string;
  /** Stat of the file as it was left (`dev:ino:size:mtimeNs:ctimeNs`), so that an unchanged one is not read again. */
  readonly stat: string;
}

export interface PublishedShelf {
  readonly list: (profile: string) => readonly PublishedPath[];
  readonly set: (paths: readonly PublishedPath[]) => Promise<void>;
  readonly remove: (profile: string, path: string) => Promise<void>;
}

/** What was found of traces later. It goes when its trace goes; what is said of an unknown trace is not kept. */
export interface AuditShelf {
  readonly add: (records: readonly AuditRecord[]) => Promise<void>;
  /** Every re-execution, oldest first. */
  readonly list: () => readonly AuditRecord[];
  readonly sign: (signatures: readonly SignatureRecord[]) => Promise<void>;
  /** Every signature, oldest first; one of each signer for a trace: a newer one replaces it. */
  readonly signatures: () => readonly SignatureRecord[];
}

/** What garbage collection must keep, beside what it finds itself (pins, conflicts, published paths, live runs). */
export interface GarbageRoots {
  readonly keys: ReadonlySet<Digest>;
  readonly artifacts: ReadonlySet<Digest>;
  /** How many of the newest complete runs keep their traces. */
  readonly runs: number;
}

export interface GarbageReport {
  readonly traces: number;
  readonly artifacts: number;
  readonly files: number;
  readonly bytes: number;
}

/** The outs of a trace by role. */
export type ArtifactsByRole = Readonly<Record<string, ArtifactReference>>;
