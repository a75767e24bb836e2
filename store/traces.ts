/** Traces by key and step, and the leases under which they are made. */
import type { Digest } from '../src/base/digest.ts';
import type { StepId } from '../src/model/case.ts';
import { Fault } from '../src/model/fault.ts';
import type { LeaseAnswer, OutDraft, Recording, TraceDraft, TraceShelf } from '../src/model/store.ts';
import type { Conflict, RecordRules, Trace } from '../src/model/trace.ts';
import { sealAll } from './artifacts.ts';
import type { Context } from './context.ts';
import { takeOuts } from './intake.ts';
import { dropLease, grantLease } from './leases.ts';
import { demote, promote, recordTrace } from './record.ts';
import { inputDigests, textsOf } from './trace-row.ts';
import {
  allConflicts,
  currentTrace,
  findTrace,
  findTraces,
  meanPrices,
  newestTrace,
  newestTraces,
  tracesBy,
} from './trace-table.ts';

export class Traces implements TraceShelf {
  readonly #context: Context;
  constructor(context: Context) {
    this.#context = context;
  }
  find(key: Digest): Trace | undefined {
    return findTrace(this.#context, key);
  }
  findAll(keys: readonly Digest[]): ReadonlyMap<Digest, Trace> {
    return findTraces(this.#context, keys);
  }
  isLost(key: Digest): boolean {
    return currentTrace(this.#context, key)?.isLost === true && !this.#context.pending.servable(key);
  }
  newest(step: StepId): Trace | undefined {
    return newestTrace(this.#context, step);
  }
  newestAll(steps: readonly StepId[]): ReadonlyMap<StepId, Trace> {
    return newestTraces(this.#context, steps);
  }
  ofStep(step: StepId): readonly Trace[] {
    const { db, pending } = this.#context;
    return [...pending.ofStep(step).toReversed(), ...tracesBy(db, 't.step = ?', step)];
  }
  stagePrices(): ReadonlyMap<string, number> {
    return meanPrices(this.#context);
  }
  producing(digest: Digest): readonly Trace[] {
    const { db, pending } = this.#context;
    const queued = pending.tracesWhere(({ outs }) =>
      Object.values(outs).some((out) => out.digest === digest),
    );
    return [
      ...queued,
      ...tracesBy(
        db,
        't.id IN (SELECT trace FROM trace_out JOIN artifact ON id = artifact WHERE digest = ?)',
        digest,
      ),
    ];
  }
  consuming(digest: Digest): readonly Trace[] {
    const { db, pending } = this.#context;
    const queued = pending.tracesWhere(({ parts }) => inputDigests(parts.inputs).has(digest));
    return [
      ...queued,
      ...tracesBy(
        db,
        't.id IN (SELECT trace FROM trace_input JOIN artifact ON id = artifact WHERE digest = ?)',
        digest,
      ),
    ];
  }
  async lease(key: Digest, attempt: string, forced: boolean): Promise<LeaseAnswer> {
    const { leases, pending, writer } = this.#context;
    // Our own record of the key, still queued, holds its lease until it is committed.
    if (pending.holds(key)) await writer.drain();
    return leases.add({ apply: () => grantLease(this.#context, key, attempt, forced) }, true);
  }
  async release(key: Digest, attempt: string): Promise<void> {
    await this.#context.leases.add({ apply: () => dropLease(this.#context, key, attempt) }, true);
  }
  record(draft: TraceDraft, outs: Readonly<Record<string, OutDraft>>, rules: RecordRules): Recording {
    const { files, pending, writer } = this.#context;
    const { references, artifacts } = takeOuts(outs, files);
    const trace: Trace = { ...draft, outs: references };
    const texts = textsOf(trace);
    pending.addArtifacts(artifacts);
    pending.addTrace(trace);
    const settled = writer.add({
      durable: true,
      ready: sealAll(this.#context, artifacts),
      apply: () => recordTrace(this.#context, { trace, texts, artifacts, rules }),
      released: () => {
        pending.removeArtifacts(artifacts);
        pending.removeTrace(trace);
      },
    });
    return { trace, settled };
  }
  conflicts(): readonly Conflict[] {
    return allConflicts(this.#context);
  }
  async resolve(key: Digest, attempt: string): Promise<void> {
    await this.#context.writer.drain();
    await this.#context.writer.add({ durable: true, apply: () => this.#choose(key, attempt) }, true);
  }

  #choose(key: Digest, attempt: string): void {
    const chosen = tracesBy(this.#context.db, "t.key = ? AND t.standing <> 'torn'", key).find(
      (trace) => trace.attempt === attempt,
    );
    if (chosen === undefined)
      throw new Fault('usage', `no attempt ${attempt} is recorded for the key ${key}.`);
    demote(this.#context, key, 'past');
    this.#context.db.run("UPDATE trace SET standing = 'past' WHERE key = ? AND standing = 'rival'", key);
    promote(this.#context, chosen);
  }
}
