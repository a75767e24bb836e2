/** What bringing a step about needs: where its run works, and what is known of the step. */
import type { Digest } from '../base/digest.ts';
import type { RunEvent } from '../model/event.ts';
import type { Executor } from '../model/executor.ts';
import type { KeyParts } from '../model/key.ts';
import type { Reason } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { Recorded } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import type { Contents } from './contents.ts';
import type { ResolvedInput } from './decide.ts';
import type { Workshop } from './order.ts';

/** Where and how steps are brought about. */
export interface Site extends Workshop {
  readonly contents: Contents;
  readonly executor: Executor;
  readonly run: string;
  /** A name that no other attempt has. */
  readonly nameAttempt: () => string;
  /** Parent of the attempts' scratch folders. */
  readonly scratch: string;
  /** Parent of the attempts' logs. */
  readonly logs: string;
  readonly now: () => number;
  /** Milliseconds to wait before retry number `n` (1, 2, …). */
  readonly delay: (n: number) => number;
  readonly emit: (event: RunEvent) => void;
  /** Aborted when running steps are to be killed. */
  readonly kill: AbortSignal;
  /** Aborted when nothing new is to be started. */
  readonly stop: AbortSignal;
  /** Told when a record is durable, or that it cannot be. */
  readonly settled: (step: Step, recorded: Promise<Recorded>) => void;
}

/** A step that has to be executed. */
export interface Missing {
  readonly step: Step;
  readonly key: Digest;
  readonly parts: KeyParts;
  readonly inputs: Readonly<Record<string, ResolvedInput>>;
  readonly reasons: readonly Reason[];
  readonly sourceMap?: Digest | undefined;
  /** The step's last trace before this run. */
  readonly before?: Trace | undefined;
}
