/** Finds a step's input digests and environment, so that it can be explained; or says which steps it waits for. */
import { extname } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { type StepId, formatCase } from '../model/case.ts';
import type { KeyParts } from '../model/key.ts';
import type { InputDigests } from '../model/plan.ts';
import type { Step, StepInput } from '../model/step.ts';
import type { ArtifactReference } from '../model/trace.ts';
import { partsOf } from './explain.ts';
import { upstreamOf } from './graph.ts';
import type { Items } from './items.ts';
import type { Source, Sources } from './sources.ts';

/** The outs of a step that is done; undefined while it is not. */
export type Known = (step: StepId) => Readonly<Record<string, ArtifactReference>> | undefined;

/** Asks the machine: argv to the program's answer. Rejects with a Fault `usage` where it cannot be had. */
export type Probe = (argv: readonly string[], env: Readonly<Record<string, string>>) => Promise<string>;

export interface Ground {
  readonly seed: number | string;
  readonly sources: Sources;
  readonly items: Items;
  readonly probe: Probe;
  /** What declared effects depend on: versions of Node and V8, the architecture. */
  readonly versions: Readonly<Record<string, string>>;
}

/** One input, resolved: what names it, and how it is to be read. */
export type ResolvedInput =
  | {
      readonly type: 'one';
      readonly digest: Digest;
      readonly shape: Source['shape'];
      readonly extension: string;
      /** See {@link Source.entries}. */
      readonly entries?: Source['entries'];
    }
  | {
      readonly type: 'gather';
      readonly members: readonly { readonly case: string; readonly reference: ArtifactReference }[];
    };

type Decision =
  | {
      readonly type: 'ready';
      readonly parts: KeyParts;
      readonly inputs: Readonly<Record<string, ResolvedInput>>;
    }
  | { readonly type: 'waits'; readonly on: readonly StepId[] };

/** The key parts of a step whose upstream is known. Rejects with Fault `usage` for a source that is not there. */
export async function decide(step: Step, known: Known, ground: Ground): Promise<Decision> {
  const waitsFor = [...new Set(Object.values(step.inputs).flatMap(upstreamOf))].filter(
    (id) => known(id) === undefined,
  );
  if (waitsFor.length > 0) return { type: 'waits', on: waitsFor };
  const inputs: Record<string, ResolvedInput> = {};
  for (const role in step.inputs)
    inputs[role] = await resolveInput(step.inputs[role] as StepInput, known, ground);
  const environment = await environmentOf(step, ground);
  return { type: 'ready', inputs, parts: partsOf(step, digestsOf(inputs), environment, ground.seed) };
}

async function resolveInput(input: StepInput, known: Known, ground: Ground): Promise<ResolvedInput> {
  switch (input.type) {
    case 'artifact':
      return asOne(outOf(known, input.step, input.role));
    case 'item': {
      const list = outOf(known, input.step, input.role).digest;
      return {
        type: 'one',
        digest: ground.items.digest(list, input.field, input.id),
        shape: 'file',
        extension: 'json',
      };
    }
    case 'gather':
      return {
        type: 'gather',
        members: input.members.map((member) => ({
          case: formatCase(member.case),
          reference: outOf(known, member.step, member.role),
        })),
      };
    case 'source': {
      const source = await ground.sources.source(input);
      return { type: 'one', ...source, extension: extname(input.path).slice(1) };
    }
  }
}

function outOf(known: Known, step: StepId, role: string): ArtifactReference {
  return (known(step) as Readonly<Record<string, ArtifactReference>>)[role] as ArtifactReference;
}

/** An artifact as an input by itself. */
export function asOne(reference: ArtifactReference): Extract<ResolvedInput, { type: 'one' }> {
  const shape = reference.kind.startsWith('folder/') ? 'folder' : 'file';
  return { type: 'one', digest: reference.digest, shape, extension: reference.extension };
}

function digestsOf(inputs: Readonly<Record<string, ResolvedInput>>): InputDigests {
  const digests: Record<string, InputDigests[string]> = {};
  for (const role in inputs) {
    const input = inputs[role] as ResolvedInput;
    digests[role] =
      input.type === 'one' ? input.digest : input.members.map((m) => [m.case, m.reference.digest] as const);
  }
  return digests;
}

/** Probe answers, declared variables and, for declared effects, versions: what the key holds of the machine. */
async function environmentOf(step: Step, ground: Ground): Promise<Record<string, string>> {
  const { env, environment, effects } = step.stage;
  const found: Record<string, string> = {};
  for (const name in env) found[`env.${name}`] = env[name] as string;
  for (const name in environment)
    found[name] = await ground.probe(environment[name] as readonly string[], env);
  if (effects.length > 0) Object.assign(found, ground.versions, { effects: effects.join(' ') });
  return found;
}
