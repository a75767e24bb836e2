/** Finds the project and opens its store: what every command begins with. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { digestOf, digestOfValue } from '../base/digest.ts';
import { Fault } from '../model/fault.ts';
import type { Store } from '../model/store.ts';
import type { LocalStore } from '../../store/local.ts';
import { memoryStore } from '../../store/memory/store.ts';
import { openStore } from '../../store/open.ts';
import { viewOf } from '../../store/view.ts';
import { distFile, version } from './tool.ts';

/** Flags that most commands share, as commander gives them. */
export interface ProjectFlags {
  /** Path of the pipeline file; else the nearest pipeline.yaml here or above. */
  readonly file?: string | undefined;
  readonly profile?: string | undefined;
  /** `stage.param=value`, as given to -S. */
  readonly set?: readonly string[] | undefined;
}

/** A pipeline file and the store beside it, before the file is parsed. */
export interface Site {
  readonly root: string;
  /** The pipeline file's name in `root`: places in it are told by it. */
  readonly file: string;
  readonly text: string;
  readonly store: Store;
}

/** A site whose store also offers pins and the removal of garbage. */
export interface LocalSite extends Site {
  readonly store: LocalStore;
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
    'there is no pipeline.yaml here or above; `colophon init` makes one, with two stages to try',
  );
}

/** Where the store of the project at `root` lies. */
export const storeFolder = (root: string): string => join(root, '.colophon');

/** Opens the store of a project; with `read`, nothing is written and no store is made. */
export function openSite(flags: ProjectFlags, access: 'write' | 'read' = 'write'): Site {
  const path = findPipeline(process.cwd(), flags.file);
  const root = dirname(path);
  const text = readFileSync(path, 'utf8');
  const folder = storeFolder(root);
  const store =
    access === 'read'
      ? viewOf(openStore(folder, { absent: 'empty' }), memoryStore())
      : openStore(folder, { writer: distFile('writer.js') });
  return { root, file: basename(path), text, store };
}

/** Opens the store of a project for its upkeep. */
export function openLocalSite(flags: ProjectFlags): LocalSite {
  const site = openSite(flags);
  return { ...site, store: site.store as LocalStore };
}

/** Names what a pipeline is read from: the text, the flags and the tool's version. */
export function pipelineDigest({ text, file }: Site, { profile, set = [] }: ProjectFlags): string {
  return digestOfValue(['pipeline', version, digestOf(text), file, profile ?? null, set]);
}
