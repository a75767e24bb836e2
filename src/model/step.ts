/** A stage with a case: a node of the plan, with its inputs resolved to other steps or sources. */
import type { Digest } from '../base/digest.ts';
import type { Case, StepId } from './case.ts';
import type { KindName } from './kind.ts';
import type { Json } from './json.ts';
import type { StageDeclaration } from './pipeline.ts';

export interface Step {
  readonly id: StepId;
  readonly stage: StageDeclaration;
  readonly case: Case;
  /** Role to input; for an items variable, the variable's name is the role of the item. */
  readonly inputs: Readonly<Record<string, StepInput>>;
  readonly signature: Signature;
}

export type StepInput =
  | { readonly type: 'artifact'; readonly step: StepId; readonly role: string }
  | { readonly type: 'gather'; readonly members: readonly GatherMember[] }
  | {
      readonly type: 'item';
      readonly step: StepId;
      readonly role: string;
      readonly id: string;
      readonly field: string;
    }
  | {
      readonly type: 'source';
      readonly path: string;
      readonly pin: boolean;
      readonly exclude: readonly string[];
    };

/** Members are sorted by case (compareCases); `case` binds only the gathered variables. */
export interface GatherMember {
  readonly case: Case;
  readonly step: StepId;
  readonly role: string;
}

/** What a stage's code or declaration says of itself, after its schema has read the params of one case. */
export interface Signature {
  /** The identity of the code: the digest of the run bundle, or of the argv template. */
  readonly code: Digest;
  /** Params after defaults, coercion and transforms. */
  readonly params: Readonly<Record<string, Json>>;
  readonly deps: Readonly<Record<string, DepSignature>>;
  readonly outs: Readonly<Record<string, KindName>>;
}

export interface DepSignature {
  readonly shape: 'one' | 'gather' | 'folder';
  /** Absent for a folder, and for a command's deps, which take any kind. */
  readonly kind?: KindName | undefined;
}
