/** What the server says of the pipeline: stages, steps, claims, published files. */
import type { ClaimStatus } from '../../../model/claim.ts';

/** `current`: the plan's own; `old`: executed, but not as the pipeline stands now; `new`: never executed; `waits`: not decided yet. */
export type StepState = 'current' | 'old' | 'new' | 'waits';

/** `/api/plan`. */
export interface UiPlan {
  readonly plan: number;
  readonly pipeline: string;
  readonly profile: string;
  readonly stages: readonly StageBox[];
  /** In an order in which every step comes after those it needs. */
  readonly steps: readonly StepRow[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: readonly Point[] }[];
  readonly size: { readonly width: number; readonly height: number };
  readonly claims: readonly ClaimRow[];
  readonly published: readonly PublishedRow[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A stage of the pipeline and its box in the drawing. */
export interface StageBox {
  readonly name: string;
  readonly says: string;
  /** The stage file, or `command`. */
  readonly made: string;
  readonly needs: readonly string[];
  /** Its steps come from an artifact that does not exist yet. */
  readonly waiting: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Cells side by side. */
  readonly columns: number;
}

export interface StepRow {
  readonly id: string;
  /** Index into the stages. */
  readonly stage: number;
  readonly state: StepState;
  /** Indices into the steps. */
  readonly needs: readonly number[];
  /** How far its results can be trusted, in a word. */
  readonly trust?: string | undefined;
  /** What its newest execution took, in milliseconds. */
  readonly wall?: number | undefined;
}

/** How far a result can be trusted: `declared`, `closed`, `reproduced`, `attested` or `refuted`, and why. */
export interface TrustRow {
  readonly word: string;
  readonly says: string;
}

export interface ClaimRow {
  readonly id: string;
  readonly says: string;
  readonly source: string;
  readonly value: string;
  readonly holds: string;
  readonly status: ClaimStatus;
  readonly found?: string | undefined;
  readonly because: string;
  readonly step: string;
  readonly trust?: TrustRow | undefined;
}

export interface PublishedRow {
  readonly path: string;
  readonly step: string;
  readonly role: string;
  readonly digest: string;
  readonly size: number;
  readonly extension: string;
  readonly current: boolean;
  /** Of a figure: its own title. */
  readonly title: string;
  readonly description: string;
}
