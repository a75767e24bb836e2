/**
 * What every run bundle starts from: decodes a step's inputs, calls `run`, checks and encodes what it returned.
 * It is part of the code identity of every stage, so it imports as little as it can.
 */
import type { RandomStream } from '../base/random.ts';
import type { Case } from './case.ts';
import type { Kind } from './kind.ts';
import type { FolderFile, Gather, StageTools } from './stage.ts';

export { randomStream } from '../base/random.ts';

/** The bytes of one dep: an artifact, a folder's files sorted by path, or a gather's members sorted by case. */
export type CallInput =
  | { readonly type: 'one'; readonly bytes: Uint8Array }
  | { readonly type: 'folder'; readonly entries: readonly FolderFile[] }
  | {
      readonly type: 'gather';
      readonly members: readonly { readonly case: Case; readonly bytes: Uint8Array }[];
    };

/** All that one execution of a stage is given. */
export interface StageCall {
  readonly params: unknown;
  readonly case: Case;
  readonly inputs: Readonly<Record<string, CallInput>>;
  /** Seed of the step's random stream, where the stage declares one. */
  readonly stream?: string | undefined;
  readonly evidence: StageTools['evidence'];
}

type AnyKind = Kind<unknown>;
type Declared = Readonly<Record<string, unknown>>;
type AnyRun = (deps: never, params: never, tools: StageTools) => unknown;

/** The stage returned other roles than it declares, or a value that its kind cannot encode. */
export class OutsError extends Error {
  override readonly name = 'OutsError';
}

/**
 * Executes a stage on encoded inputs and gives its encoded outs by role. `makeStream` is given where the stage
 * declares `random: true`. Throws {@link OutsError} for what `run` returned, and what `run` or a decoder throws.
 */
export async function executeStage(
  run: AnyRun,
  deps: (() => object) | undefined,
  outs: () => object,
  makeStream: ((seed: string) => RandomStream) | undefined,
  call: StageCall,
): Promise<Record<string, Uint8Array>> {
  const values = decodeDeps((deps?.() ?? {}) as Declared, call.inputs);
  const tools = { evidence: call.evidence, case: call.case, random: randomOf(makeStream, call.stream) };
  const returned = await run(values as never, call.params as never, tools);
  return encodeOuts(outs() as Record<string, AnyKind>, returned);
}

/** One stream a step: asking twice goes on where the first left off, so no value is drawn twice. */
function randomOf(makeStream: ((seed: string) => RandomStream) | undefined, seed: string | undefined) {
  let stream: RandomStream | undefined;
  return (): RandomStream => {
    if (makeStream === undefined || seed === undefined)
      throw new Error('the stage draws random numbers but pipeline.yaml does not say random: true');
    return (stream ??= makeStream(seed));
  };
}

function decodeDeps(declared: Declared, inputs: StageCall['inputs']): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const role of Object.keys(declared))
    values[role] = decodeDep(role, declared[role] as object, inputs[role]);
  return values;
}

function decodeDep(role: string, dep: object, input: CallInput | undefined): unknown {
  const wanted = 'folder' in dep ? 'folder' : 'gather' in dep ? 'gather' : 'one';
  if (input?.type !== wanted)
    throw new Error(`dep "${role}" is ${words[input?.type ?? 'none']}, not ${words[wanted]}`);
  if (input.type === 'folder') return input.entries;
  if (input.type === 'one') return decode(`dep "${role}"`, dep as AnyKind, input.bytes);
  const { gather } = dep as Gather<unknown>;
  return input.members.map((member) => ({
    case: member.case,
    value: decode(`dep "${role}" of ${JSON.stringify(member.case)}`, gather, member.bytes),
  }));
}

const words = {
  none: 'missing',
  one: 'an artifact',
  folder: 'a folder',
  gather: 'a gather of several cases',
};

function decode(what: string, kind: AnyKind, bytes: Uint8Array): unknown {
  try {
    return kind.decode(bytes);
  } catch (error) {
    throw new Error(`${what} is no ${kind.name}: ${messageOf(error)}`, { cause: error });
  }
}

function encodeOuts(kinds: Readonly<Record<string, AnyKind>>, returned: unknown): Record<string, Uint8Array> {
  const roles = Object.keys(kinds);
  if (typeof returned !== 'object' || returned === null)
    throw new OutsError(`run returned ${String(returned)}, not an object of its outs (${roles.join(', ')})`);
  const values = returned as Readonly<Record<string, unknown>>;
  const extra = Object.keys(values).find((role) => !(role in kinds));
  if (extra !== undefined) throw new OutsError(`run returned "${extra}", which outs does not declare`);
  return Object.fromEntries(roles.map((role) => [role, encode(role, kinds[role] as AnyKind, values[role])]));
}

function encode(role: string, kind: AnyKind, value: unknown): Uint8Array {
  if (value === undefined) throw new OutsError(`run returned no "${role}", which outs declares`);
  try {
    const bytes: unknown = kind.encode(value);
    if (bytes instanceof Uint8Array) return bytes;
  } catch (error) {
    throw new OutsError(`out "${role}" is no ${kind.name}: ${messageOf(error)}`, { cause: error });
  }
  throw new OutsError(`out "${role}" is no ${kind.name}: its kind encoded it as something other than bytes`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
