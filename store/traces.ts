/** Traces by key and step, and the leases under which they are made. */
import type { Digest } from '../src/base/digest.ts';
import type { StepId } from '../src/model/case.ts';
import { Fault } from '../src/model/fault.ts';
import type { LeaseAnswer, Looked, OutDraft, Recording, TraceDraft, TraceShelf } from '../src/model/store.ts';
import type { Conflict, RecordRules, Trace } from '../src/model/trace.ts';
import { sealAll } from './artifacts.ts';
import type { Context } from './context.ts';
import { takeOuts } from './intake.ts';
import { type Ruled, demote, promote } from './record.ts';
import { inputDigests, rowOf } from './trace-row.ts';
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
  look(key: Digest): Looked {
    const current = currentTrace(this.#context, key);
    if (current?.isLost === false) return current;
    const trace = this.#context.pending.servable(key);
    if (current === undefined && trace === undefined) this.#context.sole.noteAbsent(key);
    return { trace, isLost: current !== undefined && trace === undefined };
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
    const { pending, sole, writer } = this.#context;
    // Our own record of the key, still queued, holds its lease until it is committed.
    if (pending.holds(key)) await writer.drain();
    return sole.lease(key, attempt, forced);
  }
  async release(key: Digest, attempt: string): Promise<void> {
    await this.#context.sole.release(key, attempt);
  }
  record(draft: TraceDraft, outs: Readonly<Record<string, OutDraft>>, rules: RecordRules): Recording {
    const { files, pending, sole, writer } = this.#context;
    const { references, artifacts } = takeOuts(outs, files);
    const trace: Trace = { ...draft, outs: references };
    const { key, parts } = trace;
    const fixed = {
      row: rowOf(trace),
      code: parts.code,
      inputs: [...inputDigests(parts.inputs)],
      artifacts,
      rules,
    };
    pending.addArtifacts(artifacts);
    pending.addTrace(trace);
    sole.noteRecord(key);
    const ruled = writer.add<Ruled>({
      durable: true,
      ready: sealAll(this.#context, artifacts),
      writing: () => ({ type: 'record', draft: { ...fixed, leased: sole.areListed } }),
      released: () => {
        pending.removeArtifacts(artifacts);
        pending.removeTrace(trace);
        sole.forget(key, trace.attempt);
      },
    });
    const settled = ruled.then((answer) =>
      answer.type === 'recorded' ? { ...answer, current: trace } : answer,
    );
    settled.catch(() => undefined); // told by flush as well: nobody need listen
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
