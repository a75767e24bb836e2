/** What the server says of two runs, and of what was searched for. */
import type { RunRow } from './run.ts';
import type { ReasonRow } from './step.ts';

/** `/api/compare?before=&after=`. */
export interface ComparePage {
  readonly before: RunRow;
  readonly after: RunRow;
  readonly same: number;
  readonly changed: readonly {
    readonly step: string;
    readonly before: string;
    readonly after: string;
    readonly reasons: readonly ReasonRow[];
    readonly outs: readonly {
      readonly role: string;
      readonly before?: string | undefined;
      readonly after?: string | undefined;
      readonly values: readonly ValueChange[];
      readonly more: number;
    }[];
    readonly evidence: readonly ValueChange[];
  }[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly claims: readonly {
    readonly claim: string;
    readonly before: string;
    readonly after: string;
    readonly worse: boolean;
  }[];
  /** Of the steps that changed, how many are left out here. */
  readonly more: number;
}

export interface ValueChange {
  readonly name: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** `/api/find?what=`: where a number, a word or the first digits of a digest stand. */
export interface FindPage {
  readonly found: readonly {
    readonly step: string;
    readonly role: string;
    readonly digest: string;
    readonly path?: string | undefined;
    readonly places: readonly string[];
  }[];
}
