/** Plain data beside the places in the text where each part of it was written. */
import type { Place } from '../../model/fault.ts';
import type { Json } from '../../model/json.ts';

export type Key = string | number;

/** The way to a part of the file: `['stages', 'minima', 'matrix', 'k', 0]`. */
export type Path = readonly Key[];

/** A value of the file. Offsets count code units from the start of the text. */
export interface Node {
  readonly data: Json;
  readonly start: number;
  /** Of a map. */
  readonly fields?: ReadonlyMap<string, Field>;
  /** Of a list. */
  readonly items?: readonly Node[];
}

export interface Field {
  /** Where the field's name starts. */
  readonly start: number;
  readonly node: Node;
}

/** A map that starts there. */
export function mapNode(start: number, fields: ReadonlyMap<string, Field>): Node {
  const data = Object.fromEntries([...fields].map(([name, { node }]) => [name, node.data]));
  return { data, start, fields };
}

/** A list that starts there. */
export function listNode(start: number, items: readonly Node[]): Node {
  return { data: items.map((item) => item.data), start, items };
}

/** A file read into a tree, which turns paths into places. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly root: Node;
  readonly placeAt: (offset: number) => Place;
}

/** The value at the path, or undefined where nothing is written there. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const key of path) {
    node = typeof key === 'number' ? node?.items?.[key] : node?.fields?.get(key)?.node;
  }
  return node;
}

/** The place of the value at the path, or of the nearest thing around it that is written. */
export function placeOf(source: Source, path: Path): Place {
  const node = nodeAt(source.root, path);
  if (node !== undefined) return source.placeAt(node.start);
  return path.length === 0 ? source.placeAt(source.root.start) : keyPlaceOf(source, path.slice(0, -1));
}

/** The place of the name of the field at the path; for an item of a list, that of the item. */
export function keyPlaceOf(source: Source, path: Path): Place {
  const name = path.at(-1);
  if (typeof name !== 'string') return placeOf(source, path);
  const field = nodeAt(source.root, path.slice(0, -1))?.fields?.get(name);
  return field === undefined ? placeOf(source, path.slice(0, -1)) : source.placeAt(field.start);
}

/** The place of one character of a text value: exact where the file spells the text as it is, else its start. */
export function placeInside(source: Source, path: Path, index: number): Place {
  const node = nodeAt(source.root, path);
  if (node === undefined || typeof node.data !== 'string') return placeOf(source, path);
  const quoted = /["']/.test(source.text[node.start] ?? '') ? 1 : 0;
  const start = node.start + quoted;
  const asWritten = source.text.startsWith(node.data.slice(0, index), start);
  return source.placeAt(asWritten ? start + index : node.start);
}

/** The names written in the map at the path; none where there is no map. */
export function namesAt(source: Source, path: Path): string[] {
  return [...(nodeAt(source.root, path)?.fields?.keys() ?? [])];
}
