/** What the page knows of the project now: asked for every second while a run goes on, rarely when nobody looks. */
import type { UiPlan, UiState } from '../common/api.ts';
import { Refusal, ask } from './client.ts';

const pace = { live: 1000, calm: 2500, gone: 4000 } as const;

export interface Known {
  readonly state: UiState;
  readonly plan: UiPlan | undefined;
}

export class Live {
  #known: Known | undefined;
  #gone: string | undefined;
  readonly #listeners = new Set<() => void>();
  #timer = 0;

  /** Undefined until the first answer. */
  get known(): Known | undefined {
    return this.#known;
  }

  /** Why nothing new comes, if so. */
  get gone(): string | undefined {
    return this.#gone;
  }

  /** Calls back after every answer; returns what ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.#turn();
    });
    await this.#turn();
  }

  async #turn(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = 0;
    try {
      const state = await ask<UiState>('state');
      const plan = await this.#planFor(state);
      this.#known = { state, plan };
      this.#gone = undefined;
    } catch (error) {
      this.#gone = error instanceof Refusal ? error.message : String(error);
    }
    for (const listener of this.#listeners) listener();
    if (this.#timer !== 0) return;
    const isLive = (this.#known?.state.live.length ?? 0) > 0 || this.#known?.state.looking === true;
    const wait = this.#gone !== undefined ? pace.gone : isLive ? pace.live : pace.calm;
    this.#timer = window.setTimeout(() => {
      if (!document.hidden) void this.#turn();
    }, wait);
  }

  /** The plan is large: it is asked for when there is another. */
  async #planFor(state: UiState): Promise<UiPlan | undefined> {
    const known = this.#known?.plan;
    if (state.plan === 0 || state.plan === known?.plan) return known;
    if (state.problems.length > 0) return known;
    return ask<UiPlan>('plan');
  }
}
