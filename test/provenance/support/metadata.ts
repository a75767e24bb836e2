/** Asks ro-crate-metadata.json as any reader of JSON-LD would: entities by id, references followed. */

export type Entity = Readonly<Record<string, unknown>> & { readonly '@id': string };

export interface Metadata {
  readonly all: readonly Entity[];
  readonly byId: (id: string) => Entity;
  /** The entities that a property refers to. */
  readonly follow: (entity: Entity, property: string) => readonly Entity[];
  readonly ofType: (type: string) => readonly Entity[];
}

export function readMetadata(text: string): Metadata {
  const graph = (JSON.parse(text) as { '@graph': Entity[] })['@graph'];
  const known = new Map(graph.map((entity) => [entity['@id'], entity]));
  const byId = (id: string): Entity => {
    const entity = known.get(id);
    if (entity === undefined) throw new Error(`the metadata does not describe ${id}`);
    return entity;
  };
  return {
    all: graph,
    byId,
    follow: (entity, property) => referencesIn(entity[property]).map(byId),
    ofType: (type) => graph.filter((entity) => typesOf(entity).includes(type)),
  };
}

export const typesOf = (entity: Entity): readonly string[] => [entity['@type']].flat() as string[];

/** The ids in `{"@id": …}`, one or a list of them. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value === 'object' && value !== null && '@id' in value) return [value['@id'] as string];
  return [];
}
