/** What the engine is given to work with: the project's folder, the tool's own files, a store. */
import type { Store } from '../model/store.ts';
import type { Witness } from './witness.ts';

export interface Tool {
  readonly version: string;
  /** Absolute path of the built runtime that every run bundle starts from. */
  readonly runtime: string;
  /** Bare names that resolve to the tool's own files, such as `colophon`. */
  readonly alias: Readonly<Record<string, string>>;
  /** Absolute path of the zod that declarations share with the tool. */
  readonly zod: string;
  /** node_modules folders to look in after the project's own. */
  readonly nodePaths: readonly string[];
}

export interface Context {
  /** Absolute path of the folder that holds pipeline.yaml. */
  readonly root: string;
  readonly tool: Tool;
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly witness: Witness;
}
