/** Answers for stage files what they declare and how they read their params; remembers both in the store. */
import { type Digest, digestOfValue } from '../base/digest.ts';
import type { MemoShelf } from '../model/store.ts';
import type { Context } from './context.ts';
import { type Declaration, type Exports, describe, evaluate } from './declaration.ts';
import { type ParamsAnswer, type RawParams, type Schema, parseParams } from './read-params.ts';

/** Evaluates declaration bundles at most once each, and not at all where the store remembers what came out. */
export interface Declarer {
  /** Throws Error with the stage's own words where the declaration cannot be evaluated. */
  readonly declare: (declaration: Digest) => Promise<Declaration>;
  /** Reads params by the stage's schema; `free` names (matrix variables) may be unknown to it. */
  readonly parse: (declaration: Digest, raw: RawParams, free: readonly string[]) => Promise<ParamsAnswer>;
}

export function declarer(context: Context): Declarer {
  const { artifacts, memos } = context.store;
  const loaded = new Map<Digest, Promise<Loaded>>();
  const load = (digest: Digest) => {
    const known = loaded.get(digest) ?? loadBundle(artifacts.read(digest));
    loaded.set(digest, known);
    return known;
  };
  const declarations = new Map<Digest, Promise<Declaration>>();
  const declare = (digest: Digest) => {
    const known =
      declarations.get(digest) ??
      memoised(memos, 'declaration', digest, async () => {
        const { exports, schema } = await load(digest);
        return describe(exports, schema);
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
      memoised(params, 'params', name, async () => parseParams((await load(digest)).schema, raw, free));
    answers.set(name, known);
    return known;
  };
  return { declare, parse };
}

interface Loaded {
  readonly exports: Exports;
  /** Made once for each file: zod compiles every schema anew, which costs more than parsing by it. */
  readonly schema: Schema | undefined;
}

async function loadBundle(bytes: Uint8Array): Promise<Loaded> {
  const exports = await evaluate(new TextDecoder().decode(bytes));
  return { exports, schema: exports.params?.() };
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
