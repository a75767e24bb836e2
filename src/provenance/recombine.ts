/** The results that some of the changes between two runs would have given without the others. */
import type { Digest } from '../base/digest.ts';
import type { ArtifactsByRole } from '../model/store.ts';
import type { Between } from './changes.ts';
import { type Recombined, World } from './world.ts';

/** Executes, keeps the outs' bytes in the store, and gives them; a message where it failed. */
export type Execute = (recombined: Recombined) => Promise<ArtifactsByRole | string>;

/** Results of steps with some of the changes made, upstream first; every key is executed once at most. */
export class Recombiner {
  readonly #between: Between;
  readonly #execute: Execute;
  readonly #known = new Map<Digest, Promise<ArtifactsByRole | string>>();
  readonly reused = new Set<Digest>();
  readonly executed = new Set<Digest>();

  constructor(between: Between, execute: Execute) {
    this.#between = between;
    this.#execute = execute;
  }

  /** The outs of a step with these changes made and no others; a message where it cannot be had. */
  outs(id: string, made: ReadonlySet<string>): Promise<ArtifactsByRole | string> {
    return new World(this.#between, made, (recombined) => this.#bring(recombined)).outs(id);
  }

  #bring(recombined: Recombined): Promise<ArtifactsByRole | string> {
    const { key } = recombined.trace;
    const known = this.#known.get(key) ?? this.#find(recombined);
    this.#known.set(key, known);
    return known;
  }

  async #find(recombined: Recombined): Promise<ArtifactsByRole | string> {
    const { key } = recombined.trace;
    const recorded = this.#between.store.traces.find(key);
    (recorded === undefined ? this.executed : this.reused).add(key);
    return recorded?.outs ?? this.#execute(recombined);
  }
}
