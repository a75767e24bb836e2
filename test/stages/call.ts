/** Executes a stage in memory as a worker would: deps, params and outs go through their codecs. */
import { randomStream } from '../../src/base/random.ts';
import type { Case } from '../../src/model/case.ts';
import type { Kind } from '../../src/model/kind.ts';
import type { Gather } from '../../src/model/stage.ts';
import { type CallInput, executeStage } from '../../src/model/stage-runtime.ts';

type AnyKind = Kind<unknown>;

/** What a stage file exports, as loosely as the engine sees it. */
interface StageFile {
  readonly params: () => { parse(value: unknown): unknown };
  readonly deps: () => object;
  readonly outs: () => object;
  readonly run: unknown;
}

export interface Called {
  readonly outs: Readonly<Record<string, unknown>>;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Members of a gather. */
export const members = (...list: { case: Case; value: unknown }[]) => list;

/** Calls the stage with `deps` by role (lists of members for gathers), parsed `params`, and a stream if it is random. */
export async function call(
  stage: StageFile,
  deps: Readonly<Record<string, unknown>>,
  params: object = {},
  random = false,
): Promise<Called> {
  const declared = stage.deps() as Record<string, AnyKind | Gather<unknown>>;
  const inputs = Object.fromEntries(
    Object.entries(declared).map(([role, dep]) => [role, encoded(dep, deps[role])]),
  );
  const evidence: Record<string, unknown> = {};
  const made = await executeStage(
    stage.run as never,
    stage.deps,
    stage.outs,
    random ? randomStream : undefined,
    {
      params: stage.params().parse(params),
      case: {},
      inputs,
      stream: random ? '5a'.repeat(16) : undefined,
      evidence: (name, value) => {
        evidence[name] = value;
      },
    },
  );
  const kinds = stage.outs() as Record<string, AnyKind>;
  const outs = Object.entries(kinds).map(([role, kind]) => [role, kind.decode(made[role] as Uint8Array)]);
  return { outs: Object.fromEntries(outs) as Called['outs'], evidence };
}

function encoded(dep: AnyKind | Gather<unknown>, value: unknown): CallInput {
  if (!('gather' in dep)) return { type: 'one', bytes: dep.encode(value) };
  const list = value as readonly { readonly case: Case; readonly value: unknown }[];
  return {
    type: 'gather',
    members: list.map((member) => ({ case: member.case, bytes: dep.gather.encode(member.value) })),
  };
}
