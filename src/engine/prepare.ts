/** Learns what every stage of a pipeline takes and gives, and checks that the stages fit together. */
import { digestOfValue } from '../base/digest.ts';
import { listed, suggestion } from '../base/text.ts';
import { type Place, type Problem, Fault } from '../model/fault.ts';
import type { KindName } from '../model/kind.ts';
import type { Computation, DepDeclaration, Pipeline, StageDeclaration } from '../model/pipeline.ts';
import type { DepSignature } from '../model/step.ts';
import { type Closure, type ClosureAnswer, closureOf } from './closure.ts';
import { commandCode, outPaths } from './command-code.ts';
import type { Context } from './context.ts';
import type { Declaration } from './declaration.ts';
import { type Declarer, declarer } from './declare.ts';
import { type Link, linker } from './link.ts';

export interface PreparedStage {
  readonly stage: StageDeclaration;
  readonly code: Closure['code'];
  /** Absent for a command stage. */
  readonly closure?: Closure | undefined;
  readonly declared: Declaration;
}

export interface Prepared {
  readonly pipeline: Pipeline;
  readonly stages: ReadonlyMap<string, PreparedStage>;
  readonly problems: readonly Problem[];
  readonly declarer: Declarer;
}

/** Bundles and evaluates what changed, then checks roles and kinds. Problems are returned, all of them. */
export async function prepare(context: Context, pipeline: Pipeline): Promise<Prepared> {
  const problems: Problem[] = [];
  const stages = new Map<string, PreparedStage>();
  const declare = declarer(context);
  const bundles: Bundles = { link: linker(), closures: new Map() };
  await Promise.all(
    pipeline.stages.map(async (stage) => {
      const prepared = await prepareStage(context, stage, declare, bundles);
      if (Array.isArray(prepared)) problems.push(...prepared);
      else stages.set(stage.name, prepared as PreparedStage);
    }),
  );
  for (const prepared of stages.values()) problems.push(...misfits(prepared, stages));
  return { pipeline, stages, problems, declarer: declare };
}

/** What is bundled in one preparation: each stage file once, those that have to be linked together. */
interface Bundles {
  readonly link: Link;
  readonly closures: Map<string, Promise<ClosureAnswer>>;
}

async function prepareStage(
  context: Context,
  stage: StageDeclaration,
  declare: Declarer,
  { link, closures }: Bundles,
): Promise<PreparedStage | Problem[]> {
  const { computation } = stage;
  if (stage.executor !== 'local') {
    const message = `stage "${stage.name}" asks for the executor "${stage.executor}", which this version does not have; leave it out to execute here`;
    return [{ place: placeIn(stage, 'executor'), message }];
  }
  if (computation.type === 'command') return commandStage(stage, computation);
  const name = JSON.stringify([computation.file, stage.random, stage.effects]);
  const pending =
    closures.get(name) ??
    closureOf(context, { file: computation.file, random: stage.random, effects: stage.effects }, link);
  closures.set(name, pending);
  const answer = await pending;
  if (answer.type === 'refused') return answer.problems.map((problem) => located(problem, stage));
  try {
    const declared = await declare.declare(answer.closure.declaration);
    return { stage, code: answer.closure.code, closure: answer.closure, declared };
  } catch (error) {
    const message = `${computation.file} cannot be evaluated: ${(error as Error).message}`;
    return [{ place: placeIn(stage, 'use'), message }];
  }
}

/** A problem in code that has no place of its own is told at the stage that uses the code. */
function located(problem: Problem, stage: StageDeclaration): Problem {
  const inEntry = problem.place === undefined || problem.place.file.startsWith('<');
  return inEntry ? { place: placeIn(stage, 'use'), message: problem.message } : problem;
}

/** The code of a command is its arguments as declared, with the outs' places. */
function commandStage(
  stage: StageDeclaration,
  computation: Extract<Computation, { type: 'command' }>,
): PreparedStage {
  const paths = outPaths(stage);
  const outs = Object.fromEntries(
    Object.entries(paths).map(([role, path]) => [role, kindOfPath(path, stage.outs[role]?.folder)]),
  );
  return {
    stage,
    code: digestOfValue(commandCode(stage, computation)),
    declared: { deps: {}, outs, params: undefined },
  };
}

/** What a file made by a command is taken to be: its extension says. */
function kindOfPath(path: string, folder = false): KindName {
  if (folder) return { name: 'folder', version: 1, extension: '' };
  const extension = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? 'bin';
  return { name: 'file', version: 1, extension };
}

/** Where something of a stage is written: the exact place, or the nearest one around it. */
export function placeIn(stage: StageDeclaration, at: string): Place | undefined {
  for (let path = at; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const place = stage.places[path];
    if (place !== undefined) return place;
  }
  return stage.places[''];
}

