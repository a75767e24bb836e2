/**
 * Reads the plain part of YAML, in which programs write pipelines of thousands of stages, twenty times as fast as the
 * library reads all of it: block maps, flow maps and lists within one line, words, decimal numbers, quoted text without
 * escapes, comments on lines of their own. Of any other text, sound or not, it says nothing, and the library reads it.
 */
import type { Json } from '../../model/json.ts';
import { type Field, listNode, mapNode, type Node } from './tree.ts';

/** The same tree that the library gives, or undefined where the text holds more than the plain part. */
export function readPlain(text: string): Node | undefined {
  const lines = entriesOf(text);
  if (lines === undefined || lines.length === 0) return undefined;
  const reader = new BlockReader(text, lines);
  const root = reader.readMap((lines[0] as Entry).indent);
  return reader.isAtEnd ? root : undefined;
}

/** A line `name: value`, the value perhaps empty. */
interface Entry {
  readonly indent: number;
  readonly start: number;
  readonly name: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const entryPattern = /^( *)([A-Za-z][\w.-]{0,199}):(?: +([^ ].*)|)$/;
const skipped = /^ *(?:#[\x20-\x7e]*)?$/;

function entriesOf(text: string): Entry[] | undefined {
  const entries: Entry[] = [];
  for (let from = 0; from < text.length;) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    const line = text.slice(from, end);
    const match = entryPattern.exec(line);
    if (match !== null) {
      const [, spaces = '', name = '', value = ''] = match;
      const start = from + spaces.length;
      entries.push({ indent: spaces.length, start, name, valueStart: end - value.length, valueEnd: end });
    } else if (!skipped.test(line)) return undefined;
    from = end + 1;
  }
  return entries;
}

class BlockReader {
  readonly #text: string;
  readonly #entries: readonly Entry[];
  #at = 0;

  constructor(text: string, entries: readonly Entry[]) {
    this.#text = text;
    this.#entries = entries;
  }
  get isAtEnd(): boolean {
    return this.#at === this.#entries.length;
  }

  /** The entries that follow with this very indentation, and what lies deeper. */
  readMap(indent: number): Node | undefined {
    const start = (this.#entries[this.#at] as Entry).start;
    const fields = new Map<string, Field>();
    for (let entry = this.#entries[this.#at]; entry?.indent === indent; entry = this.#entries[this.#at]) {
      this.#at += 1;
      const node = this.#valueOf(entry);
      if (node === undefined || fields.has(entry.name)) return undefined;
      fields.set(entry.name, { start: entry.start, node });
    }
    const next = this.#entries[this.#at];
    return next !== undefined && next.indent > indent ? undefined : mapNode(start, fields);
  }

  #valueOf({ indent, valueStart, valueEnd }: Entry): Node | undefined {
    if (valueStart < valueEnd) return new FlowReader(this.#text, valueStart, valueEnd).readWhole();
    const next = this.#entries[this.#at];
    return next !== undefined && next.indent > indent ? this.readMap(next.indent) : undefined;
  }
}

/** Sticky: each is tried at one position. */
const spaces = / */y;
const flowName = /([A-Za-z][\w.-]{0,199}): +/y;
const quoted = /"([\x20\x21\x23-\x5b\x5d-\x7e]*)"/y;
const bare = /[\w./-]+/y;

/** A value within one line. */
class FlowReader {
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }
  readWhole(): Node | undefined {
    const node = this.#read(0);
    return this.#at === this.#end ? node : undefined;
  }

  #read(depth: number): Node | undefined {
    if (depth > 20) return undefined;
    const sign = this.#text[this.#at];
    if (sign === '{') return this.#readMap(depth);
    if (sign === '[') return this.#readList(depth);
    const start = this.#at;
    const text = this.#match(quoted);
    if (text !== undefined) return { data: text[1] as string, start };
    const word = this.#match(bare)?.[0];
    const data = word === undefined ? undefined : bareValue(word);
    return data === undefined ? undefined : { data, start };
  }

  #readMap(depth: number): Node | undefined {
    const start = this.#at;
    const fields = new Map<string, Field>();
    const isWhole = this.#readItems('}', () => {
      const from = this.#at;
      const name = this.#match(flowName)?.[1];
      const node = name === undefined ? undefined : this.#read(depth + 1);
      if (name === undefined || node === undefined || fields.has(name)) return false;
      fields.set(name, { start: from, node });
      return true;
    });
    return isWhole ? mapNode(start, fields) : undefined;
  }

  #readList(depth: number): Node | undefined {
    const start = this.#at;
    const items: Node[] = [];
    const isWhole = this.#readItems(']', () => {
      const node = this.#read(depth + 1);
      if (node !== undefined) items.push(node);
      return node !== undefined;
    });
    return isWhole ? listNode(start, items) : undefined;
  }

  /** Items with commas between, up to the closing sign. */
  #readItems(close: string, readItem: () => boolean): boolean {
    this.#at += 1;
    this.#match(spaces);
    if (this.#take(close)) return true;
    while (readItem()) {
      this.#match(spaces);
      if (this.#take(close)) return true;
      if (!this.#take(',')) return false;
      this.#match(spaces);
    }
    return false;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null || this.#at + match[0].length > this.#end) return undefined;
    this.#at += match[0].length;
    return match;
  }
  #take(sign: string): boolean {
    if (this.#at >= this.#end || this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }
}

const word = /^[A-Za-z_][\w./-]*$/;
const decimal = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const reserved = /^(?:null|true|false)$/i;

/** What YAML's core schema makes of a plain scalar, where that is beyond doubt. */
function bareValue(text: string): Json | undefined {
  if (decimal.test(text)) return Number(text);
  if (!word.test(text)) return undefined;
  if (!reserved.test(text)) return text;
  return text === 'true' ? true : text === 'false' ? false : undefined;
}
