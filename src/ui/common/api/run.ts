/** What the server says of the project now, and of runs. */
import type { ClaimStatus } from '../../../model/claim.ts';

/** What a run has made of a step so far. */
export type StepStatus = 'open' | 'running' | 'hit' | 'executed' | 'failed' | 'skipped';

/** `/api/state`: asked for again and again while somebody looks. */
export interface UiState {
  /** The folder's name. */
  readonly folder: string;
  readonly version: string;
  /** Raised with every new plan; 0 while there is none. */
  readonly plan: number;
  /** A plan is being made. */
  readonly looking: boolean;
  /** What is wrong with the pipeline file, as the command line would say it. */
  readonly problems: readonly string[];
  /** Newest first. */
  readonly runs: readonly RunRow[];
  /** Runs under way, newest first. */
  readonly live: readonly RunProgress[];
}

export interface RunRow {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly finishedAt?: number | undefined;
  readonly status: 'running' | 'complete' | 'failed' | 'interrupted' | 'lost';
  readonly profile: string;
  /** As typed, after `colophon`. */
  readonly command: string;
  readonly hits: number;
  readonly executed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How far a run is. */
export interface RunProgress extends RunRow {
  /** Steps that it decides about. */
  readonly total: number;
  readonly running: readonly { readonly step: string; readonly since: number }[];
  /** Expected milliseconds until its end; undefined where nothing is known. */
  readonly left?: number | undefined;
  readonly stages: readonly StageProgress[];
  /** Steps that failed or were tried again, and warnings; the newest last. */
  readonly notes: readonly {
    readonly step?: string | undefined;
    readonly text: string;
    readonly bad: boolean;
  }[];
}

export interface StageProgress {
  readonly stage: string;
  readonly total: number;
  readonly hits: number;
  readonly executed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly running: number;
}

/** `/api/run?id=&after=`. */
export interface RunPage extends RunProgress {
  /** The run whose results these are, where this one found nothing to change. */
  readonly of: string;
  /** What was said of steps since event `after`, in order. */
  readonly changes: readonly (readonly [step: string, status: StepStatus])[];
  /** The number to ask with next. */
  readonly next: number;
  /** For a finished run: when each step that was executed began and ended. */
  readonly spans: readonly Span[];
  readonly claims: Readonly<Partial<Record<ClaimStatus, number>>>;
  readonly machine: Readonly<Record<string, string>>;
}

export interface Span {
  readonly step: string;
  /** Milliseconds since the start of the run. */
  readonly from: number;
  readonly to: number;
}
