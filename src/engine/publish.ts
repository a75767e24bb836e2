/** Publishes what a run has done, and takes back what no step publishes any more. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../base/digest.ts';
import { shortDigest } from '../base/text.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Step } from '../model/step.ts';
import type { ArtifactsByRole, PublishedPath } from '../model/store.ts';
import type { ArtifactReference } from '../model/trace.ts';
import { fillPath, stageOf } from '../model/case.ts';
import { type Place, type Publication, digestAt, putInPlace } from './published-file.ts';
import { missing, statOf } from './stat.ts';

export interface PublishRequest extends Place {
  readonly pipeline: Pipeline;
  /** All steps of the pipeline, done or not: a path that one of them publishes is not stale. */
  readonly steps: readonly Step[];
  /** Stages whose steps are not all known. */
  readonly waiting: ReadonlySet<string>;
  readonly done: (step: string) => ArtifactsByRole | undefined;
}

/** Publishes, withdraws; returns how many paths were left alone as edited. Throws like {@link putInPlace}. */
export async function publish(request: PublishRequest): Promise<number> {
  const { store, pipeline } = request;
  const before = new Map(store.published.list(pipeline.profile).map((entry) => [entry.path, entry]));
  const { publications, open } = declaredOf(request);
  const results: PublishedPath[] = [];
  let edited = 0;
  try {
    for (const publication of publications) {
      const { path, step, digest } = publication;
      const result = await putInPlace(request, publication, before.get(path));
      if (result === 'edited') edited += 1;
      else if (result !== 'same')
        results.push({ path, step, digest, profile: pipeline.profile, stat: result });
    }
  } finally {
    if (results.length > 0) await store.published.set(results);
  }
  for (const { path } of publications) before.delete(path);
  return edited + (await withdraw(request, before.values(), open));
}

/** Where a declared path lies: beside pipeline.yaml, or for other profiles below `.colophon/published`. */
export function publishedPlace(pipeline: Pipeline, path: string): string {
  return pipeline.publishes ? path : join('.colophon', 'published', folderOf(pipeline.profile), path);
}

/** The name of a profile's folder: `-S` may have put anything into a profile's name, also a path. */
function folderOf(profile: string): string {
  const name = profile.replace(/[^\w.+=,@-]/gu, encodeURIComponent);
  return name.length <= 200 ? name : `${name.slice(0, 180)}-${shortDigest(digestOf(profile))}`;
}

interface Declared {
  readonly publications: readonly Publication[];
  /** Places whose steps are not done: what lies there, or below, is neither replaced nor taken back. */
  readonly open: ReadonlySet<string>;
}

function declaredOf(request: PublishRequest): Declared {
  const publications: Publication[] = [];
  const open = new Set<string>();
  for (const step of request.steps) {
    const outs = request.done(step.id);
    for (const [role, template] of Object.entries(step.stage.publish)) {
      const path = publishedPlace(request.pipeline, fillPath(template, step.case));
      const out = outs?.[role];
      if (out === undefined) open.add(path);
      else publications.push(...filesOf(request, path, step.id, out));
    }
  }
  return { publications, open };
}

/** One file, or all of a folder. */
function filesOf(
  { store }: PublishRequest,
  path: string,
  step: string,
  out: ArtifactReference,
): Publication[] {
  if (!out.kind.startsWith('folder/')) return [{ path, step, digest: out.digest }];
  return store.artifacts.folder(out.digest).map((file) => ({
    path: `${path}/${file.path}`,
    step,
    digest: file.digest,
    executable: file.executable,
  }));
}

/** Removes paths that no step publishes any more, where they are as they were left. */
async function withdraw(
  request: PublishRequest,
  stale: Iterable<PublishedPath>,
  open: ReadonlySet<string>,
): Promise<number> {
  const { pipeline, root, store, emit, waiting } = request;
  let edited = 0;
  for (const entry of stale) {
    const { path, step } = entry;
    if (liesIn(path, open) || waiting.has(stageOf(step))) continue;
    const absolute = join(root, path);
    const stat = statOf(absolute);
    const untouched = stat === missing || stat === entry.stat || digestAt(absolute) === entry.digest;
    if (!untouched) {
      const message = `no step publishes ${path} any more, but it was edited by hand and is left alone; remove it, or move it`;
      emit({ type: 'edited', path, message });
      edited += 1;
      continue;
    }
    rmSync(absolute, { force: true });
    await store.published.remove(pipeline.profile, path);
    if (stat !== missing) emit({ type: 'published', path, step, change: 'removed' });
  }
  return edited;
}

/** Whether a path is one of these places or lies below one. */
function liesIn(path: string, places: ReadonlySet<string>): boolean {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/'))))
    if (places.has(at)) return true;
  return false;
}
