/** Decides which kind of worker process an order needs: what it may touch, read and hold. */
import { realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import process from 'node:process';
import { getHeapStatistics } from 'node:v8';
import type { Content, Input, Order } from '../model/executor.ts';
import type { WorkerSetup } from './protocol.ts';

export interface WorkerPlaces {
  /** Path of the worker's bundled JavaScript file. */
  readonly entry: string;
  /** Folder below which bundles and artifacts lie: what a worker may read. */
  readonly folder: string;
  /** Folder from which stages with the effect `native` resolve packages. */
  readonly root?: string | undefined;
  /** Further flags of Node for every process, such as `--max-old-space-size=8192`. */
  readonly flags?: readonly string[] | undefined;
  /** Variables in place of the usual time zone and language, to show that nothing depends on them. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Another Node's executable; this process's own unless told. */
  readonly node?: string | undefined;
}

export interface ProcessKind {
  readonly flags: readonly string[];
  readonly argument: string;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly node?: string | undefined;
}

/** Gives the function that tells the kind of process for an order; equal kinds are one object. */
export function processKinds(places: WorkerPlaces): (order: Order) => ProcessKind {
  const known = new Map<string, ProcessKind>();
  const folders = new Set(
    [dirname(places.entry), places.folder].flatMap((path) => [resolve(path), real(path)]),
  );
  const plain = new Map<number | undefined, ProcessKind>();
  return (order) => {
    const isPlain = order.effects.length === 0 && readsNoFile(order, places.folder);
    const same = isPlain ? plain.get(order.limits.memory) : undefined;
    if (same !== undefined) return same;
    const effects = [...order.effects].sort();
    const flags = [
      ...common,
      ...(places.flags ?? []),
      ...heapFlag(order.limits.memory),
      ...permissions(order, effects, [...folders]),
    ];
    const setup: WorkerSetup = { effects, ...(places.root === undefined ? {} : { root: places.root }) };
    const { environment, node } = places;
    const kind = { flags, argument: JSON.stringify(setup), environment, node };
    const key = JSON.stringify(kind);
    const one = known.get(key) ?? kind;
    known.set(key, one);
    if (isPlain) plain.set(order.limits.memory, one);
    return one;
  };
}

/** Most orders of a long run are so: their bundle lies in the folder, and their inputs are bytes. */
function readsNoFile({ work, inputs }: Order, folder: string): boolean {
  return work.type === 'bundle' && work.path.startsWith(folder + sep) && filesOf(inputs).length === 0;
}

const common = ['--no-warnings', '--stack-trace-limit=50'];

/** A step that may hold more than V8's own limit gets a heap of that size; array buffers lie outside it. */
function heapFlag(memory: number | undefined): string[] {
  if (memory === undefined || memory <= getHeapStatistics().heap_size_limit) return [];
  return [`--max-old-space-size=${Math.ceil(memory / 2 ** 20)}`];
}

function permissions(order: Order, effects: readonly string[], folders: readonly string[]): string[] {
  if (effects.includes('native')) return [];
  const flags = ['--permission', '--disallow-code-generation-from-strings'];
  // Node 25 was the first to ask for permission to use the network.
  if (effects.includes('network') && process.allowedNodeEnvironmentFlags.has('--allow-net'))
    flags.push('--allow-net');
  if (effects.includes('files')) return [...flags, '--allow-fs-read=*', '--allow-fs-write=*'];
  return [...flags, ...readable(order, folders).map((path) => `--allow-fs-read=${path}`)];
}

function readable(order: Order, folders: readonly string[]): string[] {
  const isInside = (path: string) => folders.some((folder) => path.startsWith(folder + sep));
  const bundle = order.work.type === 'bundle' ? [order.work.path] : [];
  const outside = [...bundle, ...filesOf(order.inputs)]
    .map((path) => resolve(path))
    .filter((path) => !isInside(path));
  return [
    ...folders.map((folder) => folder + sep),
    ...new Set(outside.flatMap((path) => [path, real(path)])),
  ];
}

/** Unpinned inputs lie where the user keeps them. */
function filesOf(inputs: Order['inputs']): string[] {
  const contents = Object.values(inputs).flatMap(contentsOf);
  return contents.flatMap((content) => (content.type === 'file' ? [content.path] : []));
}

function contentsOf(input: Input): Content[] {
  if (input.type === 'one') return [input.content];
  if (input.type === 'folder') return input.entries.map((entry) => entry.content);
  return input.members.flatMap((member) => contentsOf(member.input));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
