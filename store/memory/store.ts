/** A store that lives and dies with the process: for tests, and for looking at a project that has none yet. */
import type { GarbageReport, GarbageRoots } from '../../src/model/store.ts';
import type { GarbageOptions, LocalStore } from '../local.ts';
import { describeOwner, thisProcess } from '../owner.ts';
import { MemoryArtifacts } from './artifacts.ts';
import { MemoryAudits } from './audits.ts';
import { collectMemoryGarbage } from './gc.ts';
import { MemoryRuns } from './runs.ts';
import { MemoryMemos, MemoryPins, MemoryPublished } from './shelves.ts';
import { MemoryTraces } from './traces.ts';

export interface MemoryOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A new, empty store. What is recorded is settled at once. */
export function memoryStore(options: MemoryOptions = {}): LocalStore {
  return new MemoryStore(options.now ?? Date.now);
}

class MemoryStore implements LocalStore {
  readonly artifacts: MemoryArtifacts;
  readonly traces: MemoryTraces;
  readonly runs = new MemoryRuns();
  readonly memos = new MemoryMemos();
  readonly published = new MemoryPublished();
  readonly audits = new MemoryAudits((name) => this.traces.knows(name));
  readonly pins = new MemoryPins();
  readonly #now: () => number;
  #epoch = 0;

  constructor(now: () => number) {
    this.#now = now;
    const changed = (): void => void (this.#epoch += 1);
    this.artifacts = new MemoryArtifacts(now, changed);
    const hold = (run: string, key: Parameters<MemoryTraces['find']>[0]): void =>
      void this.runs.hold(run, [key]);
    this.traces = new MemoryTraces(this.artifacts, hold, changed, describeOwner(thisProcess()));
  }
  epoch(): number {
    return this.#epoch;
  }
  async flush(): Promise<void> {}
  async close(): Promise<void> {}
  async collectGarbage(roots: GarbageRoots, options?: GarbageOptions): Promise<GarbageReport> {
    const report = collectMemoryGarbage({ ...this.#parts() }, roots, options);
    if (report.traces + report.artifacts > 0 && options?.dryRun !== true) this.#epoch += 1;
    return report;
  }
  #parts(): Parameters<typeof collectMemoryGarbage>[0] {
    const { artifacts, traces, runs, published, pins } = this;
    return { artifacts, traces, runs, published, pins, now: this.#now };
  }
}
