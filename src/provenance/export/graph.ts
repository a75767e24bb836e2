/** A JSON-LD graph under construction: entities by their id, each told once. */
import type { Json } from '../../model/json.ts';

type Properties = Readonly<Record<string, Json | undefined>>;

interface Reference {
  readonly '@id': string;
  readonly [name: string]: Json;
}

export const ref = (id: string): Reference => ({ '@id': id });
export const refs = (ids: Iterable<string>): Reference[] => [...new Set(ids)].map(ref);

/** A local id: `#` and parts that may hold anything. */
export const localId = (...parts: readonly string[]): string =>
  `#${parts.map((part) => encodeURIComponent(part).replace(/%2C/g, ',').replace(/%3D/g, '=').replace(/%40/g, '@')).join('/')}`;

export class EntityGraph {
  readonly #entities = new Map<string, Properties>();

  /** Adds an entity, where none has the id yet; gives the id. */
  add(id: string, type: string | readonly string[], properties: Properties): string {
    if (!this.#entities.has(id)) this.#entities.set(id, { '@id': id, '@type': type, ...properties });
    return id;
  }

  /** In the order they were added; what is undefined or an empty list is left out. */
  entities(): Record<string, Json>[] {
    return [...this.#entities.values()].map((entity) => {
      const told = Object.entries(entity).filter(
        ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
      );
      return Object.fromEntries(told) as Record<string, Json>;
    });
  }
}

/** Milliseconds since 1970 as ISO 8601 in UTC. */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** The same with the offset as a number: the validators of the Workflow Run profiles know no `Z`. */
export const offsetTime = (at: number): string => isoTime(at).replace('Z', '+00:00');
