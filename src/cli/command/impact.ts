/** `colophon impact`: from a source file or a function down to the claims at risk. */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { counted, listed, suggestion } from '../../base/text.ts';
import { Fault } from '../../model/fault.ts';
import { judgeClaims } from '../../provenance/claims.ts';
import { type Impact, type ImpactGround, impactOf, knownFiles } from '../../provenance/impact.ts';
import { outsFinder } from '../../provenance/standing.ts';
import { print, printJson, stdoutStyle } from '../output.ts';
import { type Reading, withPlan } from '../reading.ts';
import type { ProjectFlags } from '../site.ts';
import { claimLine } from '../summary.ts';

/** `what`: a project's file, or `file:function`. */
export async function impactCommand(
  what: string,
  flags: ProjectFlags & { readonly json?: boolean },
): Promise<void> {
  await withPlan(flags, [], (reading) => {
    const ground = groundOf(reading);
    const { file, name } = split(reading, what);
    const impact = impactOf(ground, file, name);
    if (impact.direct.length === 0) throw new Fault('usage', nothing(reading, ground, file, name));
    if (flags.json) printJson(impact);
    else print(lines(reading, what, impact));
  });
}

function groundOf({ pipeline, context, seen }: Reading): ImpactGround {
  const { artifacts } = context.store;
  return {
    pipeline,
    steps: seen.allSteps(),
    graph: seen.graph(),
    sourceMap: (step) => {
      const digest = seen.sourceMap(step);
      return digest === undefined ? undefined : new TextDecoder().decode(artifacts.read(digest));
    },
  };
}

/** A path as people give it from where they are; what follows the last colon is a function. */
function split({ context }: Reading, what: string) {
  const [, path = what, name] = /^(.+):([\w$]+)$/.exec(what) ?? [];
  const file = relative(context.root, resolve(path)).replaceAll('\\', '/');
  return { file: file.startsWith('../') ? path : file, name };
}

function nothing({ context }: Reading, ground: ImpactGround, file: string, name?: string): string {
  const known = knownFiles(ground);
  if (!known.includes(file)) {
    const there = existsSync(resolve(context.root, file));
    return `${there ? 'no step rests on' : 'there is no file'} ${file}.${there ? '' : suggestion(file, known)}`;
  }
  const { functions } = impactOf(ground, file);
  return `no step's code holds ${name} of ${file}; it holds ${listed(functions, 12)}.${suggestion(name ?? '', functions)}`;
}

function lines(reading: Reading, what: string, impact: Impact): string[] {
  const { pipeline, context } = reading;
  const style = stdoutStyle();
  const judgements = new Map(
    judgeClaims(pipeline, context.store, outsFinder(reading)).map((each) => [each.claim, each]),
  );
  const claims = pipeline.claims.flatMap((claim) => {
    const judgement = judgements.get(claim.id);
    return impact.claims.includes(claim.id) && judgement !== undefined
      ? [claimLine(claim, judgement, style)]
      : [];
  });
  const below = impact.steps.filter((id) => !impact.direct.includes(id));
  return [
    `${style.strong(what)} is in what ${counted(impact.direct.length, 'step')} ${impact.direct.length === 1 ? 'is' : 'are'} made from: ${listed(impact.direct)}`,
    ...(below.length > 0 ? [`below: ${counted(below.length, 'step')}: ${listed(below)}`] : []),
    ...(impact.published.length > 0 ? [`published: ${listed(impact.published, 20)}`] : []),
    claims.length === 0 ? 'no claim rests on it' : `${counted(claims.length, 'claim')} at risk:`,
    ...claims,
  ];
}
