/** What a report shows, as plain data: claims, published files, the graph, and every step. */
import type { ClaimDeclaration, Judgement } from '../model/claim.ts';
import type { Table } from '../model/kind.ts';
import type { Run } from '../model/run.ts';
import type { Trace } from '../model/trace.ts';
import type { Trust } from '../provenance/trust.ts';

export interface ReportData {
  readonly pipeline: string;
  readonly profile: string;
  /** The newest run, if there was one. */
  readonly run: Run | undefined;
  readonly claims: readonly ReportClaim[];
  readonly published: readonly PublishedFile[];
  readonly stages: readonly ReportStage[];
}

export interface ReportClaim {
  readonly declaration: ClaimDeclaration;
  readonly judgement: Judgement;
  /** Of the value found. */
  readonly trust?: Trust | undefined;
}

/** One published path, in the order of the pipeline. */
export interface PublishedFile {
  /** Project-relative. */
  readonly path: string;
  readonly step: string;
  readonly role: string;
  readonly digest: string;
  readonly size: number;
  /** Whether it is what the pipeline gives as it stands now. */
  readonly current: boolean;
  readonly content: PublishedContent;
}

export type PublishedContent =
  /** `title` and `description` are the figure's own, empty where it has none. */
  | {
      readonly type: 'figure';
      readonly url: string;
      readonly title: string;
      readonly description: string;
      /** Wider than half a page. */
      readonly broad: boolean;
    }
  | { readonly type: 'table'; readonly table: Table }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'other' };

export interface ReportStage {
  readonly name: string;
  /** The first comment of its file, or the command line. */
  readonly says: string;
  /** The stage file, or `command`. */
  readonly made: string;
  /** Names of the stages that it needs. */
  readonly needs: readonly string[];
  readonly code: readonly string[];
  readonly steps: readonly ReportStep[];
  /** Set for a stage whose steps come from an artifact that does not exist yet. */
  readonly waiting: boolean;
}

/** `current`: the plan's own; `old`: executed, but not as the pipeline stands now; `new`: never executed. */
export type StepState = 'current' | 'old' | 'new';

export interface ReportStep {
  readonly id: string;
  readonly state: StepState;
  readonly trace: Trace | undefined;
  readonly trust?: Trust | undefined;
}
