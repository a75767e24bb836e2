/** Finds the one scalar that a selector points at, in an artifact's value. */
import { areSameDecimal } from '../base/decimal.ts';
import { listed } from '../base/text.ts';
import type { SelectorPart } from '../model/claim.ts';
import { isMap } from '../model/json.ts';
import { Written, type WrittenCell, readJson, readTable, spelling } from './written.ts';

/** An interval that is known to hold the value; both ends as written. */
interface Enclosure {
  readonly low: string;
  readonly high: string;
}

export type Selected =
  /** `isNumber` where it was written as a number, not as text that may look like one. */
  | { readonly type: 'scalar'; readonly text: string; readonly isNumber?: boolean }
  | { readonly type: 'enclosure'; readonly enclosure: Enclosure }
  /** Nothing, or more than one thing, was matched; says what. */
  | { readonly type: 'broken'; readonly because: string };

/** An artifact's bytes as data to select from. Throws where they are not of the kind that the extension says. */
export function readArtifact(bytes: Uint8Array, extension: string): unknown {
  const text = new TextDecoder().decode(bytes);
  if (extension === 'csv') return rowsOf(text);
  if (extension === 'json') return readJson(text);
  return text.trim();
}

function rowsOf(text: string): Record<string, WrittenCell>[] {
  const { columns, rows } = readTable(text);
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] as WrittenCell])));
}

/** Follows the parts; a list that is matched by conditions gives exactly one item, or the selector is broken. */
export function selectIn(value: unknown, path: readonly SelectorPart[]): Selected {
  let at = value;
  let way = '';
  for (const part of path) {
    const next = follow(at, part);
    if ('because' in next)
      return { type: 'broken', because: `${way === '' ? 'the artifact' : way} ${next.because}` };
    way += spellPart(part);
    at = next.found;
  }
  return asSelected(at, way);
}

function follow(
  value: unknown,
  part: SelectorPart,
): { readonly found: unknown } | { readonly because: string } {
  switch (part.type) {
    case 'field':
      return followField(value, part.name);
    case 'index':
      return Array.isArray(value) && part.index < value.length
        ? { found: value[part.index] as unknown }
        : {
            because: Array.isArray(value)
              ? `has ${value.length} items, none at [${part.index}]`
              : 'is no list',
          };
    case 'match':
      return followMatch(value, part.conditions);
  }
}

function followField(
  value: unknown,
  name: string,
): { readonly found: unknown } | { readonly because: string } {
  if (!isObject(value)) {
    return {
      because: Array.isArray(value)
        ? `is a list of ${value.length}; choose one item by [field=value]`
        : 'has no fields',
    };
  }
  if (Object.hasOwn(value, name)) return { found: value[name] };
  return { because: `has no field "${name}"; it has ${listed(Object.keys(value))}` };
}

function followMatch(
  value: unknown,
  conditions: Readonly<Record<string, string>>,
): { readonly found: unknown } | { readonly because: string } {
  if (!Array.isArray(value)) return { because: 'is no list to choose from' };
  const matching = value.filter((item) =>
    Object.entries(conditions).every(([name, wanted]) => isObject(item) && isValue(item[name], wanted)),
  );
  if (matching.length === 1) return { found: matching[0] as unknown };
  const what = spellPart({ type: 'match', conditions });
  return {
    because: `has ${matching.length === 0 ? 'no item' : `${matching.length} items`} with ${what}, among ${value.length}`,
  };
}

/** Whether a value is the one that is spelled: a number in any spelling, text and truth values letter by letter. */
function isValue(value: unknown, spelled: string): boolean {
  return value instanceof Written ? areSameDecimal(value.text, spelled) : spelling(value) === spelled;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMap(value) && !(value instanceof Written);
}

function asSelected(value: unknown, way: string): Selected {
  const text = spelling(value);
  if (text !== undefined) return { type: 'scalar', text, isNumber: value instanceof Written };
  const enclosure = asEnclosure(value);
  if (enclosure !== undefined) return { type: 'enclosure', enclosure };
  const what = value === null ? 'empty' : Array.isArray(value) ? `a list of ${value.length}` : 'an object';
  return { type: 'broken', because: `${way === '' ? 'the artifact' : way} is ${what}, not one value` };
}

/** `{ "low": …, "high": … }` is an enclosure. */
function asEnclosure(value: unknown): Enclosure | undefined {
  if (!isObject(value)) return undefined;
  const [low, high] = [value['low'], value['high']].map((end) =>
    typeof end === 'boolean' ? undefined : spelling(end),
  );
  return low === undefined || high === undefined ? undefined : { low, high };
}

export function spellPart(part: SelectorPart): string {
  if (part.type === 'field') return `.${part.name}`;
  if (part.type === 'index') return `[${part.index}]`;
  const conditions = Object.entries(part.conditions).map(([name, value]) => `${name}=${value}`);
  return `[${conditions.join(',')}]`;
}