function misfits(prepared: PreparedStage, stages: ReadonlyMap<string, PreparedStage>): Problem[] {
  const { stage, declared } = prepared;
  return [
    ...(prepared.closure === undefined ? [] : roleMisfits(stage, declared)),
    ...Object.entries(stage.deps).flatMap(([role, dep]) =>
      depMisfits(stage, role, dep, declared.deps[role], stages),
    ),
    ...Object.keys(stage.publish).flatMap((role) => outMisfit(stage, `publish.${role}`, role, declared)),
    ...(prepared.closure === undefined
      ? []
      : Object.keys(stage.outs).flatMap((role) => outMisfit(stage, `outs.${role}`, role, declared))),
    ...itemMisfits(stage, stages),
  ];
}

/** Deps declared in the code and deps given in pipeline.yaml are the same. */
function roleMisfits(stage: StageDeclaration, declared: Declaration): Problem[] {
  const items = Object.keys(stage.matrix).filter((name) => stage.matrix[name]?.type === 'items');
  const given = [...Object.keys(stage.deps), ...items.filter((name) => declared.deps[name] !== undefined)];
  const wanted = Object.keys(declared.deps);
  const absent = wanted.filter((role) => !given.includes(role));
  const strange = given.filter((role) => !wanted.includes(role));
  return [
    ...absent.map((role) => ({
      place: placeIn(stage, 'deps'),
      message: `stage "${stage.name}" needs a dep "${role}" (${sayDep(declared.deps[role])}), which is not given; add \`${role}: <stage>.<role>\` or a file under deps`,
    })),
    ...strange.map((role) => ({
      place: placeIn(stage, `deps.${role}`),
      message: `stage "${stage.name}" takes no dep "${role}"; it takes ${wanted.length === 0 ? 'none' : listed(wanted)}.${suggestion(role, wanted)}`,
    })),
  ];
}

function sayDep(dep: DepSignature | undefined): string {
  if (dep === undefined) return 'anything';
  if (dep.shape === 'folder') return 'a folder';
  return dep.shape === 'gather' ? `${dep.kind?.name} of every case` : `${dep.kind?.name}`;
}

function depMisfits(
  stage: StageDeclaration,
  role: string,
  dep: DepDeclaration,
  wanted: DepSignature | undefined,
  stages: ReadonlyMap<string, PreparedStage>,
): Problem[] {
  if (dep.type === 'source') return [];
  const upstream = stages.get(dep.stage);
  if (upstream === undefined) return [];
  const place = placeIn(stage, `deps.${role}`);
  const kind = upstream.declared.outs[dep.role];
  if (kind === undefined) return [{ place, message: noSuchOut(stage.name, dep, upstream, stages) }];
  if (wanted?.kind === undefined || fits(kind, wanted.kind)) return [];
  const message = `dep "${role}" of stage "${stage.name}" takes ${sayKind(wanted.kind)}, but ${dep.stage}.${dep.role} is ${sayKind(kind)}`;
  return [{ place, message }];
}

function noSuchOut(
  name: string,
  dep: { stage: string; role: string },
  upstream: PreparedStage,
  stages: ReadonlyMap<string, PreparedStage>,
): string {
  const all = [...stages.values()].flatMap((other) =>
    Object.keys(other.declared.outs).map((out) => `${other.stage.name}.${out}`),
  );
  const makes = Object.keys(upstream.declared.outs).map((out) => `${dep.stage}.${out}`);
  const wanted = `${dep.stage}.${dep.role}`;
  const hint =
    suggestion(wanted, makes) || suggestion(wanted, all) || ` Stage "${dep.stage}" makes ${listed(makes)}.`;
  return `step "${name}" needs "${wanted}", which no stage makes.${hint}`;
}

/** A file made by a command may be any kind: its bytes are read by the stage's own codec. */
function fits(made: KindName, wanted: KindName): boolean {
  return made.name === 'file' || (made.name === wanted.name && made.version === wanted.version);
}

function sayKind(kind: KindName): string {
  return `${kind.name}/${kind.version}`;
}

function outMisfit(stage: StageDeclaration, at: string, role: string, declared: Declaration): Problem[] {
  if (declared.outs[role] !== undefined) return [];
  const outs = Object.keys(declared.outs);
  return [
    {
      place: placeIn(stage, at),
      message: `stage "${stage.name}" has no out "${role}"; it makes ${listed(outs)}.${suggestion(role, outs)}`,
    },
  ];
}

function itemMisfits(stage: StageDeclaration, stages: ReadonlyMap<string, PreparedStage>): Problem[] {
  return Object.entries(stage.matrix).flatMap(([name, variable]) => {
    if (variable.type !== 'items') return [];
    const upstream = stages.get(variable.stage);
    if (upstream === undefined || upstream.declared.outs[variable.role] !== undefined) return [];
    const message = noSuchOut(stage.name, variable, upstream, stages);
    return [{ place: placeIn(stage, `matrix.${name}`), message }];
  });
}

/** Throws all problems at once as a Fault `usage`, if there are any. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Fault('usage', problems);
}
