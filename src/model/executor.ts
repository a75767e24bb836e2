/** The contract between the engine and what executes a step: data in, data out, no callbacks. */
import type { Digest } from '../base/digest.ts';
import type { Case } from './case.ts';
import type { Ending } from './event.ts';
import type { Json } from './json.ts';
import type { OutDeclaration } from './pipeline.ts';
import type { Cost, Evidence } from './trace.ts';

/** Bytes at hand, or the path of a file that holds them and must not be changed. */
export type Content =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'file'; readonly path: string };

export interface FolderEntry {
  readonly path: string;
  readonly executable: boolean;
  readonly digest: Digest;
  readonly content: Content;
}

export type OneInput =
  | { readonly type: 'one'; readonly digest: Digest; readonly extension: string; readonly content: Content }
  | { readonly type: 'folder'; readonly digest: Digest; readonly entries: readonly FolderEntry[] };

export type Input =
  | OneInput
  | {
      readonly type: 'gather';
      readonly members: readonly { readonly case: Case; readonly input: OneInput }[];
    };

export type Work =
  /** The run bundle: an ES module that exports `execute` (see engine/closure). */
  | {
      readonly type: 'bundle';
      readonly digest: Digest;
      readonly path: string;
      readonly sourceMap?: string | undefined;
    }
  | {
      readonly type: 'command';
      /** Arguments with params and variables filled in; deps and outs still by role. */
      readonly argv: readonly (readonly CommandPart[])[];
      /** Role to the project-relative path that a source dep keeps in the scratch folder. */
      readonly sources: Readonly<Record<string, string>>;
      readonly outs: Readonly<Record<string, OutDeclaration & { readonly path: string }>>;
      readonly env: Readonly<Record<string, string>>;
    };

export type CommandPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'dep'; readonly role: string }
  | { readonly type: 'out'; readonly role: string };

export interface Limits {
  /** Milliseconds of wall time. */
  readonly timeout?: number | undefined;
  /** Bytes. */
  readonly memory?: number | undefined;
}

export interface Order {
  readonly attempt: string;
  readonly step: string;
  readonly work: Work;
  readonly params: Readonly<Record<string, Json>>;
  readonly case: Case;
  readonly inputs: Readonly<Record<string, Input>>;
  /** Seed of the random stream, where the stage declares one. */
  readonly stream?: Digest | undefined;
  readonly effects: readonly string[];
  readonly limits: Limits;
  /** A folder of this attempt alone, made by the executor: scratch, logs (`stdout`, `stderr`). Removed by the engine. */
  readonly folder: string;
}

/** One out: bytes, a finished file that the store may take over by renaming, or a folder's files. */
export type Out =
  | Content
  | {
      readonly type: 'folder';
      readonly entries: readonly {
        readonly path: string;
        readonly executable: boolean;
        readonly content: Content;
      }[];
    };

export type Outcome =
  | {
      readonly type: 'done';
      readonly outs: Readonly<Record<string, Out>>;
      readonly evidence: Evidence;
      readonly cost: Cost;
      readonly seen: Readonly<Record<string, string>>;
      /** Things to tell, such as undeclared files left behind. */
      readonly warnings: readonly string[];
    }
  | {
      readonly type: 'failed';
      readonly ending: Ending;
      /** What went wrong and where; for a stage's own error its message and the place in its source. */
      readonly message: string;
      readonly cost: Cost;
      readonly warnings: readonly string[];
      /** Artifacts whose file the step wrote to: their bytes are no longer what their name says. */
      readonly damaged?: readonly Digest[] | undefined;
    };

export interface Executor {
  /** Executes one order; never rejects for what the step does wrong. Aborting kills the step: ending `interrupted`. */
  readonly execute: (order: Order, signal: AbortSignal) => Promise<Outcome>;
  /** Ends all processes. */
  readonly close: () => Promise<void>;
}
