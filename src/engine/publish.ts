/** Puts artifacts where people look for them, and never over what a person has written there. */
import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Digest, digestOf, shortDigest } from '../base/digest.ts';
import type { RunEvent } from '../model/event.ts';
import { Fault } from '../model/fault.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Step } from '../model/step.ts';
import type { ArtifactsByRole, PublishedPath, Store } from '../model/store.ts';
import { fillPath } from './order.ts';
import { missing, statOf } from './stat.ts';

/** One artifact and the path it is to have. */
export interface Publication {
  readonly path: string;
  readonly step: string;
  readonly digest: Digest;
}

export interface PublishRequest {
  readonly root: string;
  readonly store: Store;
  readonly pipeline: Pipeline;
  /** All steps of the pipeline, done or not: a path that one of them publishes is not stale. */
  readonly steps: readonly Step[];
  /** Stages whose steps are not all known. */
  readonly waiting: ReadonlySet<string>;
  readonly done: (step: string) => ArtifactsByRole | undefined;
  /** Replace what was edited by hand, keeping the edited bytes in the store. */
  readonly restore: boolean;
  readonly emit: (event: RunEvent) => void;
}

/** Publishes what is done, takes back what no step publishes any more; returns how many paths were left alone as edited. */
export async function publish(request: PublishRequest): Promise<number> {
  const { store, pipeline } = request;
  const before = new Map(store.published.list(pipeline.profile).map((entry) => [entry.path, entry]));
  const results: PublishedPath[] = [];
  let edited = 0;
  for (const publication of publicationsOf(request)) {
    const result = await publishOne(request, publication, before.get(publication.path));
    if (result === 'edited') edited += 1;
    else if (result !== 'same') results.push({ ...publication, profile: pipeline.profile, stat: result });
  }
  if (results.length > 0) await store.published.set(results);
  return edited + (await withdraw(request, before));
}

/** Where a declared path lies: beside pipeline.yaml, or for other profiles below `.colophon/published`. */
export function publishedPlace(pipeline: Pipeline, path: string): string {
  return pipeline.publishes ? path : join('.colophon', 'published', pipeline.profile, path);
}

function publicationsOf(request: PublishRequest): Publication[] {
  return request.steps.flatMap((step) => {
    const outs = request.done(step.id);
    if (outs === undefined) return [];
    return Object.entries(step.stage.publish).flatMap(([role, template]) => {
      const out = outs[role];
      const path = publishedPlace(request.pipeline, fillPath(template, step.case));
      return out === undefined ? [] : [{ path, step: step.id, digest: out.digest }];
    });
  });
}

/** The stat of the file as left, or that it was so already, or that a person has edited it. */
async function publishOne(
  request: PublishRequest,
  publication: Publication,
  last: PublishedPath | undefined,
): Promise<string> {
  const { root, store, emit } = request;
  const { path, step, digest } = publication;
  const absolute = join(root, path);
  const stat = statOf(absolute);
  if (last !== undefined && last.stat === stat && last.digest === digest) return 'same';
  refuseLinks(root, path);
  const there =
    stat === missing ? undefined : last?.stat === stat ? last.digest : digestOf(readFileSync(absolute));
  if (there === digest) {
    emit({ type: 'published', path, step, change: 'same' });
    return stat;
  }
  if (there !== undefined && there !== last?.digest) {
    if (!request.restore) {
      emit({
        type: 'edited',
        path,
        message: `${path} was edited by hand and is left alone; \`colophon run --restore\` replaces it and keeps the edited bytes`,
      });
      return 'edited';
    }
    const kept = await store.artifacts.put({ type: 'file', path: absolute });
    emit({
      type: 'warning',
      message: `${path}: the edited bytes are kept as ${shortDigest(kept)} (\`colophon show ${shortDigest(kept)}\`)`,
    });
  }
  writeAtomically(absolute, store.artifacts.read(digest));
  emit({ type: 'published', path, step, change: 'written' });
  return statOf(absolute);
}

/** A path through a link could lead anywhere. Throws with the link's name. */
function refuseLinks(root: string, path: string): void {
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const at = parts.slice(0, i).join('/');
    const found = lstatSync(join(root, at), { throwIfNoEntry: false });
    if (found === undefined) return;
    if (found.isSymbolicLink()) throw new Fault('usage', `cannot publish ${path}: ${at} is a symbolic link`);
  }
  const real = relative(realpathSync(root), realpathSync(dirname(join(root, path))));
  if (real.split(sep)[0] === '..')
    throw new Fault('usage', `cannot publish ${path}: it lies outside the project`);
}

function writeAtomically(absolute: string, bytes: Uint8Array): void {
  mkdirSync(dirname(absolute), { recursive: true });
  const draft = join(dirname(absolute), `.${process.pid}.${digestOf(absolute).slice(0, 8)}.part`);
  writeFileSync(draft, bytes);
  renameSync(draft, absolute);
}

/** Removes paths that no step publishes any more, where they are as they were left. */
async function withdraw(
  request: PublishRequest,
  before: ReadonlyMap<string, PublishedPath>,
): Promise<number> {
  const { pipeline, root, store, emit } = request;
  const declared = new Set(
    request.steps.flatMap((step) =>
      Object.values(step.stage.publish).map((path) => publishedPlace(pipeline, fillPath(path, step.case))),
    ),
  );
  let edited = 0;
  for (const [path, entry] of before) {
    if (declared.has(path) || request.waiting.has(entry.step.split('@')[0] as string)) continue;
    const absolute = join(root, path);
    const stat = statOf(absolute);
    const untouched =
      stat === missing || stat === entry.stat || digestOf(readFileSync(absolute)) === entry.digest;
    if (!untouched) {
      emit({
        type: 'edited',
        path,
        message: `no step publishes ${path} any more, but it was edited by hand and is left alone; remove it, or move it`,
      });
      edited += 1;
      continue;
    }
    rmSync(absolute, { force: true });
    await store.published.remove(pipeline.profile, path);
    if (stat !== missing) emit({ type: 'published', path, step: entry.step, change: 'removed' });
  }
  return edited;
}
