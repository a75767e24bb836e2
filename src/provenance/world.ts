/** One way to combine the changes between two runs: what each step would take, and give. */
import type { Digest } from '../base/digest.ts';
import { type ResolvedInput, asOne } from '../engine/decide.ts';
import { itemsOf } from '../engine/items.ts';
import { formatCase } from '../model/case.ts';
import { type InputDigest, type KeyParts, keyOf } from '../model/key.ts';
import type { GatherMember, Step, StepInput } from '../model/step.ts';
import type { ArtifactsByRole, Store } from '../model/store.ts';
import type { ArtifactReference, Trace } from '../model/trace.ts';
import { type Between, both } from './changes.ts';
import { type InputFound, inputOf } from './recorded.ts';

/** A step under parts that no run may have had: executed, unless the store knows its key. */
export interface Recombined {
  readonly step: Step;
  readonly trace: Trace;
  readonly inputs: Readonly<Record<string, ResolvedInput>>;
}

/** The steps with some of the changes made and no others; each is brought about once. */
export class World {
  readonly #between: Between;
  readonly #made: ReadonlySet<string>;
  readonly #bring: (recombined: Recombined) => Promise<ArtifactsByRole | string>;
  readonly #known = new Map<string, Promise<ArtifactsByRole | string>>();

  constructor(
    between: Between,
    made: ReadonlySet<string>,
    bring: (recombined: Recombined) => Promise<ArtifactsByRole | string>,
  ) {
    this.#between = between;
    this.#made = made;
    this.#bring = bring;
  }

  outs(id: string): Promise<ArtifactsByRole | string> {
    const known = this.#known.get(id) ?? this.#find(id);
    this.#known.set(id, known);
    return known;
  }

