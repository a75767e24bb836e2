/** What the server says of a step. */
import type { ClaimRow, StepState, TrustRow } from './plan.ts';

/** `/api/step?id=`. */
export interface StepPage {
  readonly id: string;
  readonly stage: string;
  readonly says: string;
  readonly made: string;
  /** Undefined while there is no plan. */
  readonly state?: StepState | undefined;
  readonly trust?: TrustRow | undefined;
  /** Why it would be executed. */
  readonly reasons: readonly ReasonRow[];
  /** Why it was executed when it was. */
  readonly because: readonly ReasonRow[];
  readonly execution?: Execution | undefined;
  /** Newest first. */
  readonly history: readonly HistoryRow[];
  readonly inputs: readonly InputRow[];
  readonly outs: readonly OutRow[];
  readonly claims: readonly ClaimRow[];
  /** The last attempt, where it failed and nothing came of a later one. */
  readonly failure?:
    | {
        readonly attempt: string;
        readonly ending: string;
        readonly message: string;
        readonly at: number;
      }
    | undefined;
  /** One key, several results. */
  readonly conflict: readonly string[];
}

export interface ReasonRow {
  readonly type: string;
  readonly detail: string;
}

export interface Execution {
  readonly key: string;
  readonly at: number;
  readonly run: string;
  readonly attempt: string;
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
  readonly code: string;
  readonly stream?: string | undefined;
  /** The digest of the map from the code that ran back to its source. */
  readonly sourceMap?: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly seen: Readonly<Record<string, string>>;
  readonly evidence: Readonly<Record<string, string>>;
}

export interface HistoryRow {
  readonly attempt: string;
  readonly run: string;
  readonly at: number;
  readonly wall: number;
  readonly key: string;
  readonly current: boolean;
}

export interface InputRow {
  readonly role: string;
  /** A file of the project. */
  readonly path?: string | undefined;
  /** What was read: one artifact, or for a gather one of each case. */
  readonly from: readonly {
    /** Undefined where no execution that gave it is on record. */
    readonly step?: string | undefined;
    readonly role?: string | undefined;
    readonly case: string;
    readonly digest: string;
  }[];
}

export interface OutRow {
  readonly role: string;
  readonly digest: string;
  readonly size: number;
  readonly kind: string;
  readonly extension: string;
  readonly published?: string | undefined;
  readonly usedBy: readonly string[];
}
