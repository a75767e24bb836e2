/** Runs in memory. */
import type { Digest } from '../../src/base/digest.ts';
import type { StepId } from '../../src/model/case.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { Run, RunCounts, RunStart, RunStatus } from '../../src/model/run.ts';
import type { FailedAttempt, RunShelf } from '../../src/model/store.ts';
import { noCounts } from '../runs.ts';

export class MemoryRuns implements RunShelf {
  /** Oldest first. */
  readonly runs = new Map<string, Run>();
  /** Run to the keys it found or recorded. */
  readonly keys = new Map<string, Set<Digest>>();
  readonly #events = new Map<string, RunEvent[]>();
  readonly #failures: FailedAttempt[] = [];

  async start(run: RunStart): Promise<void> {
    this.runs.set(run.id, { ...run, status: 'running', counts: noCounts });
  }
  append(run: string, events: readonly RunEvent[]): void {
    this.#events.set(run, [...(this.#events.get(run) ?? []), ...events]);
  }
  async finish(run: string, status: RunStatus, counts: RunCounts, at: number): Promise<void> {
    const found = this.runs.get(run);
    if (found !== undefined) this.runs.set(run, { ...found, status, counts, finishedAt: at });
  }
  list(most = Infinity): readonly Run[] {
    const newestFirst = [...this.runs.values()].reverse().sort((a, b) => b.at - a.at);
    return newestFirst.slice(0, most);
  }
  events(run: string): readonly RunEvent[] {
    return this.#events.get(run) ?? [];
  }
  async hold(run: string, keys: readonly Digest[]): Promise<void> {
    const held = this.keys.get(run) ?? new Set();
    for (const key of keys) held.add(key);
    this.keys.set(run, held);
  }
  async fail(attempt: FailedAttempt): Promise<void> {
    this.#failures.push(attempt);
  }
  failures(step: StepId): readonly FailedAttempt[] {
    return this.#failures.filter((attempt) => attempt.step === step).reverse();
  }
}
