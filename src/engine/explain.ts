/** Decides a step: is there a trace for its key, and if not, what changed since it was last executed. Pure. */
import { byCodeUnit } from '../base/canonical.ts';
import type { Digest } from '../base/digest.ts';
import { listed, shortDigest } from '../base/text.ts';
import { type Json, canonicalJson } from '../model/json.ts';
import { type InputDigest, type KeyParts, keyOf, protocol, streamOf } from '../model/key.ts';
import type { InputDigests, Reason, Verdict } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { Looked } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';

/** What the store remembers, as questions. */
export interface Memory {
  readonly look: (key: Digest) => Looked;
  readonly newest: (step: string) => Trace | undefined;
}

/** All that may decide a step's outs. Throws CanonicalError where a param has no canonical bytes. */
export function partsOf(
  step: Step,
  inputs: InputDigests,
  environment: Readonly<Record<string, string>>,
  seed: number | string,
): KeyParts {
  const outs = Object.entries(step.signature.outs).map(([role, kind]) => [
    role,
    `${kind.name}/${kind.version}`,
  ]);
  return {
    protocol,
    code: step.signature.code,
    params: step.signature.params,
    case: step.case,
    inputs,
    outs: Object.fromEntries(outs) as Record<string, string>,
    stream: step.stage.random ? streamOf(seed, step.stage.name, step.case) : undefined,
    environment,
  };
}

/** A hit or a miss with its reasons. `forced` executes although there is a trace. */
export function explain(step: Step, parts: KeyParts, memory: Memory, forced: boolean): Verdict {
  const key = keyOf(parts);
  if (forced)
    return { type: 'miss', key, parts, reasons: [{ type: 'forced', detail: 'asked for with --force' }] };
  const { trace, isLost } = memory.look(key);
  if (trace !== undefined) return { type: 'hit', key, trace };
  return { type: 'miss', key, parts, reasons: isLost ? [lost] : reasonsFor(step, parts, memory) };
}

const lost: Reason = { type: 'lost', detail: 'it was executed before, but its artifacts are gone' };

function reasonsFor(step: Step, parts: KeyParts, memory: Memory): Reason[] {
  const before = memory.newest(step.id);
  if (before === undefined) return [{ type: 'new', detail: 'never executed' }];
  const reasons = changes(before.parts, parts);
  return reasons.length > 0
    ? reasons
    : [{ type: 'new', detail: 'its last execution was torn by an input that changed' }];
}

/** What differs between two keys' parts, each difference a reason. */
export function changes(before: KeyParts, after: KeyParts): Reason[] {
  return [
    ...codeChange(before, after),
    ...mapChanges('params', 'params.', before.params, after.params, spell),
    ...mapChanges('params', 'case.', before.case, after.case, spell),
    ...streamChange(before, after),
    ...inputChanges(before.inputs, after.inputs),
    ...mapChanges('outs', 'outs.', before.outs, after.outs, (text) => text),
    ...mapChanges('environment', '', before.environment, after.environment, (text) => JSON.stringify(text)),
  ];
}

function codeChange(before: KeyParts, after: KeyParts): Reason[] {
  if (before.code === after.code) return [];
  return [{ type: 'code', detail: `code: ${shortDigest(before.code)} → ${shortDigest(after.code)}` }];
}

function streamChange(before: KeyParts, after: KeyParts): Reason[] {
  if (before.stream === after.stream) return [];
  const detail =
    before.stream === undefined ? 'random: now declared' : 'the random stream (seed, stage name or case)';
  return [{ type: 'params', detail }];
}

function mapChanges<T>(
  type: Reason['type'],
  prefix: string,
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  say: (value: T) => string,
): Reason[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
  return names.flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (old !== undefined && now !== undefined && canonicalJson(old) === canonicalJson(now)) return [];
    return [
      {
        type,
        detail: `${prefix}${name}: ${old === undefined ? 'absent' : say(old)} → ${now === undefined ? 'absent' : say(now)}`,
      },
    ];
  });
}

function spell(value: Json): string {
  const text = canonicalJson(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function inputChanges(before: KeyParts['inputs'], after: KeyParts['inputs']): Reason[] {
  const roles = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
  return roles.flatMap((role): Reason[] => {
    const detail = inputChange(before[role], after[role]);
    return detail === undefined ? [] : [{ type: 'input', detail: `${role}: ${detail}` }];
  });
}

function inputChange(before: InputDigest | undefined, after: InputDigest | undefined): string | undefined {
  if (before === undefined) return 'a new input';
  if (after === undefined) return 'no longer an input';
  if (typeof before === 'string' || typeof after === 'string') {
    return before === after ? undefined : `${spellInput(before)} → ${spellInput(after)}`;
  }
  return gatherChange(new Map(before), new Map(after));
}

/** Which cases of a gather came, went or changed. */
function gatherChange(
  before: ReadonlyMap<string, Digest>,
  after: ReadonlyMap<string, Digest>,
): string | undefined {
  const said = (cases: string[], verb: string) => (cases.length === 0 ? [] : [`${listed(cases, 4)} ${verb}`]);
  const changed = [...after.keys()].filter(
    (name) => before.has(name) && before.get(name) !== after.get(name),
  );
  const added = [...after.keys()].filter((name) => !before.has(name));
  const removed = [...before.keys()].filter((name) => !after.has(name));
  const parts = [...said(changed, 'changed'), ...said(added, 'added'), ...said(removed, 'removed')];
  return parts.length === 0 ? undefined : parts.join('; ');
}

function spellInput(input: InputDigest): string {
  return typeof input === 'string' ? shortDigest(input) : `a gather of ${input.length}`;
}
