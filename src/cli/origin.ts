/** An execution that something comes from, as `where` tells it. */
import type { Digest } from '../base/digest.ts';
import type { Trace } from '../model/trace.ts';
import type { FoundCell } from '../provenance/find-value.ts';

/** One answer to `where`. */
export interface Origin {
  /** What was asked about, as a headline. */
  readonly says: string;
  readonly trace: Trace;
  /** The artifact that was asked about, if one was. */
  readonly role?: string | undefined;
  /** Where in the artifact a value stands. */
  readonly cells?: readonly FoundCell[] | undefined;
  /** What a claim says of the row or item that it is about. */
  readonly about?: Conditions | undefined;
  /** The column or field that a claim is about. */
  readonly name?: string | undefined;
}

export type Conditions = Readonly<Record<string, string>>;

/** The role under which an execution gave an artifact. */
export const roleOf = (trace: Trace, digest: Digest) =>
  Object.keys(trace.outs).find((role) => trace.outs[role]?.digest === digest);
