/** Plain JSON data, and its one canonical text: sorted names, shortest numbers, NaN refused with its place. */
import { byCodeUnit } from '../base/canonical.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Whether parsed data has names: neither a list nor a single value. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Thrown for a value that has no JSON text; `at` is the path to it, such as `.points[3].loss`. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly at: string;
  constructor(at: string, found: string) {
    super(`${at === '' ? 'the value' : at} is ${found}, which JSON cannot hold`);
    this.at = at;
  }
}

/**
 * The canonical JSON text of plain data: names sorted by code unit, undefined fields left out, typed arrays of
 * numbers as lists, -0 kept. Throws {@link JsonError} for NaN, infinities, functions, class instances.
 */
export function canonicalJson(value: unknown): string {
  return text(value, '');
}

function text(value: unknown, at: string): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      return numberText(value, at);
    case 'string':
      if (!value.isWellFormed()) throw new JsonError(at, 'a string with a lone surrogate');
      return JSON.stringify(value);
    case 'object':
      return objectText(value, at);
    default:
      throw new JsonError(at, `of type ${typeof value}`);
  }
}

function numberText(value: number, at: string): string {
  if (!Number.isFinite(value)) throw new JsonError(at, String(value));
  return Object.is(value, -0) ? '-0' : String(value);
}

function objectText(value: object, at: string): string {
  if (Array.isArray(value)) return `[${value.map((item, i) => text(item, `${at}[${i}]`)).join(',')}]`;
  if (ArrayBuffer.isView(value)) return viewText(value, at);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new JsonError(at, 'an instance of a class');
  return mapText(value as Record<string, unknown>, at);
}

function viewText(value: ArrayBufferView, at: string): string {
  if (value instanceof DataView) throw new JsonError(at, 'a DataView');
  return text(Array.from(value as unknown as ArrayLike<number>), at);
}

function mapText(map: Record<string, unknown>, at: string): string {
  const names = Object.keys(map).filter((name) => map[name] !== undefined);
  names.sort(byCodeUnit);
  return `{${names.map((name) => `${JSON.stringify(name)}:${text(map[name], `${at}.${name}`)}`).join(',')}}`;
}
