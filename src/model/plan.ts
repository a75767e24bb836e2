/** The steps in order, each with a verdict, a reason and a price. */
import type { Digest } from '../base/digest.ts';
import type { StepId } from './case.ts';
import type { InputDigest, KeyParts } from './key.ts';
import type { Step } from './step.ts';
import type { Trace } from './trace.ts';

type ReasonType = 'new' | 'code' | 'params' | 'input' | 'environment' | 'outs' | 'lost' | 'forced';

/** Why a step is a miss. `detail` says the change: `params.gradientTolerance: 1e-9 → 1e-10`. */
export interface Reason {
  readonly type: ReasonType;
  readonly detail: string;
}

export type Verdict =
  | { readonly type: 'hit'; readonly key: Digest; readonly trace: Trace }
  | {
      readonly type: 'miss';
      readonly key: Digest;
      readonly parts: KeyParts;
      readonly reasons: readonly Reason[];
    }
  /** Decided when these upstream steps (misses, or themselves waiting) have run. */
  | { readonly type: 'waits'; readonly on: readonly StepId[] };

export interface PlannedStep {
  readonly step: Step;
  readonly verdict: Verdict;
  /** Expected milliseconds, from the newest recorded cost of this step or its stage; undefined where none is known. */
  readonly price?: number | undefined;
}

/** A stage whose cases come from an artifact that does not exist yet. */
export interface WaitingStage {
  readonly stage: string;
  readonly on: readonly StepId[];
}

export interface Plan {
  /** In an order in which every step comes after those it needs. */
  readonly steps: readonly PlannedStep[];
  readonly waiting: readonly WaitingStage[];
}

/** The digests of a step's inputs by role. */
export type InputDigests = Readonly<Record<string, InputDigest>>;