  async #find(id: string): Promise<ArtifactsByRole | string> {
    const step = this.#between.steps.get(id);
    const { old, now } = both(this.#between, id);
    const base = old ?? now;
    if (step === undefined || base === undefined) return `${id} has no record in these runs`;
    const { name } = step.stage;
    const take = (change: string) => (this.#made.has(change) ? (now ?? base) : base);
    const code = take(`code ${name}`);
    const inputs = await this.#inputs(step, old, now);
    if (typeof inputs === 'string') return inputs;
    const parts: KeyParts = {
      ...base.parts,
      code: code.parts.code,
      outs: code.parts.outs,
      params: mixed(base.parts.params, now?.parts.params, (param) =>
        this.#made.has(`params ${name}.${param}`),
      ),
      stream: take(`stream ${name}`).parts.stream,
      environment: mixed(base.parts.environment, now?.parts.environment, (variable) =>
        this.#made.has(`environment ${name}.${variable}`),
      ),
      inputs: Object.fromEntries(inputs.map(({ role, digest }) => [role, digest])),
    };
    const seen = code.seen;
    const trace: Trace = { ...base, key: keyOf(parts), parts, seen };
    const declared = Object.fromEntries(inputs.map((each) => [each.role, each.declared]));
    return this.#bring({
      step: { ...step, inputs: declared },
      trace,
      inputs: Object.fromEntries(inputs.map(({ role, resolved }) => [role, resolved])),
    });
  }

  async #inputs(step: Step, old?: Trace, now?: Trace): Promise<Given[] | string> {
    const roles = new Set([old, now].flatMap((trace) => Object.keys(trace?.parts.inputs ?? {})));
    const found: Given[] = [];
    for (const role of roles) {
      const [was, is] = [old?.parts.inputs[role], now?.parts.inputs[role]];
      const cameOrWent = old !== undefined && now !== undefined && (was === undefined || is === undefined);
      const isMade = this.#made.has(`code ${step.stage.name}`);
      if (cameOrWent && (isMade ? is : was) === undefined) continue;
      const given = await this.#input(step, role, was, is);
      if (typeof given === 'string') return given;
      found.push({ role, ...given });
    }
    return found;
  }

  async #input(
    step: Step,
    role: string,
    was: InputDigest | undefined,
    is: InputDigest | undefined,
  ): Promise<Found | string> {
    const declared = step.inputs[role];
    const asWas = was ?? (is as InputDigest);
    if (declared === undefined) return fixed(this.#between.store, undefined, asWas);
    if (declared.type === 'source') {
      const digest = this.#made.has(`source ${declared.path}`) ? (is ?? asWas) : asWas;
      return fixed(this.#between.store, declared, digest);
    }
    if (declared.type === 'gather') {
      const cases = this.#made.has(`cases ${step.stage.name}.${role}`) ? (is ?? asWas) : asWas;
      return this.#gather(declared, cases as Exclude<InputDigest, string>);
    }
    const outs = await this.outs(declared.step);
    if (typeof outs === 'string') return outs;
    const reference = outs[declared.role];
    if (reference === undefined) return `${declared.step} has no out ${declared.role}`;
    return declared.type === 'item' ? this.#item(declared, reference) : one(reference, declared);
  }

  async #item(
    declared: Extract<StepInput, { type: 'item' }>,
    list: ArtifactReference,
  ): Promise<Found | string> {
    const { field, id } = declared;
    const items = itemsOf(this.#between.store);
    if (!items.ids(list.digest, field).map(String).includes(id)) return `there is no item ${id}`;
    const digest = await items.keep(list.digest, field, id);
    return { digest, declared, resolved: { type: 'one', digest, shape: 'file', extension: 'json' } };
  }

  /** Members that the pipeline no longer has stay as they were recorded. */
  async #gather(
    { members }: Extract<StepInput, { type: 'gather' }>,
    recorded: Exclude<InputDigest, string>,
  ): Promise<Found | string> {
    const byCase = new Map(members.map((member) => [formatCase(member.case), member]));
    const found = await Promise.all(
      recorded.map(([text, digest]) => this.#member(text, digest, byCase.get(text))),
    );
    const failed = found.find((each) => typeof each === 'string');
    if (failed !== undefined) return failed;
    const all = found.filter((each) => typeof each !== 'string');
    return {
      digest: all.map(({ text, reference }) => [text, reference.digest] as const),
      declared: { type: 'gather', members: all.map(({ member }) => member) },
      resolved: { type: 'gather', members: all.map(({ text, reference }) => ({ case: text, reference })) },
    };
  }

  async #member(text: string, digest: Digest, member: GatherMember | undefined): Promise<Member | string> {
    if (member === undefined) {
      const { declared, resolved } = inputOf(this.#between.store, undefined, [[text, digest]]);
      if (declared.type !== 'gather' || resolved.type !== 'gather') return `${text} is no case`;
      const [kept, as] = [declared.members[0], resolved.members[0]];
      if (kept === undefined || as === undefined) return `the record of ${text} is gone`;
      return { text, member: kept, reference: as.reference };
    }
    const outs = await this.outs(member.step);
    if (typeof outs === 'string') return outs;
    const reference = outs[member.role];
    return reference === undefined ? `${member.step} has no out ${member.role}` : { text, member, reference };
  }
}

interface Member {
  readonly text: string;
  readonly member: GatherMember;
  readonly reference: ArtifactReference;
}

/** An input as the key names it, and as it is read. */
interface Found extends InputFound {
  readonly digest: InputDigest;
}

interface Given extends Found {
  readonly role: string;
}

const one = (reference: ArtifactReference, declared: StepInput): Found => ({
  digest: reference.digest,
  declared,
  resolved: asOne(reference),
});

const fixed = (store: Store, declared: StepInput | undefined, digest: InputDigest): Found => ({
  digest,
  ...inputOf(store, declared, digest),
});

function mixed<T>(
  old: Readonly<Record<string, T>>,
  now: Readonly<Record<string, T>> | undefined,
  isMade: (name: string) => boolean,
): Record<string, T> {
  const names = new Set([...Object.keys(old), ...Object.keys(now ?? {})]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = now !== undefined && isMade(name) ? now[name] : old[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
