/** Learns from a stage's declaration bundle which kinds it takes and gives, and reads its params by its own schema. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Digest, digestOfValue } from '../base/digest.ts';
import { suggestion } from '../base/text.ts';
import { type Json, canonicalJson } from '../model/json.ts';
import type { KindName } from '../model/kind.ts';
import type { DepSignature } from '../model/step.ts';
import type { MemoShelf } from '../model/store.ts';
import type { Context } from './context.ts';

/** What a stage file says of itself, whatever the params. */
export interface Declaration {
  readonly deps: Readonly<Record<string, DepSignature>>;
  readonly outs: Readonly<Record<string, KindName>>;
  /** Names the params schema knows; undefined where it is not an object schema and takes any. */
  readonly params?: readonly string[] | undefined;
}

type ParamsAnswer =
  | { readonly type: 'parsed'; readonly params: Readonly<Record<string, Json>> }
  /** Each with the param it is about, or '' for all. */
  | {
      readonly type: 'refused';
      readonly problems: readonly { readonly param: string; readonly message: string }[];
    };

type RawParams = Readonly<Record<string, Json>>;

/** Evaluates declaration bundles at most once each, and not at all where the store remembers what came out. */
export interface Declarer {
  /** Throws Error with the stage's own words where the declaration cannot be evaluated. */
  readonly declare: (declaration: Digest) => Promise<Declaration>;
  /** Reads params by the stage's schema; `free` names (matrix variables) may be unknown to it. */
  readonly parse: (declaration: Digest, raw: RawParams, free: readonly string[]) => Promise<ParamsAnswer>;
}

export function declarer(context: Context): Declarer {
  const loaded = new Map<Digest, Promise<Exports>>();
  const load = (digest: Digest) => {
    const known =
      loaded.get(digest) ?? evaluate(new TextDecoder().decode(context.store.artifacts.read(digest)));
    loaded.set(digest, known);
    return known;
  };
  const { memos } = context.store;
  const schemas = new Map<Exports, Schema | undefined>();
  /** Made once for each file: zod compiles every schema anew, which costs more than parsing by it. */
  const schemaOf = (exports: Exports) => {
    if (!schemas.has(exports)) schemas.set(exports, exports.params?.());
    return schemas.get(exports);
  };
  const declarations = new Map<Digest, Promise<Declaration>>();
  const declare = (digest: Digest) => {
    const known =
      declarations.get(digest) ??
      memoised(memos, 'declaration', digest, async () => {
        const exports = await load(digest);
        return describe(exports, schemaOf(exports));
      });
    declarations.set(digest, known);
    return known;
  };
  const params = readAtOnce(memos, 'params');
  const answers = new Map<string, Promise<ParamsAnswer>>();
  const parse: Declarer['parse'] = (digest, raw, free) => {
    const name = digestOfValue([digest, raw, free]);
    const known =
      answers.get(name) ??
      memoised(params, 'params', name, async () => parseParams(schemaOf(await load(digest)), raw, free));
    answers.set(name, known);
    return known;
  };
  return { declare, parse };
}

/** Ten thousand steps ask for as many memos: all of one name are read in one query, when the first is asked for. */
function readAtOnce(memos: MemoShelf, name: string): Pick<MemoShelf, 'get' | 'set'> {
  let all: ReadonlyMap<string, string> | undefined;
  return {
    get: (_, key) => {
      all ??= memos.all(name);
      return all.get(key);
    },
    set: memos.set.bind(memos),
  };
}

async function memoised<T>(
  memos: Pick<MemoShelf, 'get' | 'set'>,
  name: string,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = memos.get(name, key);
  if (known !== undefined) return JSON.parse(known) as T;
  const made = await make();
  memos.set(name, key, JSON.stringify(made));
  return made;
}

interface Exports {
  readonly params?: (() => Schema) | undefined;
  readonly deps?: (() => Record<string, unknown>) | undefined;
  readonly outs?: (() => Record<string, unknown>) | undefined;
  readonly run: string;
}

