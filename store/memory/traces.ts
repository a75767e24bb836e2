/** Traces and leases in memory: every question is a walk over one list. */
import type { Digest } from '../../src/base/digest.ts';
import type { TraceName } from '../../src/model/audit.ts';
import type { StepId } from '../../src/model/case.ts';
import { Fault } from '../../src/model/fault.ts';
import type {
  LeaseAnswer,
  Looked,
  OutDraft,
  Recorded,
  Recording,
  TraceDraft,
  TraceShelf,
} from '../../src/model/store.ts';
import type { Conflict, RecordRules, Trace } from '../../src/model/trace.ts';
import { takeOuts } from '../intake.ts';
import { type Ruling, judge } from '../judge.ts';
import { type Standing, inputDigests, rowOf } from '../trace-row.ts';
import { meanOf } from '../trace-table.ts';
import type { MemoryArtifacts } from './artifacts.ts';

export interface Listed {
  readonly trace: Trace;
  standing: Standing;
}

export class MemoryTraces implements TraceShelf {
  /** Oldest first. */
  listed: Listed[] = [];
  readonly leases = new Map<Digest, string>();
  readonly #artifacts: MemoryArtifacts;
  readonly #hold: (run: string, key: Digest) => void;
  readonly #changed: () => void;
  readonly #owner: string;

  constructor(
    artifacts: MemoryArtifacts,
    hold: (run: string, key: Digest) => void,
    changed: () => void,
    owner: string,
  ) {
    this.#artifacts = artifacts;
    this.#hold = hold;
    this.#changed = changed;
    this.#owner = owner;
  }
  find(key: Digest): Trace | undefined {
    const current = this.#current(key)?.trace;
    return current && this.#isComplete(current) ? current : undefined;
  }
  findAll(keys: readonly Digest[]): ReadonlyMap<Digest, Trace> {
    return gathered(keys, (key) => this.find(key));
  }
  knows({ key, attempt }: TraceName): boolean {
    return this.listed.some(({ trace }) => trace.key === key && trace.attempt === attempt);
  }
  look(key: Digest): Looked {
    const trace = this.find(key);
    return { trace, isLost: trace === undefined && this.#current(key) !== undefined };
  }
  newest(step: StepId): Trace | undefined {
    return this.ofStep(step).find((trace) => !trace.torn);
  }
  newestAll(steps: readonly StepId[]): ReadonlyMap<StepId, Trace> {
    return gathered(steps, (step) => this.newest(step));
  }
  ofStep(step: StepId): readonly Trace[] {
    return this.#where((trace) => trace.step === step);
  }
  stagePrices(): ReadonlyMap<string, number> {
    const traces = this.#where((trace) => !trace.torn);
    return gathered(
      traces.map((trace) => trace.stage),
      (stage) => meanOf(traces.filter((trace) => trace.stage === stage).map((trace) => trace.cost.wall)),
    );
  }
  producing(digest: Digest): readonly Trace[] {
    return this.#where(({ outs }) => Object.values(outs).some((out) => out.digest === digest));
  }
  consuming(digest: Digest): readonly Trace[] {
    return this.#where(({ parts }) => inputDigests(parts.inputs).has(digest));
  }
  async lease(key: Digest, attempt: string, forced: boolean): Promise<LeaseAnswer> {
    const trace = forced ? undefined : this.find(key);
    if (trace !== undefined) return { type: 'found', trace };
    if ((this.leases.get(key) ?? attempt) !== attempt) return { type: 'held', owner: this.#owner };
    this.leases.set(key, attempt);
    return { type: 'granted' };
  }
  async release(key: Digest, attempt: string): Promise<void> {
    if (this.leases.get(key) === attempt) this.leases.delete(key);
  }
  record(draft: TraceDraft, outs: Readonly<Record<string, OutDraft>>, rules: RecordRules): Recording {
    const { references, artifacts } = takeOuts(outs);
    const trace: Trace = { ...draft, outs: references };
    rowOf(trace); // refuses what JSON cannot hold, as every store must
    const current = this.#current(trace.key)?.trace;
    const isLost = current !== undefined && !this.#isComplete(current);
    if (artifacts.length > 0) this.#artifacts.keep(artifacts);
    void this.release(trace.key, trace.attempt);
    this.#hold(trace.run, trace.key);
    const rivals = this.#rivals(trace.key);
    const ruling = judge(trace, { current, isLost, rivals }, rules, (digest) =>
      this.#artifacts.isPresent(digest) ? this.#artifacts.read(digest) : undefined,
    );
    return { trace, settled: Promise.resolve(this.#enact(trace, ruling)) };
  }
  conflicts(): readonly Conflict[] {
    const keys = new Set(this.listed.filter((one) => one.standing === 'rival').map((one) => one.trace.key));
    return [...keys].sort().flatMap((key) => {
      const current = this.#current(key)?.trace;
      return current ? [{ key, step: current.step, current, others: this.#rivals(key) }] : [];
    });
  }
  async resolve(key: Digest, attempt: string): Promise<void> {
    const ofKey = this.listed.filter((one) => one.trace.key === key && one.standing !== 'torn');
    const chosen = ofKey.find((one) => one.trace.attempt === attempt);
    if (chosen === undefined)
      throw new Fault('usage', `no attempt ${attempt} is recorded for the key ${key}.`);
    for (const one of ofKey) one.standing = one === chosen ? 'current' : 'past';
    this.#changed();
  }

  #enact(trace: Trace, ruling: Ruling): Recorded {
    switch (ruling.type) {
      case 'torn':
        this.listed.push({ trace, standing: 'torn' });
        return { type: 'recorded', current: trace };
      case 'same':
        return { type: 'same', current: ruling.current };
      case 'current':
        this.#replace(trace.key, 'past', trace);
        return { type: 'recorded', current: trace };
      case 'conflict':
        return this.#keepRival(trace, ruling);
    }
  }
  #keepRival(trace: Trace, ruling: Ruling & { type: 'conflict' }): Recorded {
    const { current, known, roles, takesOver } = ruling;
    const other = known ?? trace;
    if (takesOver) {
      this.#replace(trace.key, 'rival', other);
      return { type: 'conflict', current: other, other: current, roles };
    }
    if (known === undefined) this.listed.push({ trace, standing: 'rival' });
    return { type: 'conflict', current, other, roles };
  }
  /** Makes a trace current and gives the one before it another standing. */
  #replace(key: Digest, standing: Standing, trace: Trace): void {
    const before = this.#current(key);
    if (before !== undefined) {
      before.standing = standing;
      this.#changed();
    }
    const kept = this.listed.find((one) => one.trace === trace);
    if (kept !== undefined) kept.standing = 'current';
    else this.listed.push({ trace, standing: 'current' });
  }
  #current(key: Digest): Listed | undefined {
    return this.listed.find((one) => one.trace.key === key && one.standing === 'current');
  }
  #rivals(key: Digest): Trace[] {
    const rivals = this.listed.filter((one) => one.trace.key === key && one.standing === 'rival');
    return rivals.map((one) => one.trace);
  }
  #isComplete(trace: Trace): boolean {
    return Object.values(trace.outs).every((out) => this.#artifacts.isPresent(out.digest));
  }
  #where(wanted: (trace: Trace) => boolean): Trace[] {
    return this.listed
      .map((one) => one.trace)
      .filter(wanted)
      .reverse();
  }
}

function gathered<K, V>(keys: readonly K[], find: (key: K) => V | undefined): Map<K, V> {
  const found = new Map<K, V>();
  for (const key of keys) {
    const value = found.has(key) ? undefined : find(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}
