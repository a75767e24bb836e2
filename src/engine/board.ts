/** Keeps track of a growing graph of steps: which are done, which are ready, which can never be. */
import type { StepId } from '../model/case.ts';
import type { Step } from '../model/step.ts';
import type { ArtifactsByRole } from '../model/store.ts';
import { needsOf } from './graph.ts';

export class Board {
  readonly #steps = new Map<StepId, Step>();
  readonly #missing = new Map<StepId, number>();
  readonly #dependents = new Map<StepId, StepId[]>();
  readonly #done = new Map<StepId, ArtifactsByRole>();
  readonly #dead = new Set<StepId>();

  /** Adds steps; returns those that are ready already. */
  add(steps: readonly Step[]): Step[] {
    for (const step of steps) this.#steps.set(step.id, step);
    return steps.filter((step) => {
      const open = needsOf(step).filter((need) => !this.#done.has(need));
      this.#missing.set(step.id, open.length);
      for (const need of open) this.#listFor(need).push(step.id);
      return open.length === 0;
    });
  }

  has(id: StepId): boolean {
    return this.#steps.has(id);
  }

  /** The outs of a step that is done. */
  known(id: StepId): ArtifactsByRole | undefined {
    return this.#done.get(id);
  }

  /** Marks a step done; returns the steps that become ready by it. */
  finish(id: StepId, outs: ArtifactsByRole): Step[] {
    this.#done.set(id, outs);
    const ready: Step[] = [];
    for (const next of this.#dependents.get(id) ?? []) {
      const left = (this.#missing.get(next) as number) - 1;
      this.#missing.set(next, left);
      if (left === 0 && !this.#dead.has(next)) ready.push(this.#steps.get(next) as Step);
    }
    return ready;
  }

  /** Marks a step failed; returns all steps below it that now can never be, each once. */
  fail(id: StepId): Step[] {
    this.#dead.add(id);
    const lost: Step[] = [];
    const queue = [id];
    for (const at of queue) {
      for (const next of this.#dependents.get(at) ?? []) {
        if (this.#dead.has(next)) continue;
        this.#dead.add(next);
        lost.push(this.#steps.get(next) as Step);
        queue.push(next);
      }
    }
    return lost;
  }

  #listFor(id: StepId): StepId[] {
    const list = this.#dependents.get(id) ?? [];
    this.#dependents.set(id, list);
    return list;
  }
}

/** Each step's longest way to an end, in expected milliseconds: what starts first among the ready. */
export function remainingPaths(ordered: readonly Step[], price: (step: Step) => number): Map<StepId, number> {
  const remaining = new Map<StepId, number>();
  for (let i = ordered.length - 1; i >= 0; i--) {
    const step = ordered[i] as Step;
    const here = (remaining.get(step.id) ?? 0) + price(step);
    remaining.set(step.id, here);
    for (const need of needsOf(step)) remaining.set(need, Math.max(remaining.get(need) ?? 0, here));
  }
  return remaining;
}
