/** One thing that a run says. The live view, the plain lines, `--json` and the store all read the same events. */
import type { Digest } from '../base/digest.ts';
import type { StepId } from './case.ts';
import type { Judgement } from './claim.ts';
import type { Reason } from './plan.ts';
import type { RunCounts, RunStart, RunStatus } from './run.ts';
import type { ArtifactReference, Cost, Evidence } from './trace.ts';

type Outs = Readonly<Record<string, ArtifactReference>>;

export type RunEvent =
  | { readonly type: 'run-started'; readonly run: RunStart }
  /** Sent once the plan is known; `prices` are expected milliseconds by step, for those that may execute. */
  | {
      readonly type: 'planned';
      readonly steps: number;
      readonly hits: number;
      readonly misses: number;
      readonly waits: number;
      /** The steps to come, in order; left out (empty) where all are hits. */
      readonly order: readonly StepId[];
      readonly prices: Readonly<Record<StepId, number>>;
    }
  /** Steps that a dynamic matrix added to the plan. */
  | { readonly type: 'expanded'; readonly stage: string; readonly steps: readonly StepId[] }
  | { readonly type: 'hit'; readonly step: StepId; readonly key: Digest; readonly outs: Outs }
  | {
      readonly type: 'started';
      readonly step: StepId;
      readonly key: Digest;
      readonly attempt: string;
      readonly reasons: readonly Reason[];
    }
  /** Another process is executing the very step; this run takes its result. */
  | { readonly type: 'shared'; readonly step: StepId; readonly key: Digest; readonly owner: string }
  | {
      readonly type: 'executed';
      readonly step: StepId;
      readonly key: Digest;
      readonly outs: Outs;
      readonly evidence: Evidence;
      readonly cost: Cost;
      /** The outs are byte for byte those that this step had before: the change stops here. */
      readonly cutoff: boolean;
    }
  | {
      readonly type: 'retried';
      readonly step: StepId;
      readonly attempt: string;
      readonly ending: Ending;
      readonly message: string;
      readonly delay: number;
    }
  | {
      readonly type: 'failed';
      readonly step: StepId;
      readonly attempt: string;
      readonly ending: Ending;
      readonly message: string;
      /** Where the attempt's stdout and stderr are kept, if anywhere. */
      readonly logs?: string | undefined;
    }
  | { readonly type: 'skipped'; readonly step: StepId; readonly because: readonly StepId[] }
  | { readonly type: 'conflict'; readonly step: StepId; readonly key: Digest; readonly message: string }
  | { readonly type: 'warning'; readonly message: string; readonly step?: StepId | undefined }
  | {
      readonly type: 'published';
      readonly path: string;
      readonly step: StepId;
      readonly change: 'written' | 'same' | 'removed';
    }
  | { readonly type: 'edited'; readonly path: string; readonly message: string }
  | {
      readonly type: 'lock';
      readonly step: StepId;
      readonly status: 'irreproducible' | 'out of date' | 'absent';
      readonly message: string;
    }
  | { readonly type: 'judged'; readonly judgement: Judgement }
  /** Nothing has changed since another run: all that it said of its steps, lock and claims holds of this one. */
  | { readonly type: 'repeated'; readonly run: string }
  | {
      readonly type: 'run-finished';
      readonly status: RunStatus;
      readonly counts: RunCounts;
      readonly wall: number;
    };

/** How an attempt ended, other than well. */
export type Ending = 'error' | 'exit' | 'timeout' | 'memory' | 'crash' | 'impure' | 'outs' | 'interrupted';