/** What is used of zod's schemas, so that any copy of zod serves. */
interface Schema {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly safeParse: (
    value: unknown,
  ) => { success: true; data: unknown } | { success: false; error: { issues: Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

async function evaluate(code: string): Promise<Exports> {
  const folder = await mkdtemp(join(tmpdir(), 'colophon-'));
  const file = join(folder, 'declaration.mjs');
  try {
    await writeFile(file, code);
    const { declared } = (await import(pathToFileURL(file).href)) as { declared: Exports };
    return declared;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describe(exports: Exports, schema: Schema | undefined): Declaration {
  if (exports.run !== 'function')
    throw new Error(
      'the stage file exports no function `run`; `colophon help stage` prints one to begin with',
    );
  if (typeof exports.outs !== 'function')
    throw new Error(
      'the stage file exports no function `outs`; `export const outs = () => ({ name: kind })`',
    );
  return {
    deps: mapValues(exports.deps?.() ?? {}, depSignature),
    outs: mapValues(exports.outs(), (kind, role) => kindName(kind, `out "${role}"`)),
    params: schema === undefined ? [] : schema.shape && Object.keys(schema.shape),
  };
}

function mapValues<T>(
  map: Record<string, unknown>,
  read: (value: unknown, role: string) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([role, value]) => [role, read(value, role)]));
}

function depSignature(dep: unknown, role: string): DepSignature {
  if (isObject(dep) && dep['folder'] === true) return { shape: 'folder' };
  if (isObject(dep) && 'gather' in dep)
    return { shape: 'gather', kind: kindName(dep['gather'], `dep "${role}"`) };
  return { shape: 'one', kind: kindName(dep, `dep "${role}"`) };
}

function kindName(value: unknown, what: string): KindName {
  if (!isObject(value) || typeof value['name'] !== 'string' || typeof value['encode'] !== 'function') {
    throw new Error(
      `${what} is not a kind; use jsonKind("name"), tableKind("name") or another from colophon`,
    );
  }
  return {
    name: value['name'],
    version: value['version'] as number,
    extension: value['extension'] as string,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseParams(schema: Schema | undefined, raw: RawParams, free: readonly string[]): ParamsAnswer {
  const known = schema === undefined ? [] : schema.shape && Object.keys(schema.shape);
  const unknown =
    known === undefined
      ? []
      : Object.keys(raw).filter((name) => !known.includes(name) && !free.includes(name));
  const strangers = unknown.map((name) => ({ param: name, message: strangerMessage(name, known ?? []) }));
  const given =
    known === undefined
      ? raw
      : Object.fromEntries(Object.entries(raw).filter(([name]) => known.includes(name)));
  const result = schema?.safeParse(given) ?? { success: true, data: {} };
  if (!result.success)
    return { type: 'refused', problems: [...strangers, ...result.error.issues.map(issueProblem)] };
  if (strangers.length > 0) return { type: 'refused', problems: strangers };
  return plainParams(result.data);
}

function strangerMessage(name: string, known: readonly string[]): string {
  const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
  return `the stage has no param "${name}"; ${takes}.${suggestion(name, known)}`;
}

function issueProblem(issue: Issue): { param: string; message: string } {
  const [param = '', ...rest] = issue.path.map(String);
  const said = issue.message
    .replace(/^Invalid input: expected (.*), received undefined$/, 'not given, expected $1')
    .replace(/^(?:Invalid input|Too \w+): /, '');
  return { param, message: `param "${[param, ...rest].join('.')}": ${said}` };
}

function plainParams(data: unknown): ParamsAnswer {
  try {
    return { type: 'parsed', params: JSON.parse(canonicalJson(data)) as Record<string, Json> };
  } catch (error) {
    const message = `the params schema gives what is not plain data: ${(error as Error).message}`;
    return { type: 'refused', problems: [{ param: '', message }] };
  }
}
