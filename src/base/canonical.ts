/**
 * Encodes plain data as bytes so that equal values, and only those, have equal bytes.
 *
 * Each value is a tag byte and what the tag says: `n` null, `t` true, `f` false, `d` an IEEE 754 double
 * (8 bytes, big-endian), `s` a string and `b` bytes (length, then UTF-8 or the bytes), `l` a list (count, then
 * the items), `m` a map (count, then name and value, sorted by the names' code units). Lengths and counts are
 * unsigned 32-bit, big-endian. -0 differs from 0; NaN, infinities and anything but plain data are refused.
 */

export type Canonical =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Canonical[]
  | { readonly [name: string]: Canonical | undefined };

/** Thrown for a value that has no canonical bytes; `at` is the path to it, such as `.points[3].loss`. */
export class CanonicalError extends Error {
  override readonly name = 'CanonicalError';
  readonly at: string;
  constructor(at: string, found: string) {
    super(`${at === '' ? 'the value' : at} is ${found}, which cannot be encoded`);
    this.at = at;
  }
}

/** Compares by UTF-16 code units: the only order of text used where bytes depend on it. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The canonical bytes of `value`. Throws {@link CanonicalError} with the place of what cannot be encoded. */
export function encodeCanonical(value: Canonical): Uint8Array {
  const writer = new Writer();
  write(writer, value, '');
  return writer.bytes();
}

/** The value of canonical bytes: the inverse of {@link encodeCanonical}. Throws TypeError where they are none. */
export function decodeCanonical(bytes: Uint8Array): Canonical {
  const reader = new Reader(bytes);
  const value = read(reader);
  if (!reader.isAtEnd) throw new TypeError('bytes follow the value');
  return value;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
  tag(): number {
    return this.take(1)[0] as number;
  }
  count(): number {
    this.take(4);
    return this.#view.getUint32(this.#at - 4);
  }
  double(): number {
    this.take(8);
    return this.#view.getFloat64(this.#at - 8);
  }
  text(): string {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(this.count()));
  }
  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new TypeError('the bytes end within a value');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

function read(reader: Reader): Canonical {
  const tag = reader.tag();
  switch (tag) {
    case tags.null:
      return null;
    case tags.true:
    case tags.false:
      return tag === tags.true;
    case tags.double:
      return reader.double();
    case tags.string:
      return reader.text();
    case tags.bytes:
      return reader.take(reader.count());
    case tags.list:
      return repeated(reader.count(), () => read(reader));
    case tags.map:
      return Object.fromEntries(repeated(reader.count(), () => [reader.text(), read(reader)] as const));
    default:
      throw new TypeError(`no value begins with the byte ${tag}`);
  }
}

function repeated<T>(count: number, make: () => T): T[] {
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(make());
  return items;
}

class Writer {
  #buffer = new Uint8Array(512);
  #view = new DataView(this.#buffer.buffer);
  #length = 0;

  tag(code: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = code;
  }
  count(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value);
    this.#length += 4;
  }
  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
  }
  text(value: string): void {
    this.#reserve(4 + 3 * value.length);
    const start = this.#length + 4;
    const written = utf8.encodeInto(value, this.#buffer.subarray(start)).written;
    this.#view.setUint32(this.#length, written);
    this.#length = start + written;
  }
  raw(value: Uint8Array): void {
    this.count(value.length);
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
  }
  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }
  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#buffer.length, this.#length + more));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
  }
}

const utf8 = /* @__PURE__ */ new TextEncoder();

const tags = {
  null: 110,
  true: 116,
  false: 102,
  double: 100,
  string: 115,
  bytes: 98,
  list: 108,
  map: 109,
} as const;

function write(writer: Writer, value: Canonical | undefined, at: string): void {
  if (value === null) return writer.tag(tags.null);
  switch (typeof value) {
    case 'boolean':
      return writer.tag(value ? tags.true : tags.false);
    case 'number':
      return writeNumber(writer, value, at);
    case 'string':
      return writeText(writer, value, at);
    case 'object':
      return writeObject(writer, value, at);
    default:
      throw new CanonicalError(at, typeof value);
  }
}

function writeNumber(writer: Writer, value: number, at: string): void {
  if (!Number.isFinite(value)) throw new CanonicalError(at, String(value));
  writer.tag(tags.double);
  writer.double(value);
}

function writeText(writer: Writer, value: string, at: string): void {
  if (!value.isWellFormed()) throw new CanonicalError(at, 'a string with a lone surrogate');
  writer.tag(tags.string);
  writer.text(value);
}

function writeObject(writer: Writer, value: object, at: string): void {
  if (value instanceof Uint8Array) {
    writer.tag(tags.bytes);
    return writer.raw(value);
  }
  if (Array.isArray(value)) {
    writer.tag(tags.list);
    writer.count(value.length);
    for (let i = 0; i < value.length; i++) write(writer, value[i] as Canonical, `${at}[${i}]`);
    return;
  }
  writeMap(writer, value, at);
}

function writeMap(writer: Writer, value: object, at: string): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new CanonicalError(at, describe(value));
  const map = value as Record<string, Canonical | undefined>;
  const names = Object.keys(map).filter((name) => map[name] !== undefined);
  names.sort(byCodeUnit);
  writer.tag(tags.map);
  writer.count(names.length);
  for (const name of names) {
    writer.text(name);
    write(writer, map[name], `${at}.${name}`);
  }
}

function describe(value: object): string {
  return `an instance of ${(value.constructor as { name?: string } | undefined)?.name ?? 'a class'}`;
}
