/** `colophon where`: from a published file, a value or a claim back to the code, params and sources behind it. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Fault } from '../../model/fault.ts';
import { suggestion } from '../../base/text.ts';
import { type Lineage, lineageLines, lineageOf } from '../../provenance/lineage.ts';
import { findValue } from '../../provenance/find-value.ts';
import { judgeClaims } from '../../provenance/claims.ts';
import type { ProjectFlags } from '../project.ts';
import { type Reading, outsFinder, print, stdoutStyle, withPlan } from '../reading.ts';

export async function whereCommand(
  what: string,
  flags: ProjectFlags & { readonly json?: boolean },
): Promise<void> {
  await withPlan(flags, [], (reading) => {
    const found = origins(reading, what);
    if (found.length === 0) throw new Fault('usage', nothing(reading, what));
    const style = stdoutStyle();
    if (flags.json) return print(JSON.stringify(found, undefined, 2));
    print(
      found.flatMap(({ headline, lineage }, i) => [
        ...(i > 0 ? [''] : []),
        style.strong(headline),
        ...lineageLines(lineage, style.dim),
      ]),
    );
  });
}

interface Origin {
  readonly headline: string;
  readonly lineage: Lineage;
}

/** A path names one artifact, a claim one value of one; a number may stand in several tables. */
function origins(reading: Reading, what: string): Origin[] {
  const { pipeline, context } = reading;
  const trail = (step: string, role?: string) =>
    lineageOf(context.store, reading.seen.allSteps(), outsFinder(reading), step, role);
  const path = publishedPath(reading, what);
  if (path !== undefined)
    return [{ headline: `${path.path}  is ${path.step}.${path.role}`, lineage: trail(path.step, path.role) }];
  const claim = pipeline.claims.find(({ id }) => id === what);
  if (claim !== undefined) {
    const judgement = judgeClaims(pipeline, context.store, outsFinder(reading)).find(
      ({ claim: id }) => id === what,
    );
    const headline = `claim ${claim.id}: ${claim.value} = ${judgement?.found ?? 'nothing yet'} (${claim.holds}: ${judgement?.status})`;
    return [{ headline, lineage: trail(claim.selector.step, claim.selector.role) }];
  }
  if (reading.seen.allSteps().some(({ id }) => id === what))
    return [{ headline: what, lineage: trail(what) }];
  return findValue(context.store, publications(reading), what).map(
    ({ path: file, place, text, step, role }) => ({
      headline: `${text}  in ${file}, ${place}`,
      lineage: trail(step, role),
    }),
  );
}

interface Publication {
  readonly path: string;
  readonly step: string;
  readonly role: string;
}

function publications({ seen }: Reading): Publication[] {
  return seen.allSteps().flatMap((step) =>
    Object.entries(step.stage.publish).map(([role, template]) => ({
      path: template.replace(/\$\{(\w[\w-]*)\}/g, (_, name: string) => String(step.case[name])),
      step: step.id,
      role,
    })),
  );
}

function publishedPath(reading: Reading, what: string): Publication | undefined {
  const wanted = relative(reading.context.root, resolve(what));
  const found = publications(reading).find(({ path }) => path === wanted || path === what);
  if (
    found === undefined &&
    existsSync(join(reading.context.root, what)) &&
    /[/.]/.test(what) &&
    Number.isNaN(Number(what))
  ) {
    throw new Fault('usage', `${what} is not published by any step; it is a file of the project itself`);
  }
  return found;
}

function nothing(reading: Reading, what: string): string {
  const names = [
    ...publications(reading).map(({ path }) => path),
    ...reading.pipeline.claims.map(({ id }) => id),
    ...reading.seen.allSteps().map(({ id }) => id),
  ];
  return `"${what}" is no published path, claim or step, and stands in no published table.${suggestion(what, names)}`;
}
