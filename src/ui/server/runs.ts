/** Runs as the page shows them: rows of a list, and how far each is. Finished ones are read once. */
import type { Run } from '../../model/run.ts';
import type { Store } from '../../model/store.ts';
import { viewRun } from '../../provenance/run-view.ts';
import type { RunPage, RunProgress, RunRow, Span } from '../common/api.ts';
import { type Folded, foldOn, newFold } from './fold.ts';

/** Steps whose events are read anew at most this often while a run goes on. */
const freshFor = 500;
const mostKept = 12;
const mostNotes = 200;

interface Kept {
  readonly fold: Folded;
  readAt: number;
  done: boolean;
}

export class RunReader {
  readonly #store: () => Store;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  #of: Store | undefined;

  constructor(store: () => Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  progress(run: Run): RunProgress {
    const fold = this.#read(run);
    const { steps, since, stages, notes } = fold;
    const counted = run.status === 'running' ? countsOf(fold) : run.counts;
    return {
      ...rowOf(run),
      ...counted,
      total: Math.max(steps.size, counted.hits + counted.executed + counted.failed + counted.skipped),
      running: [...since].map(([step, at]) => ({ step, since: at })),
      left: run.status === 'running' ? this.#left(fold) : undefined,
      stages: [...stages.values()],
      notes: notes.slice(-mostNotes),
    };
  }

  /** With what was said of steps since event number `after`; for a repeated run, what the run that it repeats said. */
  page(run: Run, after: number): RunPage {
    const own = this.#read(run);
    const store = this.#store();
    const other =
      own.repeats === undefined ? undefined : store.runs.list().find(({ id }) => id === own.repeats);
    const told = other === undefined ? own : this.#read(other);
    const { changes, claims, stages } = told;
    return {
      ...this.progress(run),
      of: other?.id ?? run.id,
      stages: [...stages.values()],
      changes: changes.slice(after),
      next: changes.length,
      spans: run.status === 'running' || after > 0 ? [] : spansOf(store, run),
      claims,
      machine: run.machine,
    };
  }

  #read(run: Run): Folded {
    const store = this.#store();
    if (store !== this.#of) this.#kept.clear();
    this.#of = store;
    const kept = this.#kept.get(run.id) ?? { fold: newFold(), readAt: 0, done: false };
    if (!kept.done && this.#now() - kept.readAt >= freshFor) {
      foldOn(kept.fold, store.runs.events(run.id), this.#now());
      kept.readAt = this.#now();
      kept.done = run.status !== 'running';
      if (kept.done) kept.fold.since.clear();
    }
    this.#kept.delete(run.id);
    this.#kept.set(run.id, kept);
    for (const id of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(id);
    return kept.fold;
  }

  /** What the open steps cost last time, over as many as run at once. */
  #left({ prices, since }: Folded): number | undefined {
    if (prices.size === 0) return undefined;
    const now = this.#now();
    const rests = [...prices].map(([step, price]) =>
      Math.max(price / 10, price - (now - (since.get(step) ?? now))),
    );
    return Math.max(Math.max(...rests), rests.reduce((sum, rest) => sum + rest, 0) / Math.max(1, since.size));
  }
}

function countsOf({ stages }: Folded): Pick<RunRow, 'hits' | 'executed' | 'failed' | 'skipped'> {
  const sum = (name: 'hits' | 'executed' | 'failed' | 'skipped') =>
    [...stages.values()].reduce((total, row) => total + row[name], 0);
  return { hits: sum('hits'), executed: sum('executed'), failed: sum('failed'), skipped: sum('skipped') };
}

export function rowOf({ id, at, finishedAt, status, profile, command, counts }: Run): RunRow {
  const { hits, executed, failed, skipped } = counts;
  return { id, at, finishedAt, status, profile, command: command.join(' '), hits, executed, failed, skipped };
}

/** From the records of what this very run executed: each ended at `at` and took `cost.wall`. */
function spansOf(store: Store, run: Run): Span[] {
  const view = viewRun(store, run);
  return [...view.steps.values()].flatMap(({ step, trace }) => {
    if (trace === undefined || trace.run !== run.id) return [];
    const to = trace.at - run.at;
    return [{ step, from: Math.max(0, to - trace.cost.wall), to }];
  });
}
