/** Evaluates the declaration bundle of a stage, and says which kinds it takes and gives. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { KindName } from '../model/kind.ts';
import type { DepSignature } from '../model/step.ts';
import type { Schema } from './read-params.ts';

/** What a stage file says of itself, whatever the params. */
export interface Declaration {
  readonly deps: Readonly<Record<string, DepSignature>>;
  readonly outs: Readonly<Record<string, KindName>>;
  /** Names the params schema knows; undefined where it is not an object schema and takes any. */
  readonly params?: readonly string[] | undefined;
}

/** What a declaration bundle exports. */
export interface Exports {
  readonly params?: (() => Schema) | undefined;
  readonly deps?: (() => Record<string, unknown>) | undefined;
  readonly outs?: (() => Record<string, unknown>) | undefined;
  readonly run: string;
}

/** Runs the bundle's code in this process. */
export async function evaluate(code: string): Promise<Exports> {
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

/** Throws Error where the stage file does not declare what it must. */
export function describe(exports: Exports, schema: Schema | undefined): Declaration {
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
