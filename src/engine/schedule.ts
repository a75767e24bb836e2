/** Brings every step up to date, as many at once as fit, the longest remaining path first. */
import type { Digest } from '../base/digest.ts';
import { Heap } from '../base/heap.ts';
import type { RunEvent } from '../model/event.ts';
import type { PlannedStep, Verdict } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { ArtifactsByRole } from '../model/store.ts';
import { Board } from './board.ts';
import type { Brought } from './bring.ts';
import type { Capacity } from './capacity.ts';

/** A step that must execute, as its verdict says. */
export interface Due {
  readonly step: Step;
  readonly verdict: Extract<Verdict, { type: 'miss' }>;
  /** Larger starts first. */
  readonly priority: number;
}

export interface Work {
  /** Decides a step whose upstream is done. Rejects with a Fault for a source that is gone. */
  readonly decide: (step: Step, board: Board) => Promise<Verdict>;
  readonly bring: (due: Due, board: Board) => Promise<Brought>;
  /** The steps that a finished step adds to the plan (a matrix over its items), with their priorities set. */
  readonly expand: (step: Step, board: Board) => Promise<readonly Step[]>;
  /** Larger starts first. */
  readonly priority: (step: Step) => number;
  readonly capacity: Capacity;
  readonly keepGoing: boolean;
  readonly stop: AbortSignal;
  readonly emit: (event: RunEvent) => void;
}

/** What became of the steps. `open` is what was never started. */
export interface Tally {
  hits: number;
  executed: number;
  failed: number;
  skipped: number;
  open: number;
  readonly done: Map<string, { readonly outs: ArtifactsByRole; readonly key: string }>;
}

/**
 * Runs until nothing more can be done. A failed step stops only what needs it, and what is not yet started unless
 * `keepGoing`; aborting `stop` lets running steps end. Rejects where the store cannot go on.
 */
export async function schedule(planned: readonly PlannedStep[], work: Work): Promise<Tally> {
  return new Schedule(planned, work).run();
}

class Schedule {
  readonly #work: Work;
  readonly #board = new Board();
  readonly #verdicts = new Map<string, Verdict>();
  readonly #due: Heap<Due>;
  readonly #tally: Tally = { hits: 0, executed: 0, failed: 0, skipped: 0, open: 0, done: new Map() };
  #fresh: Step[] = [];
  #running = 0;
  #broken: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(planned: readonly PlannedStep[], work: Work) {
    this.#work = work;
    this.#due = new Heap((a, b) => a.priority > b.priority);
    for (const { step, verdict } of planned)
      if (verdict.type !== 'waits') this.#verdicts.set(step.id, verdict);
    this.#add(planned.map(({ step }) => step));
  }

  async run(): Promise<Tally> {
    for (;;) {
      await this.#decideFresh();
      this.#start();
      if (this.#broken) throw this.#broken.error;
      if (this.#running === 0) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#tally;
  }

  #add(steps: readonly Step[]): void {
    this.#tally.open += steps.length;
    this.#fresh.push(...this.#board.add(steps));
  }

  get #stopped(): boolean {
    return this.#work.stop.aborted || (this.#tally.failed > 0 && !this.#work.keepGoing);
  }

  /** Verdicts of steps that became ready; a hit makes others ready in the same pass. */
  async #decideFresh(): Promise<void> {
    while (this.#fresh.length > 0) {
      const steps = this.#fresh;
      this.#fresh = [];
      for (const step of steps) await this.#decideStep(step);
    }
  }

  async #decideStep(step: Step): Promise<void> {
    const verdict = this.#verdicts.get(step.id) ?? (await this.#work.decide(step, this.#board));
    if (verdict.type === 'miss')
      return this.#due.push({ step, verdict, priority: this.#work.priority(step) });
    if (verdict.type === 'waits') throw new Error(`step ${step.id} waits though all it needs is done`);
    this.#hit(step, verdict.key, verdict.trace.outs);
    await this.#finish(step, verdict.key, verdict.trace.outs);
  }

  #hit(step: Step, key: Digest, outs: ArtifactsByRole): void {
    this.#tally.hits += 1;
    this.#work.emit({ type: 'hit', step: step.id, key, outs });
  }

  async #finish(step: Step, key: string, outs: ArtifactsByRole): Promise<void> {
    this.#tally.open -= 1;
    this.#tally.done.set(step.id, { outs, key });
    this.#fresh.push(...this.#board.finish(step.id, outs));
    const more = await this.#work.expand(step, this.#board);
    if (more.length === 0) return;
    this.#work.emit({
      type: 'expanded',
      stage: (more[0] as Step).stage.name,
      steps: more.map((each) => each.id),
    });
    this.#add(more);
  }

  #start(): void {
    const held: Due[] = [];
    while (this.#due.size > 0 && !this.#work.capacity.isFull() && !this.#stopped) {
      const due = this.#due.pop() as Due;
      if (this.#work.capacity.fits(due.step.stage.resources)) this.#launch(due);
      else held.push(due);
      // Past a few that do not fit, what is left is not worth searching before something ends.
      if (held.length > 64) break;
    }
    for (const due of held) this.#due.push(due);
  }

  #launch(due: Due): void {
    const { resources } = due.step.stage;
    this.#work.capacity.take(resources);
    this.#running += 1;
    const end = async () => {
      try {
        await this.#settle(due, await this.#work.bring(due, this.#board));
      } catch (error) {
        this.#broken ??= { error };
      } finally {
        this.#work.capacity.give(resources);
        this.#running -= 1;
        this.#wake();
      }
    };
    void end();
  }

  async #settle(due: Due, brought: Brought): Promise<void> {
    if (brought.type === 'stopped') return;
    if (brought.type === 'failed') return this.#fail(due.step);
    const { key, outs } = brought.trace;
    if (brought.how === 'executed') this.#tally.executed += 1;
    else this.#hit(due.step, key, outs);
    await this.#finish(due.step, key, outs);
  }

  #fail(step: Step): void {
    this.#tally.failed += 1;
    this.#tally.open -= 1;
    for (const lost of this.#board.fail(step.id)) {
      this.#tally.skipped += 1;
      this.#tally.open -= 1;
      this.#work.emit({ type: 'skipped', step: lost.id, because: [step.id] });
    }
  }
}
