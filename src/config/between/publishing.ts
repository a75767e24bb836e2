/** Checks that no two outs are published to one place, and none onto what is read. */
import { byCodeUnit } from '../../base/canonical.ts';
import { listed } from '../../base/text.ts';
import { type Case, type CaseValue, fillPath, unroll } from '../../model/case.ts';
import type { Origin } from '../../model/origin.ts';
import type { DepDeclaration, StageDeclaration } from '../../model/pipeline.ts';
import { complain, type Context, type StageText } from '../context.ts';
import { folded, isWithin } from '../stage/path.ts';
import { covers } from './glob.ts';

/** One path that something publishes to. */
interface Target {
  readonly stage: StageText;
  readonly role: string;
  readonly path: string;
  /** Of the variables in the path. */
  readonly case: Case;
}

/** What the project declares to be there: files that are read, which no step may replace. */
interface Guarded {
  readonly path: string;
  readonly what: string;
  readonly exclude: readonly string[];
}

/** Notes paths that two things would be published to, that are the same for several cases, or that are read. */
export function checkPublishing(
  context: Context,
  texts: ReadonlyMap<string, StageText>,
  stages: readonly StageDeclaration[],
  origin: (stage: string, variable: string) => Origin,
): void {
  const targets: Target[] = [];
  for (const stage of stages) {
    const text = texts.get(stage.name) as StageText;
    for (const role of Object.keys(stage.publish).sort(byCodeUnit)) {
      if (distinguishesCases(context, text, stage, role, origin))
        targets.push(...targetsOf(text, stage, role, origin));
    }
  }
  checkCollisions(context, targets);
  checkGuarded(context, targets, guardedPaths(context, stages));
}

/** Whether each case has a path of its own. A variable with one value need not be in the path. */
function distinguishesCases(
  context: Context,
  text: StageText,
  stage: StageDeclaration,
  role: string,
  origin: (stage: string, variable: string) => Origin,
): boolean {
  const path = stage.publish[role] as string;
  const lacking = Object.keys(stage.matrix).filter(
    (name) => !path.includes(`\${${name}}`) && valuesOf(origin(stage.name, name)).length !== 1,
  );
  if (lacking.length === 0) return true;
  const places = lacking.map((name) => `"\${${name}}"`);
  const message = `stage "${stage.name}" publishes "${role}" to "${path}" for every value of ${listed(lacking.map((name) => `"${name}"`))}. Add ${listed(places)} to the path.`;
  complain(context, text, ['publish', role], message);
  return false;
}

function valuesOf(origin: Origin): readonly CaseValue[] {
  return origin.type === 'values' ? origin.values : [];
}

/** The paths of a role; variables over items stay in the path as they are. */
function targetsOf(
  text: StageText,
  stage: StageDeclaration,
  role: string,
  origin: (stage: string, variable: string) => Origin,
): Target[] {
  const template = stage.publish[role] as string;
  const variables = Object.keys(stage.matrix).filter((name) => template.includes(`\${${name}}`));
  const listedValues = Object.fromEntries(
    variables
      .map((name) => [name, valuesOf(origin(stage.name, name))] as const)
      .filter(([, all]) => all.length > 0),
  );
  return unroll(listedValues).map((binding) => {
    return { stage: text, role, path: fillPath(template, binding), case: binding };
  });
}

/** Two targets with one path, or one inside the other. File systems may ignore case, so these do too. */
function checkCollisions(context: Context, targets: readonly Target[]): void {
  const taken = new Map<string, Target>();
  for (const target of targets) {
    const other = taken.get(folded(target.path));
    if (other === undefined) taken.set(folded(target.path), target);
    else
      collide(
        context,
        target,
        `which ${name(other)} is published to as well${other.path === target.path ? '' : `, as "${other.path}"`}`,
      );
  }
  for (const target of taken.values()) {
    for (const folder of foldersAbove(folded(target.path))) {
      const other = taken.get(folder);
      if (other !== undefined)
        collide(context, target, `inside of "${other.path}", which ${name(other)} is published to`);
    }
  }
}

function collide(context: Context, target: Target, reason: string): void {
  const message = `${name(target)} is published to "${target.path}", ${reason}. Give each a path of its own.`;
  complain(context, target.stage, ['publish', target.role], message);
}

function name(target: Target): string {
  return `"${target.stage.name}.${target.role}"`;
}

function* foldersAbove(path: string): Iterable<string> {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    yield path.slice(0, slash);
}

function guardedPaths(context: Context, stages: readonly StageDeclaration[]): Guarded[] {
  // The file is named as people see it from where they are; it lies at the top of the project.
  const file = context.source.file.split(/[\\/]/).at(-1) as string;
  const own: Guarded = { path: file, what: 'is the pipeline itself', exclude: [] };
  return [own, ...stages.flatMap(guardedOf)];
}

function guardedOf({ name: stage, computation, deps }: StageDeclaration): Guarded[] {
  const sources = Object.entries(deps).filter(
    (entry): entry is [string, Extract<DepDeclaration, { type: 'source' }>] => entry[1].type === 'source',
  );
  const read = sources.map(([role, dep]) => ({
    path: dep.path,
    what: `stage "${stage}" reads as "${role}"`,
    exclude: dep.exclude,
  }));
  return computation.type === 'command'
    ? read
    : [...read, { path: computation.file, what: `is the code of stage "${stage}"`, exclude: [] }];
}

function checkGuarded(context: Context, targets: readonly Target[], guarded: readonly Guarded[]): void {
  const at = Map.groupBy(guarded, (each) => each.path);
  const below = Map.groupBy(
    guarded.flatMap((each) => [...foldersAbove(each.path)].map((folder) => ({ folder, each }))),
    ({ folder }) => folder,
  );
  for (const target of targets) {
    const { path } = target;
    const around = [path, ...foldersAbove(path), '.'].flatMap((folder) => at.get(folder) ?? []);
    const inside = (below.get(path) ?? []).map(({ each }) => each);
    const hit = [...around.filter((each) => !excluded(path, each)), ...inside][0];
    if (hit !== undefined) intrude(context, target, hit);
  }
}

function intrude(context: Context, target: Target, hit: Guarded): void {
  const { path } = target;
  const isInside = hit.path !== path && isWithin(path, hit.path);
  const where =
    hit.path === path
      ? 'which'
      : isInside
        ? `inside of "${hit.path}", which`
        : `which holds "${hit.path}", which`;
  const end = isInside ? 'Choose another path, or exclude it there' : 'Choose another path';
  complain(
    context,
    target.stage,
    ['publish', target.role],
    `${name(target)} is published to "${path}", ${where} ${hit.what}. ${end}.`,
  );
}

function excluded(path: string, { path: folder, exclude }: Guarded): boolean {
  const below = folder === '.' ? path : path.slice(folder.length + 1);
  return below !== '' && exclude.some((glob) => covers(glob, below));
}
