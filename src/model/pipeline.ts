/** All that pipeline.yaml declares, checked: what src/config makes and the engine plans from. */
import type { CaseValue } from './case.ts';
import type { ClaimDeclaration } from './claim.ts';
import type { Place } from './fault.ts';
import type { Json } from './json.ts';

export interface Pipeline {
  readonly name: string;
  /** The root of every random stream. */
  readonly seed: number | string;
  /** `default`, a name under `profiles:`, or `<name>+overrides` where `-S` changed something. */
  readonly profile: string;
  /** True where this profile publishes to the declared paths and not below `.colophon/published/<profile>/`. */
  readonly publishes: boolean;
  /** Sorted by name (code units). */
  readonly stages: readonly StageDeclaration[];
  readonly claims: readonly ClaimDeclaration[];
}

export interface StageDeclaration {
  readonly name: string;
  readonly computation: Computation;
  readonly matrix: Readonly<Record<string, MatrixVariable>>;
  readonly deps: Readonly<Record<string, DepDeclaration>>;
  /** As written (profiles and overrides applied), before the stage's own schema has read them. */
  readonly params: Readonly<Record<string, Json>>;
  /** Declared outs: for a command stage all of them; for a TypeScript stage settings by role, if any. */
  readonly outs: Readonly<Record<string, OutDeclaration>>;
  /** Role to path (project-relative POSIX); `${variable}` stands for a matrix variable's spelling. */
  readonly publish: Readonly<Record<string, string>>;
  /** Environment variables of a command stage; part of the key. */
  readonly env: Readonly<Record<string, string>>;
  /** Probes: name to argv; the answer (trimmed stdout) is part of the key. */
  readonly environment: Readonly<Record<string, readonly string[]>>;
  readonly resources: Resources;
  readonly retries: number;
  /** Milliseconds; undefined where a step may take for ever. */
  readonly timeout?: number | undefined;
  readonly executor: string;
  readonly random: boolean;
  readonly stochastic: boolean;
  /** Declared effects, sorted, such as `platform-math`, `clock`, `native`. */
  readonly effects: readonly string[];
  /** Where things are written: keys such as `''` (the stage), `use`, `deps.points`, `matrix.k`, `params.starts`, `publish.figure`. */
  readonly places: Readonly<Record<string, Place>>;
}

export type Computation =
  /** Project-relative POSIX path of the stage file. */
  | { readonly type: 'typescript'; readonly file: string }
  | { readonly type: 'command'; readonly argv: readonly (readonly ArgumentPart[])[] };

/** A piece of a command's argument: literal text, or the place of a dep, an out, a param or a matrix variable. */
export type ArgumentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'dep'; readonly role: string }
  | { readonly type: 'out'; readonly role: string }
  | { readonly type: 'param'; readonly name: string }
  | { readonly type: 'variable'; readonly name: string };

export type MatrixVariable =
  | { readonly type: 'values'; readonly values: readonly CaseValue[] }
  /** The same values as that variable of another stage has. */
  | { readonly type: 'same'; readonly stage: string }
  /** One value for each item of a list artifact; `id` names the field that identifies an item. */
  | { readonly type: 'items'; readonly stage: string; readonly role: string; readonly id: string };

export type DepDeclaration =
  | { readonly type: 'artifact'; readonly stage: string; readonly role: string }
  /** A project-relative POSIX path of a file or folder. */
  | {
      readonly type: 'source';
      readonly path: string;
      readonly pin: boolean;
      readonly exclude: readonly string[];
    };

export interface OutDeclaration {
  /** For a command stage: where the command leaves it, relative to its scratch folder. */
  readonly path?: string | undefined;
  readonly folder: boolean;
  readonly compare: Comparison;
}

/** How two results for one key are judged equal. JSON, CSV, SVG and PNG are compared as data, all else by bytes. */
export type Comparison =
  | { readonly type: 'bytes' }
  | { readonly type: 'canonical' }
  | {
      readonly type: 'tolerance';
      readonly absolute: number;
      readonly relative: number;
      /** Or so many doubles apart. */
      readonly ulp?: number | undefined;
    };

export interface Resources {
  readonly cpus: number;
  /** Bytes; undefined where nothing is asked and nothing limited. */
  readonly memory?: number | undefined;
  readonly slots: Readonly<Record<string, number>>;
}
