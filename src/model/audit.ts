/** What was found of a recorded execution later: that it came out again, and who vouches for it. */
import type { Digest } from '../base/digest.ts';
import type { Comparison } from './pipeline.ts';

/** The trace that something is said of: a key may have several. */
export interface TraceName {
  readonly key: Digest;
  readonly attempt: string;
}

/** One independent re-execution of a trace, from what the store holds of it. */
export interface AuditRecord extends TraceName {
  readonly verdict: 'same' | 'differs' | 'failed';
  /** Where `same`: the weakest comparison that was needed. */
  readonly by: Comparison['type'];
  /** What was different from the first time on purpose: `as recorded`, `locale`, `node 26.10.0`. */
  readonly variation: string;
  /** The first difference, or the failure; empty where `same`. */
  readonly says: string;
  /** Versions of Node and V8, platform and architecture. */
  readonly machine: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A signature over a statement about a trace. Whether its signer is to be trusted is for the reader to say. */
export interface SignatureRecord extends TraceName {
  /** Digest of the signer's public key. */
  readonly signer: string;
  /** The DSSE envelope, as JSON. */
  readonly envelope: string;
  readonly at: number;
}
