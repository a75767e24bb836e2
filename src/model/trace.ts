/** Records of what was executed: this key gave these artifacts, with this evidence, cost and code. */
import type { Digest } from '../base/digest.ts';
import type { Case, StepId } from './case.ts';
import type { KeyParts } from './key.ts';
import type { Comparison } from './pipeline.ts';

/** An artifact as a trace names it. `kind` is `name/version`; a folder's artifact is its manifest, kind `folder/1`. */
export interface ArtifactReference {
  readonly digest: Digest;
  readonly size: number;
  readonly kind: string;
  readonly extension: string;
}

export type Evidence = Readonly<Record<string, number | string | boolean>>;

/** What an execution cost: milliseconds, bytes at the peak (0 where it was not measured). */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

export interface Trace {
  readonly key: Digest;
  readonly parts: KeyParts;
  readonly step: StepId;
  readonly stage: string;
  readonly case: Case;
  readonly outs: Readonly<Record<string, ArtifactReference>>;
  readonly evidence: Evidence;
  readonly cost: Cost;
  readonly run: string;
  readonly attempt: string;
  /** What the execution saw but the key does not hold: Node, V8, architecture, PATH, executor, sealed or not. */
  readonly seen: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 at the end of the execution. */
  readonly at: number;
  /** An unpinned input changed while the step executed: kept for the record, never served. */
  readonly torn: boolean;
}

/** Whether two executions gave the same bytes in the same roles. */
export function sameOuts({ outs: a }: Pick<Trace, 'outs'>, { outs: b }: Pick<Trace, 'outs'>): boolean {
  const roles = Object.keys(a);
  return roles.length === Object.keys(b).length && roles.every((role) => a[role]?.digest === b[role]?.digest);
}

/** One key with different bytes. The trace first recorded stays current until `colophon resolve` chooses. */
export interface Conflict {
  readonly key: Digest;
  readonly step: StepId;
  readonly current: Trace;
  readonly others: readonly Trace[];
}

/** What the store must know to judge whether two results for a key agree. */
export interface RecordRules {
  readonly compare: Readonly<Record<string, Comparison>>;
  readonly stochastic: boolean;
}
