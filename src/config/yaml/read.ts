/** Reads YAML 1.2 text into a tree of plain data; what YAML allows and a pipeline does not is a located problem. */
import * as yaml from 'yaml';
import type { Json } from '../../model/json.ts';
import type { Problems } from '../problems.ts';
import { readPlain } from './plain.ts';
import { syntaxProblems, tooDeep } from './syntax.ts';
import { type Field, type Key, listNode, mapNode, type Node, type Source } from './tree.ts';

/** Aliases may repeat at most so many values: a file that doubles itself line by line is stopped. */
const mostRepeated = 500_000;
/** Lists and maps may lie at most so deep in each other. */
const deepest = 200;

/** The tree, or undefined where the text is not YAML. Problems are added to `problems`. */
export function readYaml(text: string, file: string, problems: Problems): Source | undefined {
  const plain = readPlain(text);
  return plain === undefined ? readAny(text, file, problems) : sourceOf(text, file, plain);
}

function sourceOf(text: string, file: string, root: Node): Source {
  const lines = new yaml.LineCounter();
  for (let at = 0; at >= 0; at = text.indexOf('\n', at) + 1 || -1) lines.addNewLine(at);
  return { file, text, root, placeAt: placesIn(text, file, lines) };
}

function placesIn(text: string, file: string, lines: yaml.LineCounter): Source['placeAt'] {
  return (offset) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

/** All that YAML allows. */
export function readAny(text: string, file: string, problems: Problems): Source | undefined {
  const lines = new yaml.LineCounter();
  const placeAt = placesIn(text, file, lines);
  const document = parse(text, lines);
  if (document === undefined) {
    problems.add([], placeAt(0), tooDeep);
    return undefined;
  }
  const wrong = syntaxProblems(text, document, (offset) => placeAt(offset).line);
  for (const { offset, message } of wrong) problems.add([], placeAt(offset), message);
  if (wrong.some((problem) => problem.fatal)) return undefined;
  const reader = new Reader((path, offset, message) => problems.add(path, placeAt(offset), message));
  return { file, text, root: reader.read(document.contents, 0), placeAt };
}

function parse(text: string, lineCounter: yaml.LineCounter): yaml.Document.Parsed | undefined {
  try {
    // uniqueKeys compares every key with every other: quadratic, so the reader below looks for duplicates itself.
    return yaml.parseDocument(text, { lineCounter, version: '1.2', uniqueKeys: false, prettyErrors: false });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type Report = (path: readonly Key[], offset: number, message: string) => void;

class Reader {
  readonly #report: Report;
  readonly #anchors = new Map<string, yaml.Node>();
  readonly #open = new Set<yaml.Node>();
  readonly #path: Key[] = [];
  #aliases = 0;
  #left = mostRepeated;

  constructor(report: Report) {
    this.#report = report;
  }

  read(node: yaml.Node | null, fallback: number): Node {
    if (node === null) return { data: null, start: fallback };
    const start = node.range?.[0] ?? fallback;
    if (this.#path.length === deepest) this.#wrong(start, tooDeep);
    if (this.#path.length >= deepest || this.#isExhausted(start)) return { data: null, start };
    if (yaml.isAlias(node)) return this.#readAlias(node, start);
    // Read again through an alias, an anchor would be set a second time, perhaps over a later one of its name.
    if (node.anchor !== undefined && this.#aliases === 0) this.#anchors.set(node.anchor, node);
    if (!plainTag(node.tag))
      this.#wrong(start, `the tag ${shortTag(node.tag)} is not known here. Remove it.`);
    this.#open.add(node);
    const read = this.#readContent(node, start);
    this.#open.delete(node);
    return read;
  }

  /** Counts the values that aliases repeat, and says when they are too many. */
  #isExhausted(start: number): boolean {
    if (this.#aliases > 0 && this.#left-- === 0)
      this.#wrong(start, 'aliases repeat more values than can be read.');
    return this.#aliases > 0 && this.#left < 0;
  }

  #readContent(node: yaml.Node, start: number): Node {
    if (yaml.isMap(node)) return this.#readMap(node, start);
    if (yaml.isSeq(node)) return this.#readList(node, start);
    return { data: this.#scalar(node as yaml.Scalar, start), start };
  }

  #readAlias(alias: yaml.Alias, start: number): Node {
    const target = this.#anchors.get(alias.source);
    if (target !== undefined && !this.#open.has(target)) {
      this.#aliases++;
      const read = this.read(target, start);
      this.#aliases--;
      return read;
    }
    const name = alias.source;
    this.#wrong(
      start,
      target === undefined
        ? `the alias *${name} stands for nothing: no anchor &${name} is written above it. For text that begins with "*", write quotes.`
        : `the alias *${name} stands inside what it stands for.`,
    );
    return { data: null, start };
  }

  #readList(list: yaml.YAMLSeq, start: number): Node {
    const items = list.items.map((item, index) =>
      this.#within(index, () => this.read(item as yaml.Node, start)),
    );
    return listNode(start, items);
  }

  #readMap(map: yaml.YAMLMap, start: number): Node {
    const fields = new Map<string, Field>();
    const merged: Node[] = [];
    for (const pair of map.items) {
      const key = pair.key as yaml.Node | null;
      const from = key?.range?.[0] ?? start;
      const name = this.#name(key, from);
      if (name === undefined) continue;
      const node = this.#within(name, () =>
        this.read(pair.value as yaml.Node | null, key?.range?.[1] ?? from),
      );
      if (name === '<<' && isPlain(key)) merged.push(...this.#mergeable(node, from));
      else this.#addField(fields, name, { start: from, node });
    }
    for (const node of merged) {
      for (const [name, field] of node.fields ?? []) if (!fields.has(name)) fields.set(name, field);
    }
    return mapNode(start, fields);
  }

  #addField(fields: Map<string, Field>, name: string, field: Field): void {
    if (fields.has(name))
      this.#wrong(field.start, `"${name}" is written twice in one map. Keep one of them.`);
    else fields.set(name, field);
  }

  #mergeable(node: Node, offset: number): readonly Node[] {
    const nodes = node.items ?? [node];
    const maps = nodes.filter((each) => each.fields !== undefined);
    if (maps.length < nodes.length) this.#wrong(offset, '"<<" takes a map, or a list of maps, to merge.');
    return maps;
  }

  #name(key: yaml.Node | null, offset: number): string | undefined {
    if (!yaml.isScalar(key)) {
      this.#wrong(offset, 'the name of a field is text, not a list, a map or an alias.');
      return undefined;
    }
    const name = isPlain(key) ? (key.source ?? '') : String(key.value);
    if (name !== '' && name !== '__proto__') return name;
    this.#wrong(
      offset,
      name === '' ? 'a field has no name before its colon.' : `"${name}" cannot be a name.`,
    );
    return undefined;
  }

  #scalar(scalar: yaml.Scalar, start: number): Json {
    const { value } = scalar;
    if (typeof value === 'number') return this.#number(value, scalar.source ?? String(value), start);
    if (typeof value === 'string' && !value.isWellFormed()) {
      this.#wrong(start, 'the text holds half of a surrogate pair, which no UTF-8 file can.');
      return '';
    }
    return typeof value === 'string' || typeof value === 'boolean' ? value : null;
  }

  #number(value: number, written: string, start: number): number {
    const wrong = numberProblem(value, written);
    if (wrong !== undefined) this.#wrong(start, wrong);
    return wrong === undefined ? value : 0;
  }

  #within<T>(key: Key, read: () => T): T {
    this.#path.push(key);
    const result = read();
    this.#path.pop();
    return result;
  }

  #wrong(offset: number, message: string): void {
    this.#report([...this.#path], offset, message);
  }
}

function numberProblem(value: number, written: string): string | undefined {
  if (!Number.isFinite(value)) return `${written} is not a finite number.`;
  if (Object.is(value, -0)) return `${written} is a zero with a sign, which is not told from 0. Write 0.`;
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.eE]/.test(written.replace(/^0x/, '')))
    return `${written} is an integer past 2^53, which loses digits. Write it in quotes, or as a decimal such as 1e20.`;
  return undefined;
}

function isPlain(key: unknown): boolean {
  return yaml.isScalar(key) && key.type === 'PLAIN';
}

const plainTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

function plainTag(tag: string | undefined): boolean {
  return tag === undefined || plainTags.has(tag);
}

function shortTag(tag = ''): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '!!');
}
