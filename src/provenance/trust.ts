/** How far a step's results can be trusted: facts of its own execution, and the least of all it was made from. */
import type { Digest } from '../base/digest.ts';
import { needsOf, ordered } from '../engine/graph.ts';
import type { AuditRecord, SignatureRecord } from '../model/audit.ts';
import type { StepId } from '../model/case.ts';
import type { Step, StepInput } from '../model/step.ts';
import type { Store } from '../model/store.ts';
import type { Trace } from '../model/trace.ts';
import { signatureFault } from './export/attest.ts';

/**
 * `declared`: someone says that it was made so. `closed`: nothing but the declared inputs could be read. `reproduced`:
 * closed, and it came out again from what the store holds. `attested`: reproduced, and signed. Each needs those before.
 */
export const trustLevels = ['declared', 'closed', 'reproduced', 'attested'] as const;
export type TrustLevel = (typeof trustLevels)[number];

interface TrustFacts {
  /** A pure stage in a worker whose permissions are limited, or a sealed command. */
  readonly closed: boolean;
  /** Independent re-executions that gave the same. */
  readonly reproduced: readonly AuditRecord[];
  /** Those that did not. */
  readonly refuted: readonly AuditRecord[];
  /** Signatures that were checked: each is by the signer that it names, of just these outs. */
  readonly signed: readonly SignatureRecord[];
  /** Signatures that are not what they say, and count for nothing. */
  readonly forged: readonly ForgedSignature[];
}

interface ForgedSignature {
  /** The digest of the key that it names. */
  readonly signer: string;
  readonly because: string;
}

export interface Trust {
  /** What is shown: the least of its own level and those of all steps that it was made from. */
  readonly level: TrustLevel;
  /** Of this step alone. */
  readonly own: TrustLevel;
  readonly facts: TrustFacts;
  /** The steps by which the level is less than its own: those that are least themselves. */
  readonly limitedBy: readonly StepId[];
}

export interface TrustGround {
  readonly store: Pick<Store, 'audits' | 'traces'>;
  readonly steps: readonly Step[];
  /** The execution that stands for a step, if there is one. */
  readonly find: (step: StepId) => Trace | undefined;
}

export type FindTrust = (step: StepId) => Trust | undefined;

/** Tells the trust of each step that was executed. The store is read once, and when it is first asked. */
export function trustIn(ground: TrustGround): FindTrust {
  let known: ReadonlyMap<StepId, Trust> | undefined;
  return (step) => (known ??= trustOfAll(ground)).get(step);
}

function trustOfAll(ground: TrustGround): Map<StepId, Trust> {
  const factsOf = factFinder(ground.store);
  const known = new Map<StepId, Trust>();
  for (const step of ordered(ground.steps)) {
    const trace = ground.find(step.id);
    if (trace === undefined) continue;
    const facts = factsOf(step, trace);
    known.set(step.id, inherit(ownLevel(facts), facts, upstream(ground, step, trace, known)));
  }
  return known;
}

function factFinder({ audits }: TrustGround['store']): (step: Step, trace: Trace) => TrustFacts {
  const executions = Map.groupBy(audits.list(), nameOf);
  const signatures = Map.groupBy(audits.signatures(), nameOf);
  return (step, trace) => {
    const again = executions.get(nameOf(trace)) ?? [];
    const checked = (signatures.get(nameOf(trace)) ?? []).map((record) => {
      return { record, because: signatureFault(record, trace) };
    });
    return {
      closed: isClosed(step, trace),
      reproduced: again.filter(({ verdict }) => verdict === 'same'),
      refuted: again.filter(({ verdict }) => verdict === 'differs'),
      signed: checked.flatMap(({ record, because }) => (because === undefined ? [record] : [])),
      forged: checked.flatMap(({ record: { signer }, because }) =>
        because === undefined ? [] : [{ signer, because }],
      ),
    };
  };
}

const nameOf = ({ key, attempt }: Pick<Trace, 'key' | 'attempt'>) => `${key} ${attempt}`;

/** Effects stand in the environment of the key, so that an older trace tells its own. */
function isClosed({ stage }: Step, { seen, parts, torn }: Trace): boolean {
  if (stage.stochastic || torn) return false;
  if (seen['executor'] === 'worker') return parts.environment['effects'] === undefined;
  return seen['sealed'] === 'true';
}

/** One re-execution that gave something else outweighs all that gave the same. */
function ownLevel({ closed, reproduced, refuted, signed }: TrustFacts): TrustLevel {
  if (!closed || refuted.length > 0) return 'declared';
  if (reproduced.length === 0) return 'closed';
  return signed.length === 0 ? 'reproduced' : 'attested';
}

interface Above {
  readonly step: StepId;
  readonly level: TrustLevel;
  readonly limitedBy: readonly StepId[];
}

const rank = (level: TrustLevel) => trustLevels.indexOf(level);

function inherit(own: TrustLevel, facts: TrustFacts, above: readonly Above[]): Trust {
  const least = Math.min(rank(own), ...above.map(({ level }) => rank(level)));
  const level = trustLevels[least] as TrustLevel;
  if (least === rank(own)) return { level, own, facts, limitedBy: [] };
  const weak = above.filter((each) => each.level === level);
  const limitedBy = [
    ...new Set(weak.flatMap(({ step, limitedBy: deeper }) => (deeper.length > 0 ? deeper : [step]))),
  ];
  return { level, own, facts, limitedBy };
}

/** What the steps are worth whose artifacts it took; one whose record of just these is gone is worth nothing. */
function upstream(ground: TrustGround, step: Step, trace: Trace, known: ReadonlyMap<StepId, Trust>): Above[] {
  const made = takenFrom(step, trace);
  return needsOf(step).map((need) => {
    const trust = known.get(need);
    const isRecorded = (made.get(need) ?? []).every((digest) => isMadeBy(ground, need, digest));
    if (trust === undefined || !isRecorded) return { step: need, level: 'declared', limitedBy: [] };
    return { step: need, level: trust.level, limitedBy: trust.limitedBy };
  });
}

/** The digests that each needed step is said to have given. Items are no artifacts of their own. */
function takenFrom(step: Step, trace: Trace): Map<StepId, Digest[]> {
  const taken = new Map<StepId, Digest[]>();
  const note = (from: StepId, digest: Digest | undefined) => {
    if (digest !== undefined) taken.set(from, [...(taken.get(from) ?? []), digest]);
  };
  for (const [role, input] of Object.entries(step.inputs)) {
    const digests = trace.parts.inputs[role];
    if (input.type === 'artifact' && typeof digests === 'string') note(input.step, digests);
    if (input.type === 'gather' && typeof digests === 'object') noteMembers(input, digests, note);
  }
  return taken;
}

function noteMembers(
  { members }: Extract<StepInput, { type: 'gather' }>,
  digests: readonly (readonly [string, Digest])[],
  note: (from: StepId, digest: Digest | undefined) => void,
): void {
  // Both are sorted by case; of another number of cases nothing can be told apart.
  if (members.length === digests.length)
    for (const [i, member] of members.entries()) note(member.step, digests[i]?.[1]);
}

function isMadeBy({ store, find }: TrustGround, step: StepId, digest: Digest): boolean {
  const gave = (trace: Trace | undefined) =>
    trace !== undefined && Object.values(trace.outs).some((out) => out.digest === digest);
  return gave(find(step)) || store.traces.ofStep(step).some(gave);
}
