/** What the server is given: the store, the plan when it asks for one, and where logs lie. It gets nothing that writes. */
import type { Outlook } from '../../engine/outlook.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { PlannedStep, Reason } from '../../model/plan.ts';
import type { Store } from '../../model/store.ts';
import type { Trace } from '../../model/trace.ts';
import type { FoundTrace } from '../../provenance/standing.ts';
import type { FindTrust } from '../../provenance/trust.ts';

export interface UiSource {
  /** The name of the project's folder. */
  readonly folder: string;
  readonly version: string;
  /** The store as it is now: another one where the folder was removed and made again meanwhile. */
  readonly store: () => Store;
  /** The folder with what attempts printed: `<run>/<attempt>/stdout`. */
  readonly logs: string;
  /** Plans. Rejects with Fault `usage` where the pipeline file is wrong. */
  readonly look: () => Promise<Look>;
  /** Lines for people, of an error that `look` gave. */
  readonly explain: (error: unknown) => readonly string[];
}

/** The pipeline as its file and the store stood at one moment. */
export interface Look {
  readonly pipeline: Pipeline;
  readonly seen: Outlook;
  readonly trace: (step: string) => FoundTrace | undefined;
  readonly trust: FindTrust;
  /** Why a planned step would be executed. */
  readonly reasons: (planned: PlannedStep) => readonly Reason[];
  /** Why an execution was made, given what came before it. */
  readonly because: (trace: Trace, history: readonly Trace[]) => readonly Reason[];
  /** False once a file that the plan rests on has changed. */
  readonly stands: () => boolean;
}
