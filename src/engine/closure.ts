/** Turns a stage file into its two bundles, and remembers them for as long as no file they came from changes. */
import { join } from 'node:path';
import { type Digest, digestOfValue } from '../base/digest.ts';
import type { Problem } from '../model/fault.ts';
import { type Bundled, bundle, bundlerDigest } from './bundle.ts';
import type { Context } from './context.ts';
import { type Link, linkAlone } from './link.ts';
import { placesConsulted } from './resolution.ts';
import { type Stat, isSettled, lookAt, missing, namesIn, spellStat, statOf } from './stat.ts';

export interface Closure {
  /** The identity of the code. */
  readonly code: Digest;
  readonly sourceMap: Digest;
  /** The bundle that is evaluated to plan. */
  readonly declaration: Digest;
}

interface StageFile {
  /** Project-relative POSIX path. */
  readonly file: string;
  readonly random: boolean;
  /** Declared effects, sorted. */
  readonly effects: readonly string[];
}

export type ClosureAnswer =
  | { readonly type: 'closed'; readonly closure: Closure }
  | { readonly type: 'refused'; readonly problems: readonly Problem[] };

interface Remembered extends Closure {
  /** Project-relative path to stat, for every file read and every place looked in. */
  readonly stats: Readonly<Record<string, Stat>>;
  /** Names in the project's root folder, whose own stat changes with every publish. */
  readonly rootNames: string;
}

const memoName = 'closure';

/** The bundles of a stage file: remembered where nothing they depend on changed, made anew (by `link`) otherwise. */
export async function closureOf(
  context: Context,
  stage: StageFile,
  link: Link = linkAlone,
): Promise<ClosureAnswer> {
  const memoKey = digestOfValue([
    bundlerDigest(),
    stage.file,
    stage.random,
    [...stage.effects],
    runtimeStat(context),
  ]);
  const remembered = recall(context, memoKey);
  if (remembered !== undefined) return { type: 'closed', closure: remembered };
  const [run, declaration] = await Promise.all([
    bundle(request(context, stage, runEntry(context, stage)), link),
    bundle(request(context, stage, declarationEntry(stage), context.tool.zod), link),
  ]);
  if (run.type === 'refused') return run;
  if (declaration.type === 'refused') return declaration;
  return { type: 'closed', closure: await remember(context, memoKey, run, declaration) };
}

const runtimeStat = (context: Context) => statOf(context.tool.runtime);

function request(context: Context, stage: StageFile, entry: string, zod?: string) {
  const { tool, root } = context;
  const alias = zod === undefined ? tool.alias : { ...tool.alias, zod };
  return {
    root,
    entry,
    alias,
    external: zod === undefined ? [] : [zod],
    nodePaths: tool.nodePaths,
    effects: stage.effects,
    // A declaration is evaluated and forgotten: nobody looks where its lines come from.
    map: zod === undefined,
  };
}

/** Only what `run` reaches: with the codecs of its deps and outs, and the random stream where one is declared. */
function runEntry(context: Context, stage: StageFile): string {
  const runtime = JSON.stringify(context.tool.runtime);
  const random = stage.random ? 'randomStream' : 'undefined';
  return [
    `import * as stage from ${JSON.stringify(`./${stage.file}`)};`,
    `import { executeStage, randomStream } from ${runtime};`,
    `export const execute = (call) => executeStage(stage.run, stage.deps, stage.outs, ${random}, call);`,
  ].join('\n');
}

function declarationEntry(stage: StageFile): string {
  return [
    `import * as stage from ${JSON.stringify(`./${stage.file}`)};`,
    `export const declared = { params: stage.params, deps: stage.deps, outs: stage.outs, run: typeof stage.run };`,
  ].join('\n');
}

function recall(context: Context, memoKey: string): Closure | undefined {
  const text = context.store.memos.get(memoName, memoKey);
  if (text === undefined) return undefined;
  const memo = JSON.parse(text) as Remembered;
  const { artifacts } = context.store;
  const kept = artifacts.has(memo.code) && artifacts.has(memo.declaration) && artifacts.has(memo.sourceMap);
  if (!kept || !isUnchanged(context.root, memo)) return undefined;
  vouch(context, memo);
  return memo;
}

/** Tells the witness what the bundles came from. The root folder's own stat stands for the names in it. */
function vouch(context: Context, memo: Remembered): void {
  const { root, witness, tool } = context;
  for (const path in memo.stats) witness.note(join(root, path), memo.stats[path] as Stat);
  witness.note(tool.runtime, statOf(tool.runtime));
}

function isUnchanged(root: string, memo: Remembered): boolean {
  for (const path in memo.stats) if (statOf(join(root, path)) !== memo.stats[path]) return false;
  return memo.rootNames === namesIn(root);
}

type Made = Extract<Bundled, { type: 'bundled' }>;

async function remember(context: Context, memoKey: string, run: Made, declaration: Made): Promise<Closure> {
  const put = (text: string) =>
    context.store.artifacts.put({ type: 'bytes', bytes: new TextEncoder().encode(text) });
  const closure: Closure = {
    code: await put(run.code),
    sourceMap: await put(run.map),
    declaration: await put(declaration.code),
  };
  const places = placesConsulted(context.root, [run.inputs, declaration.inputs]);
  const stats = statsOf(context, places);
  if (stats === undefined) {
    context.witness.doubt('a stage file was written a moment ago');
    for (const place of places)
      context.witness.look(join(context.root, place), statOf(join(context.root, place)));
    return closure;
  }
  const memo: Remembered = { ...closure, stats, rootNames: namesIn(context.root) };
  context.store.memos.set(memoName, memoKey, JSON.stringify(memo));
  vouch(context, memo);
  return closure;
}

/** Undefined where a file was written too recently for its stat to be trusted. */
function statsOf(context: Context, places: ReadonlySet<string>): Record<string, Stat> | undefined {
  const now = context.now();
  const stats: Record<string, Stat> = {};
  for (const place of places) {
    const found = lookAt(join(context.root, place));
    if (found !== undefined && !isSettled(found, now)) return undefined;
    stats[place] = found === undefined ? missing : spellStat(found);
  }
  return stats;
}
