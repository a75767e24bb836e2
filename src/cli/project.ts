/** Finds the project, reads its pipeline, opens its store: what nearly every command begins with. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { digestOf, digestOfValue } from '../base/digest.ts';
import type { Context } from '../engine/context.ts';
import { newWitness } from '../engine/witness.ts';
import { Fault } from '../model/fault.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Store } from '../model/store.ts';
import { memoryStore } from '../../store/memory/store.ts';
import type { LocalStore } from '../../store/local.ts';
import { openStore } from '../../store/open.ts';
import { viewOf } from '../../store/view.ts';
import { toolFor, version } from './tool.ts';

/** Flags that most commands share, as commander gives them. */
export interface ProjectFlags {
  /** Path of the pipeline file; else the nearest pipeline.yaml here or above. */
  readonly file?: string | undefined;
  readonly profile?: string | undefined;
  /** `stage.param=value`, as given to -S. */
  readonly set?: readonly string[] | undefined;
}

export interface Project {
  readonly context: Context;
  readonly pipeline: Pipeline;
  /** The pipeline file as people see it, relative to where they are. */
  readonly file: string;
}

/** The nearest pipeline.yaml here or above. Throws Fault `usage` where there is none. */
export function findPipeline(from: string, file?: string): string {
  if (file !== undefined) {
    const path = resolve(from, file);
    if (!existsSync(path)) throw new Fault('usage', `there is no file ${file}`);
    return path;
  }
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'pipeline.yaml');
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) break;
  }
  throw new Fault(
    'usage',
    'there is no pipeline.yaml here or above; `colophon init` makes one, with a first stage to try',
  );
}

/** A pipeline file and the store beside it, before the file is parsed. */
export interface Site {
  readonly root: string;
  /** The pipeline file as people see it, relative to where they are. */
  readonly file: string;
  readonly text: string;
  readonly store: Store;
}

/** Opens the store of a project; with `read`, nothing is written and no store is made. */
export function openSite(flags: ProjectFlags, access: 'write' | 'read' = 'write'): Site {
  const path = findPipeline(process.cwd(), flags.file);
  const root = dirname(path);
  const folder = join(root, '.colophon');
  const store =
    access === 'read' ? viewOf(openStore(folder, { absent: 'empty' }), memoryStore()) : openStore(folder);
  return { root, file: relative(process.cwd(), path), text: readFileSync(path, 'utf8'), store };
}

/** A site whose store also offers pins and the removal of garbage. */
export interface LocalSite extends Site {
  readonly store: LocalStore;
}

/** Opens the store of a project for its upkeep. */
export function openLocalSite(flags: ProjectFlags): LocalSite {
  const site = openSite(flags);
  return { ...site, store: site.store as LocalStore };
}

/** Opens the project. Throws Fault `usage` with every problem of the file, Fault `store` for the store's. */
export async function openProject(flags: ProjectFlags, access: 'write' | 'read' = 'write'): Promise<Project> {
  return parseSite(openSite(flags, access), flags);
}

/** The project at an open site. Closes the store where the file is wrong. */
export async function parseSite(site: Site, flags: ProjectFlags): Promise<Project> {
  const { root, store, file } = site;
  try {
    const pipeline = await readPipeline(site, flags);
    const context = { root, store, tool: toolFor(root), now: Date.now, witness: newWitness() };
    return { context, pipeline, file };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Names what a pipeline is read from: the text, the flags and the tool's version. */
export function pipelineDigest({ text, file }: Site, { profile, set = [] }: ProjectFlags): string {
  return digestOfValue(['pipeline', version, digestOf(text), file, profile ?? null, set]);
}

/** The checked pipeline: parsed once for each text of the file, then remembered. */
async function readPipeline(site: Site, flags: ProjectFlags): Promise<Pipeline> {
  const { store, file, text, root } = site;
  const { profile, set: overrides = [] } = flags;
  const memoKey = pipelineDigest(site, flags);
  const known = store.memos.get('pipeline', memoKey);
  if (known !== undefined) return JSON.parse(known) as Pipeline;
  const { parsePipeline } = await import('../config/parse.ts');
  const exists = (name: string) => existsSync(join(root, name));
  const parsed = parsePipeline(text, file, { profile, overrides, exists });
  if (parsed.pipeline === undefined || parsed.problems.length > 0) throw new Fault('usage', parsed.problems);
  store.memos.set('pipeline', memoKey, JSON.stringify(parsed.pipeline));
  return parsed.pipeline;
}
