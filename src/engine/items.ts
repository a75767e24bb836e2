/** Items of a list artifact as matrix values: their ids, and each item as an artifact of its own. */
import { type Digest, digestOf } from '../base/digest.ts';
import type { CaseValue } from '../model/case.ts';
import { Fault } from '../model/fault.ts';
import { canonicalJson } from '../model/json.ts';
import type { Store } from '../model/store.ts';

export interface Items {
  /** The ids of a list's items, in the list's order. Throws Fault `usage` for a missing or repeated id. */
  readonly ids: (list: Digest, field: string) => readonly CaseValue[];
  /** The digest of one item's canonical JSON; kept in the store only by {@link Items.keep}. */
  readonly digest: (list: Digest, field: string, id: string) => Digest;
  readonly keep: (list: Digest, field: string, id: string) => Promise<Digest>;
}

/** Reads each list once. */
export function itemsOf(store: Store): Items {
  const lists = new Map<string, ReadonlyMap<string, unknown>>();
  const open = (list: Digest, field: string) => {
    const name = `${list} ${field}`;
    const known = lists.get(name) ?? readList(store, list, field);
    lists.set(name, known);
    return known;
  };
  const text = (list: Digest, field: string, id: string) => itemText(open(list, field).get(id));
  return {
    ids: (list, field) =>
      [...open(list, field).values()].map((item) => (item as Record<string, CaseValue>)[field] as CaseValue),
    digest: (list, field, id) => digestOf(text(list, field, id)),
    keep: (list, field, id) =>
      store.artifacts.put({ type: 'bytes', bytes: new TextEncoder().encode(text(list, field, id)) }),
  };
}

/** The digest that an item of a list has as an input. Throws Fault `usage` where the list is none. */
export function itemDigest(list: Uint8Array, field: string, id: string): Digest {
  const item = itemsIn(new TextDecoder().decode(list), field).get(id);
  if (item === undefined) throw new Fault('usage', `no item has the ${field} "${id}"`);
  return digestOf(itemText(item));
}

const itemText = (item: unknown): string => `${canonicalJson(item)}\n`;

const readList = (store: Store, list: Digest, field: string): ReadonlyMap<string, unknown> =>
  itemsIn(new TextDecoder().decode(store.artifacts.read(list)), field);

function itemsIn(text: string, field: string): ReadonlyMap<string, unknown> {
  const value = parseList(text);
  const items = new Map<string, unknown>();
  value.forEach((item, i) => {
    const id = idOf(item, field, i);
    if (items.has(id))
      throw new Fault('usage', `two items have the ${field} "${id}"; a matrix needs each item's own`);
    items.set(id, item);
  });
  return items;
}

function parseList(text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault('usage', 'a matrix over items needs a JSON list; this artifact is not JSON');
  }
  if (!Array.isArray(value))
    throw new Fault('usage', 'a matrix over items needs a JSON list; this artifact holds something else');
  return value;
}

function idOf(item: unknown, field: string, index: number): string {
  const id = typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[field] : undefined;
  if (typeof id === 'string' || typeof id === 'number' || typeof id === 'boolean') return String(id);
  throw new Fault(
    'usage',
    `item ${index} has no ${field} that could name it; expected text, a number or a truth value`,
  );
}
