/** What this process has queued and the database does not hold yet: reads look here too. */
import type { Digest } from '../src/base/digest.ts';
import type { StepId } from '../src/model/case.ts';
import type { RunEvent } from '../src/model/event.ts';
import type { Trace } from '../src/model/trace.ts';
import type { Incoming } from './local.ts';

/** Small things that gather under a name until they are written; those on their way there take no more, and are seen. */
export class Gatherings<T> {
  readonly #open = new Map<string, T>();
  readonly #all = new Map<string, T[]>();

  /** The one that takes more, where there is one. */
  open(name: string): T | undefined {
    return this.#open.get(name);
  }
  /** Oldest first. */
  all(name: string): readonly T[] {
    return this.#all.get(name) ?? [];
  }
  start(name: string, things: T): void {
    this.#open.set(name, things);
    append(this.#all, name, things);
  }
  /** It is about to be written. */
  close(name: string): void {
    this.#open.delete(name);
  }
  /** It is written, or never will be. */
  drop(name: string, things: T): void {
    if (this.#open.get(name) === things) this.close(name);
    remove(this.#all, name, things);
  }
}

export class Pending {
  readonly #artifacts = new Map<Digest, Incoming[]>();
  readonly #byKey = new Map<Digest, Trace[]>();
  readonly #byStep = new Map<StepId, Trace[]>();
  /** In the order recorded. */
  readonly traces = new Set<Trace>();
  /** Artifacts to be marked as used. */
  readonly touched = new Gatherings<Set<Digest>>();
  readonly memos = new Gatherings<Map<string, string>>();
  readonly events = new Gatherings<RunEvent[]>();

  addArtifacts(artifacts: readonly Incoming[]): void {
    for (const artifact of artifacts) append(this.#artifacts, artifact.digest, artifact);
  }
  removeArtifacts(artifacts: readonly Incoming[]): void {
    for (const artifact of artifacts) remove(this.#artifacts, artifact.digest, artifact);
  }
  artifact(digest: Digest): Incoming | undefined {
    return this.#artifacts.get(digest)?.[0];
  }
  get digests(): Iterable<Digest> {
    return this.#artifacts.keys();
  }

  addTrace(trace: Trace): void {
    this.traces.add(trace);
    append(this.#byKey, trace.key, trace);
    append(this.#byStep, trace.step, trace);
  }
  removeTrace(trace: Trace): void {
    this.traces.delete(trace);
    remove(this.#byKey, trace.key, trace);
    remove(this.#byStep, trace.step, trace);
  }
  holds(key: Digest): boolean {
    return this.#byKey.has(key);
  }
  /** The first one queued for the key that may be served. */
  servable(key: Digest): Trace | undefined {
    return this.#byKey.get(key)?.find((trace) => !trace.torn);
  }
  /** Oldest first. */
  ofStep(step: StepId): readonly Trace[] {
    return this.#byStep.get(step) ?? [];
  }
  newest(step: StepId): Trace | undefined {
    return this.ofStep(step).findLast((trace) => !trace.torn);
  }
  /** Newest first. */
  tracesWhere(wanted: (trace: Trace) => boolean): Trace[] {
    return this.traces.size === 0 ? [] : [...this.traces].filter(wanted).reverse();
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function remove<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const rest = (map.get(key) ?? []).filter((one) => one !== value);
  if (rest.length === 0) map.delete(key);
  else map.set(key, rest);
}
