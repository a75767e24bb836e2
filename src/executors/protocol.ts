/** The messages between the executor and its worker processes. */
import type { Ending } from '../model/event.ts';
import type { Order } from '../model/executor.ts';
import type { Cost, Evidence } from '../model/trace.ts';

/** How a worker process is set up; steps that need another set-up need another process. */
export interface WorkerSetup {
  /** Declared effects, each of which lifts part of the guard. */
  readonly effects: readonly string[];
  /** The folder from which a stage with the effect `native` resolves packages. */
  readonly root?: string | undefined;
}

/** One step for a worker. */
export interface WorkerOrder extends Pick<Order, 'params' | 'case' | 'inputs' | 'stream'> {
  readonly digest: string;
  readonly path: string;
}

export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'log'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | WorkerResult;

/** How a step ended. `spoiled` says that it left something behind, so that the process must not be used again. */
export type WorkerResult =
  | {
      readonly type: 'done';
      readonly outs: Readonly<Record<string, Uint8Array>>;
      readonly evidence: Evidence;
      readonly cost: Cost;
      readonly spoiled: boolean;
    }
  | {
      readonly type: 'failed';
      readonly failure: Failure;
      readonly cost: Cost;
      readonly spoiled: boolean;
    };

/** An error of a stage, as data: the stack still speaks of positions in the bundle. */
export interface Failure {
  readonly ending: Ending;
  readonly message: string;
  readonly stack: string;
}
