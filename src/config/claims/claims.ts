/** Reads claims: which value each is about, and what it says of it. */
import { byCodeUnit } from '../../base/canonical.ts';
import { listed, nearest, suggestion } from '../../base/text.ts';
import { caseOf, formatCase, stageOf, stepId } from '../../model/case.ts';
import type { ClaimDeclaration, Selector } from '../../model/claim.ts';
import type { StageCases } from '../../model/unroll.ts';
import { type Context, rolesMade } from '../context.ts';
import { unknownProfile } from '../edits/edits.ts';
import { parseRelation } from './relation.ts';
import type { Parsed } from './scanner.ts';
import type { RawClaim } from '../shape/pipeline.ts';
import { parseSelector } from './selector.ts';
import { keyPlaceOf, namesAt, placeInside, placeOf } from '../yaml/tree.ts';

/** The cases of all stages in a profile, before any `-S`. */
export type CasesIn = (profile: string) => ReadonlyMap<string, StageCases>;

/** The claims that are right, sorted by id; problems are noted for the others. */
export function readClaims(
  context: Context,
  profiles: ReadonlyMap<string, unknown>,
  casesIn: CasesIn,
): ClaimDeclaration[] {
  const ids = namesAt(context.source, ['claims']).sort(byCodeUnit);
  return ids.flatMap((id) => {
    const raw: Partial<RawClaim> | undefined = context.shaped.claims?.[id];
    return raw === undefined ? [] : (readClaim(context, id, raw, profiles, casesIn) ?? []);
  });
}

function readClaim(
  context: Context,
  id: string,
  raw: Partial<RawClaim>,
  profiles: ReadonlyMap<string, unknown>,
  casesIn: CasesIn,
): ClaimDeclaration | undefined {
  const hasProfile = checkProfile(context, id, raw.profile, profiles);
  const selector = readField(context, id, 'value', raw.value, parseSelector);
  const relation = readField(context, id, 'holds', raw.holds, parseRelation);
  const { says, source, value, holds, profile } = raw;
  const wrong =
    selector && hasProfile ? selectorProblem(context, selector, casesIn(profile ?? 'default')) : undefined;
  if (wrong !== undefined)
    add(context, id, 'value', `claim "${id}" is about ${JSON.stringify(value)}, ${wrong}`);
  if (says === undefined || source === undefined || value === undefined || holds === undefined)
    return undefined;
  if (selector === undefined || relation === undefined || wrong !== undefined || !hasProfile)
    return undefined;
  const place = keyPlaceOf(context.source, ['claims', id]);
  return {
    id,
    says,
    source,
    value,
    selector,
    relation,
    holds,
    ...(profile === undefined ? {} : { profile }),
    place,
  };
}

function add(context: Context, id: string, field: string, message: string, index?: number): void {
  const path = ['claims', id, field];
  const place =
    index === undefined ? placeOf(context.source, path) : placeInside(context.source, path, index);
  context.problems.add(path, place, message);
}

function checkProfile(
  context: Context,
  id: string,
  profile: string | undefined,
  profiles: ReadonlyMap<string, unknown>,
): boolean {
  if (profile === undefined || profile === 'default' || profiles.has(profile)) return true;
  add(
    context,
    id,
    'profile',
    `claim "${id}" is judged in "${profile}", but ${unknownProfile(profile, profiles)}`,
  );
  return false;
}

function readField<T>(
  context: Context,
  id: string,
  field: string,
  text: string | undefined,
  parse: (text: string) => Parsed<T>,
): T | undefined {
  if (text === undefined) return undefined;
  const parsed = parse(text);
  if ('value' in parsed) return parsed.value;
  add(context, id, field, `claim "${id}": ${JSON.stringify(text)} ${parsed.wrong}.`, parsed.index);
  return undefined;
}

/** Why no step and role can be meant, as far as the file alone tells. */
function selectorProblem(
  context: Context,
  selector: Selector,
  cases: ReadonlyMap<string, StageCases>,
): string | undefined {
  const stage = stageOf(selector.step);
  if (!context.stageNames.has(stage))
    return `but there is no stage "${stage}".${suggestion(stage, context.stageNames)}`;
  const made = rolesMade(context, stage);
  if (made !== undefined && !made.includes(selector.role))
    return `but "${stage}" makes no "${selector.role}".${suggestion(selector.role, made)}`;
  const known = cases.get(stage);
  const isUnsure =
    known === undefined || known.problems.length > 0 || context.problems.brokenStages.has(stage);
  return isUnsure ? undefined : caseProblem(stage, caseOf(selector.step), known);
}

function caseProblem(stage: string, binding: string, known: StageCases): string | undefined {
  const { variables, dynamic } = known;
  const all = known.cases.map(formatCase);
  if (binding === '') {
    if (dynamic.length === 0 ? all.length === 1 : false) return undefined;
    const example = all[0] === undefined ? variables.map((name) => `${name}=…`).join(',') : all[0];
    return `but "${stage}" has ${dynamic.length > 0 ? 'a matrix' : `${all.length} cases`}. Name one, such as "${stage}@${example}".`;
  }
  const bound = binding.split(',').map((each) => each.slice(0, each.indexOf('=')));
  if (bound.join() !== variables.join()) return variablesProblem(stage, bound, variables);
  if (dynamic.length > 0 || all.includes(binding)) return undefined;
  const near = nearest(binding, all);
  return `but "${stage}" has no case ${binding}. It has ${listed(all)}.${near === undefined || all.length <= 8 ? '' : ` Did you mean "${stage}@${near}"?`}`;
}

function variablesProblem(stage: string, bound: readonly string[], variables: readonly string[]): string {
  if (variables.length === 0) return `but "${stage}" has no matrix. Write "${stepId(stage, {})}".`;
  const unknown = bound.find((name) => !variables.includes(name));
  if (unknown !== undefined)
    return `but "${stage}" has no matrix variable "${unknown}".${suggestion(unknown, variables)}`;
  const lacking = variables.filter((name) => !bound.includes(name));
  return `but a case of "${stage}" binds ${listed(lacking.map((name) => `"${name}"`))} as well.`;
}
