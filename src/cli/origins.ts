/** Finds the execution that a path, a claim, a step, an artifact or a number comes from. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Digest, digestOf } from '../base/digest.ts';
import { counted, shortDigest, suggestion } from '../base/text.ts';
import { publishedPlace } from '../engine/publish.ts';
import { fillPath } from '../model/case.ts';
import { Fault } from '../model/fault.ts';
import type { Judgement } from '../model/claim.ts';
import type { PublishedPath, Store } from '../model/store.ts';
import type { ArtifactReference, Trace } from '../model/trace.ts';
import { judgeClaims, stepsOfStages } from '../provenance/claims.ts';
import { type FoundCell, findValue } from '../provenance/find-value.ts';
import { findInPaper, paperValue } from './papers.ts';
import { type Reading, outsFinder, traceFinder } from './reading.ts';

/** One answer to `where`. */
export interface Origin {
  /** What was asked about, as a headline. */
  readonly says: string;
  readonly trace: Trace;
  /** The artifact that was asked about, if one was. */
  readonly role?: string | undefined;
  /** Where in the artifact a value stands. */
  readonly cells?: readonly FoundCell[] | undefined;
  /** What a claim says of the row or item that it is about. */
  readonly about?: Conditions | undefined;
}

type Conditions = Readonly<Record<string, string>>;

/** Every origin of what is named. Throws Fault `usage` where there is none, with the nearest name. */
export function originsOf(reading: Reading, what: string): Origin[] {
  const ways = [ofPaper, ofClaim, ofPath, ofStep, ofValue, ofDigest];
  for (const way of ways) {
    const found = way(reading, what);
    if (found.length > 0) return found;
  }
  throw new Fault('usage', nothing(reading, what));
}

/** A value in a paper: the claims that it is, else the tables that it stands in. */
function ofPaper(reading: Reading, what: string): Origin[] {
  const asked = paperValue(what);
  if (asked === undefined) return [];
  const { pipeline, context } = reading;
  const judgements = judgeClaims(pipeline, context.store, outsFinder(reading));
  const all = pipeline.claims.map((claim, i) => ({ claim, judgement: judgements[i] as Judgement }));
  return findInPaper(asked, all).flatMap(({ at, claims }) => {
    const found = claims.flatMap(({ claim }) => ofClaim(reading, claim.id));
    const origins = found.length > 0 ? found : ofValue(reading, asked.value);
    if (origins.length === 0)
      throw new Fault(
        'usage',
        `${asked.value} stands at ${at}, but no claim has it and no artifact holds it`,
      );
    return origins.map((origin) => ({ ...origin, says: `${at}: ${origin.says}` }));
  });
}

function ofClaim(reading: Reading, what: string): Origin[] {
  const { pipeline, context } = reading;
  const claim = pipeline.claims.find(({ id }) => id === what);
  if (claim === undefined) return [];
  const step = stepsOfStages(pipeline)(claim.selector.step);
  const trace = traceFinder(reading)(step)?.trace;
  if (trace === undefined)
    throw new Fault(
      'usage',
      `claim "${what}" is about ${step}, which has not been executed; \`colophon run\` first`,
    );
  const claims = [claim];
  const judgement = judgeClaims({ ...pipeline, claims }, context.store, outsFinder(reading))[0];
  const value = judgement?.found === undefined ? '' : ` is ${judgement.found}`;
  const says = `claim ${claim.id}: ${claim.value}${value} (${claim.holds}: ${judgement?.status})`;
  const conditions = claim.selector.path.flatMap((part) => (part.type === 'match' ? [part.conditions] : []));
  return [{ says, trace, role: claim.selector.role, about: Object.assign({}, ...conditions) as Conditions }];
}

/** What lies at a published path, whether the plan would put it there again or not. */
function ofPath(reading: Reading, what: string): Origin[] {
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
  if (!existsSync(absolute)) return ', removed since';
  return digestOf(readFileSync(absolute)) === digest ? '' : ', edited by hand since';
}

const roleOf = (trace: Trace, digest: Digest) =>
  Object.keys(trace.outs).find((role) => trace.outs[role]?.digest === digest);

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

/** `train@k=6`, or with a role `train@k=6.candidates`. */
function ofStep(reading: Reading, what: string): Origin[] {
  const find = traceFinder(reading);
  const steps = reading.seen.allSteps();
  const cases = steps.filter(({ stage }) => stage.name === what);
  if (cases.length > 1)
    throw new Fault(
      'usage',
      `stage "${what}" has ${counted(cases.length, 'step')}; name one, such as ${cases[0]?.id}`,
    );
  const step = cases[0] ?? steps.find(({ id }) => what === id || what.startsWith(`${id}.`));
  if (step === undefined) return [];
  const role = what.startsWith(`${step.id}.`) ? what.slice(step.id.length + 1) : undefined;
  const roles = Object.keys(step.signature.outs);
  if (role !== undefined && !roles.includes(role)) return [];
  const trace = find(step.id)?.trace;
  if (trace === undefined)
    throw new Fault('usage', `${step.id} has not been executed; \`colophon run ${step.id}\` first`);
  return [{ says: what, trace, role }];
}

/** Published tables first; where none holds the value, all others. */
function ofValue(reading: Reading, what: string): Origin[] {
  const find = traceFinder(reading);
  const isAsked = !/[/@]/.test(what);
  const places = (isAsked ? reading.seen.allSteps() : []).flatMap((step) => {
    const trace = find(step.id)?.trace;
    return Object.entries(trace?.outs ?? {}).map(([role, out]) => ({
      trace: trace as Trace,
      role,
      out,
      path: step.stage.publish[role] && fillPath(step.stage.publish[role], step.case),
    }));
  });
  const search = (isPublished: boolean) =>
    places.flatMap(({ trace, role, out, path }) => {
      if ((path !== undefined) !== isPublished || out.size > mostSearched) return [];
      if (!reading.context.store.artifacts.has(out.digest) || !/^(?:csv|json)$/.test(out.extension))
        return [];
      const cells = findValue(reading.context.store.artifacts.read(out.digest), out.extension, what);
      const says = `${what} in ${path === undefined ? '' : `${path}  `}${trace.step}.${role}`;
      return cells.length === 0 ? [] : [{ says, trace, role, cells }];
    });
  const published = search(true);
  return published.length > 0 ? published : search(false);
}

/** Bytes of an artifact that is still searched for a value. */
const mostSearched = 16_000_000;

function ofDigest({ context }: Reading, what: string): Origin[] {
  if (!/^[0-9a-f]{6,64}$/.test(what)) return [];
  const digests = context.store.artifacts.matching(what.slice(0, 16)).filter((each) => each.startsWith(what));
  return digests.flatMap((digest) =>
    context.store.traces.producing(digest).map((trace) => {
      const role = roleOf(trace, digest);
      return { says: `${shortDigest(digest)}  ${trace.step}.${role}`, trace, role };
    }),
  );
}

function nothing({ seen, pipeline, context }: Reading, what: string): string {
  const names = [
    ...context.store.published.list(pipeline.profile).map(({ path }) => path),
    ...pipeline.claims.map(({ id }) => id),
    ...seen.allSteps().flatMap(({ id, stage }) => [id, stage.name]),
  ];
  return `"${what}" is no published path, claim, step or artifact, and stands in no table or JSON that was made.${suggestion(what, names)}`;
}
