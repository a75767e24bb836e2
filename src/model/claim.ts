/** Sentences of a paper bound to artifacts: what is claimed, of which value, and how it came out. */
import type { Place } from './fault.ts';

export interface ClaimDeclaration {
  readonly id: string;
  readonly says: string;
  /** The paper and the place in it. */
  readonly source: string;
  /** As written: `scaling.table[family=II].coefficient`. */
  readonly value: string;
  readonly selector: Selector;
  readonly relation: Relation;
  /** As written: `rounds to 0.3`. */
  readonly holds: string;
  /** Judged only in this profile. */
  readonly profile?: string | undefined;
  readonly place: Place;
}

/** The way to one scalar: `step.role` (or a stage with one case), then into the artifact. */
export interface Selector {
  /** A stage or a step: `scaling`, `spectrum@k=20`. */
  readonly step: string;
  readonly role: string;
  readonly path: readonly SelectorPart[];
}

export type SelectorPart =
  | { readonly type: 'field'; readonly name: string }
  /** `[name=value,…]`: the one item of a list, or row of a table, whose fields are spelled so. */
  | { readonly type: 'match'; readonly conditions: Readonly<Record<string, string>> }
  | { readonly type: 'index'; readonly index: number };

/** Decimals are kept as written and compared exactly. */
export type Relation =
  | { readonly type: 'rounds to'; readonly decimal: string }
  | { readonly type: 'within'; readonly center: string; readonly tolerance: string }
  | { readonly type: 'between'; readonly low: string; readonly high: string }
  | { readonly type: 'compare'; readonly operator: '<' | '≤' | '>' | '≥'; readonly decimal: string }
  | { readonly type: 'is'; readonly text: string };

export type ClaimStatus = 'holds' | 'fails' | 'broken' | 'undecided' | 'stale' | 'unknown';

export interface Judgement {
  readonly claim: string;
  readonly status: ClaimStatus;
  /** The value found, as text; absent where none was. */
  readonly found?: string | undefined;
  /** Why: what matched, what is missing, by how much it fails. */
  readonly because: string;
  /** The step whose artifact holds the value. */
  readonly step?: string | undefined;
}
