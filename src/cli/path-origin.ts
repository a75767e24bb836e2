/** Finds the execution behind a published path; of other files it says what they are. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Digest } from '../base/digest.ts';
import { publishedPlace } from '../engine/publish.ts';
import { digestAt } from '../engine/published-file.ts';
import { fillPath } from '../model/case.ts';
import { Fault } from '../model/fault.ts';
import type { PublishedPath, Store } from '../model/store.ts';
import type { ArtifactReference, Trace } from '../model/trace.ts';
import { type Origin, roleOf } from './origin.ts';
import type { Reading } from './reading.ts';

/** What lies at a published path, whether the plan would put it there again or not. */
export function ofPath(reading: Reading, what: string): Origin[] {
  const { context, pipeline } = reading;
  const path = relative(context.root, resolve(what));
  const published = context.store.published
    .list(pipeline.profile)
    .find((entry) => entry.path === path || entry.path === what);
  if (published !== undefined) {
    const { trace, role } = makerOf(context.store, published);
    const state = stateOf(join(context.root, published.path), published.digest);
    return [{ says: `${published.path}  ${trace.step}.${role}${state}`, trace, role }];
  }
  refuseUnpublished(reading, path);
  return [];
}

/** The execution that gave what was published: as an out, or as a file of a folder that is one. */
function makerOf(
  store: Store,
  { path, step, digest }: PublishedPath,
): { trace: Trace; role: string | undefined } {
  const makers = store.traces.producing(digest);
  const trace = makers.find((each) => each.step === step) ?? makers[0];
  if (trace !== undefined) return { trace, role: roleOf(trace, digest) };
  for (const each of store.traces.ofStep(step)) {
    const role = Object.keys(each.outs).find((name) => holdsFile(store, each.outs[name], digest));
    if (role !== undefined) return { trace: each, role };
  }
  throw new Fault('usage', `${path} was published by ${step}, whose record is gone`);
}

function holdsFile(store: Store, out: ArtifactReference | undefined, digest: Digest): boolean {
  if (out?.kind.startsWith('folder/') !== true || !store.artifacts.has(out.digest)) return false;
  return store.artifacts.folder(out.digest).some((file) => file.digest === digest);
}

function stateOf(absolute: string, digest: Digest): string {
  const now = digestAt(absolute);
  if (now === undefined) return ', removed since';
  return now === digest ? '' : ', edited by hand since';
}

/** A file of the project, or one that is still to be made, is told as such. */
function refuseUnpublished({ seen, pipeline, context }: Reading, path: string): void {
  const steps = seen.allSteps();
  const maker = steps.find((step) =>
    Object.values(step.stage.publish).some(
      (template) => publishedPlace(pipeline, fillPath(template, step.case)) === path,
    ),
  );
  if (maker !== undefined)
    throw new Fault(
      'usage',
      `${path} is still to be made, by ${maker.id}; \`colophon run ${path}\` makes it`,
    );
  const readers = steps.filter(
    ({ stage, inputs }) =>
      (stage.computation.type === 'typescript' && stage.computation.file === path) ||
      Object.values(inputs).some((input) => input.type === 'source' && input.path === path),
  );
  if (readers.length > 0) {
    const names = [...new Set(readers.map(({ stage }) => stage.name))].join(', ');
    throw new Fault('usage', `${path} is a source: it was written by hand, and ${names} reads it`);
  }
  if (path.includes('.') && !/^[\d.eE+-]+$/.test(path) && existsSync(join(context.root, path)))
    throw new Fault('usage', `${path} is published by no step and read by none: it is a file of yours`);
}
