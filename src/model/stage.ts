/** What a stage file exports: `params`, `deps`, `outs` as functions, and `run`, whose types follow from them. */
import type { z } from 'zod';
import type { RandomStream } from '../base/random.ts';
import type { Case } from './case.ts';
import type { Kind } from './kind.ts';

/** One member of a gather: the case of the upstream step, and its artifact's value. */
export interface Gathered<T> {
  readonly case: Case;
  readonly value: T;
}

/** A dep on all upstream cases that this stage's matrix does not bind, as a list sorted by case. */
export interface Gather<T> {
  readonly gather: Kind<T>;
}

/** Declares a dep that gathers: its value is a list of {@link Gathered}, sorted by case. */
export function gather<T>(kind: Kind<T>): Gather<T> {
  return { gather: kind };
}

/** One file of a folder dep. */
export interface FolderFile {
  /** POSIX path below the folder. */
  readonly path: string;
  readonly executable: boolean;
  readonly bytes: Uint8Array;
}

/** A dep on a folder of source files, sorted by path. */
export interface Folder {
  readonly folder: true;
}

/** Declares a dep on a folder: its value is a list of {@link FolderFile}, sorted by the path's code units. */
export const folder: Folder = { folder: true };

/** The value that a dep declaration gives to `run`. */
export type ValueOf<D> =
  D extends Gather<infer T>
    ? readonly Gathered<T>[]
    : D extends Folder
      ? readonly FolderFile[]
      : D extends Kind<infer T>
        ? T
        : never;

export type ValuesOf<D> = { readonly [Role in keyof D]: ValueOf<D[Role]> };

/** What a stage may use beside its deps and params. */
export interface StageTools {
  /** Reports a number or a word about the accuracy of what was computed; kept with the trace, never in the key. */
  readonly evidence: (name: string, value: number | string | boolean) => void;
  /** The step's own random stream. Throws unless the stage declares `random: true` in pipeline.yaml. */
  readonly random: () => RandomStream;
  /** The step's binding of matrix variables. */
  readonly case: Case;
}

/** The type of a stage's `run`: `Run<typeof params, typeof deps, typeof outs>`. */
export type Run<P extends () => z.ZodType, D extends () => object, O extends () => object> = (
  deps: ValuesOf<ReturnType<D>>,
  params: z.output<ReturnType<P>>,
  tools: StageTools,
) => ValuesOf<ReturnType<O>> | Promise<ValuesOf<ReturnType<O>>>;
