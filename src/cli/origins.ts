/** Finds the execution that a path, a claim, a step, an artifact or a number comes from. */
import { counted, shortDigest, suggestion } from '../base/text.ts';
import { fillPath, spelledName } from '../model/case.ts';
import { Fault } from '../model/fault.ts';
import type { Judgement } from '../model/claim.ts';
import type { Trace } from '../model/trace.ts';
import { judgeClaims, stepsOfStages } from '../provenance/claims.ts';
import { findValue } from '../provenance/find-value.ts';
import { outsFinder, traceFinder } from '../provenance/standing.ts';
import { type Conditions, type Origin, roleOf } from './origin.ts';
import { findInPaper, paperValue } from './papers.ts';
import { ofPath } from './path-origin.ts';
import type { Reading } from './reading.ts';

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
  const name = claim.selector.path.findLast((part) => part.type === 'field')?.name;
  const about = Object.assign({}, ...conditions) as Conditions;
  return [{ says, trace, role: claim.selector.role, about, name }];
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
  const named = spelledName(what);
  const step = cases[0] ?? steps.find(({ id }) => named === id || named.startsWith(`${id}.`));
  if (step === undefined) return [];
  const role = named.startsWith(`${step.id}.`) ? named.slice(step.id.length + 1) : undefined;
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
  return context.store.artifacts.matching(what).flatMap((digest) =>
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
