/** Unrolls stages into steps: cases, joins and gathers, and the params of each case as the stage's schema reads them. */
import { type Case, type CaseValue, compareCases, formatCase, stepId } from '../model/case.ts';
import type { Problem } from '../model/fault.ts';
import { type Joined, joinDep } from '../model/join.ts';
import type { Json } from '../model/json.ts';
import type { DepDeclaration, StageDeclaration } from '../model/pipeline.ts';
import type { WaitingStage } from '../model/plan.ts';
import type { Signature, Step, StepInput } from '../model/step.ts';
import { type AwaitedItems, type StageCases, casesOf, pick } from '../model/unroll.ts';
import { type Prepared, type PreparedStage, placeIn } from './prepare.ts';

export interface Expansion {
  readonly steps: readonly Step[];
  /** Stages some of whose cases are not known yet. */
  readonly waiting: readonly WaitingStage[];
  readonly problems: readonly Problem[];
}

/** The ids of a list artifact's items; undefined while the step that makes it is not done. */
export type ItemIds = (step: string, role: string, field: string) => readonly CaseValue[] | undefined;

/** All steps that are known when these lists of items are. Problems of params and joins are returned, each once. */
export async function expand(prepared: Prepared, items: ItemIds): Promise<Expansion> {
  const stages = prepared.pipeline.stages;
  const cases = casesOf(stages, (stage, role, id, binding) => items(stepId(stage, binding), role, id));
  const steps: Step[] = [];
  const waiting: WaitingStage[] = [];
  const problems = new Map<string, Problem>();
  for (const stage of stages) {
    const ready = prepared.stages.get(stage.name);
    if (ready === undefined) continue;
    const expanded = await expandStage(prepared, ready, cases);
    steps.push(...expanded.steps);
    if (expanded.on.length > 0) waiting.push({ stage: stage.name, on: [...new Set(expanded.on)] });
    for (const problem of expanded.problems) problems.set(JSON.stringify(problem), problem);
  }
  return { steps, waiting, problems: [...problems.values()] };
}

interface ExpandedStage {
  readonly steps: readonly Step[];
  readonly on: readonly string[];
  readonly problems: readonly Problem[];
}

type Cases = ReadonlyMap<string, StageCases>;

async function expandStage(prepared: Prepared, ready: PreparedStage, cases: Cases): Promise<ExpandedStage> {
  const { stage } = ready;
  const own = cases.get(stage.name) as StageCases;
  // A stage that is missing here was left out for a problem of its own, which has been told.
  const told = own.problems.filter(({ type }) => type !== 'missing');
  const problems: Problem[] = told.map((problem) => ({
    place: placeIn(stage, `matrix.${problem.variable}`),
    message: `stage "${stage.name}": ${problem.message}`,
  }));
  const steps: Step[] = [];
  const on = own.awaits.map(stepOfItems);
  const inputsOf = inputMaker(ready, cases, problems);
  for (const binding of own.cases) {
    const made = inputsOf(binding);
    on.push(...made.on);
    const signature = await signatureOf(prepared, ready, binding, problems);
    if (made.on.length > 0 || signature === undefined) continue;
    steps.push({ id: stepId(stage.name, binding), stage, case: binding, inputs: made.inputs, signature });
  }
  return { steps, on, problems };
}

const stepOfItems = (items: AwaitedItems) => stepId(items.stage, items.case);

interface MadeInputs {
  readonly inputs: Readonly<Record<string, StepInput>>;
  readonly on: readonly string[];
}

/** For a stage, the inputs of each of its cases. */
function inputMaker(ready: PreparedStage, cases: Cases, problems: Problem[]): (binding: Case) => MadeInputs {
  const { stage } = ready;
  const variables = Object.keys(stage.matrix);
  const joins = Object.entries(stage.deps).map(([role, dep]) => {
    const upstream = dep.type === 'artifact' ? cases.get(dep.stage) : undefined;
    return { role, dep, join: upstream && joinDep(upstream, variables) };
  });
  const itemRoles = variables.filter((name) => stage.matrix[name]?.type === 'items' && takes(ready, name));
  return (binding) => {
    const inputs: Record<string, StepInput> = {};
    const on: string[] = [];
    for (const name of itemRoles) inputs[name] = itemInput(stage, name, binding, cases);
    for (const { role, dep, join } of joins) {
      const input =
        join === undefined ? sourceInput(dep) : joinedInput(ready, role, dep, join(binding), problems);
      if (Array.isArray(input)) on.push(...(input as string[]));
      else if (input !== undefined) inputs[role] = input as StepInput;
    }
    return { inputs, on };
  };
}

/** A TypeScript stage takes an item only where it declares the dep; a command stage always may. */
function takes(ready: PreparedStage, role: string): boolean {
  return ready.closure === undefined || ready.declared.deps[role] !== undefined;
}

function itemInput(stage: StageDeclaration, name: string, binding: Case, cases: Cases): StepInput {
  const variable = stage.matrix[name];
  if (variable?.type !== 'items') throw new TypeError(`${name} is no variable over items`);
  const upstream = pick(binding, cases.get(variable.stage)?.variables ?? []);
  const step = stepId(variable.stage, upstream);
  return { type: 'item', step, role: variable.role, id: String(binding[name]), field: variable.id };
}

function sourceInput(dep: DepDeclaration): StepInput | undefined {
  return dep.type === 'source'
    ? { type: 'source', path: dep.path, pin: dep.pin, exclude: dep.exclude }
    : undefined;
}

/** The input, or the steps it waits for; a problem where there is none. */
function joinedInput(
  ready: PreparedStage,
  role: string,
  dep: DepDeclaration,
  joined: Joined,
  problems: Problem[],
): StepInput | string[] | undefined {
  if (dep.type !== 'artifact') return undefined;
  if (joined.type === 'waits') return joined.on.map(stepOfItems);
  const wrong =
    joined.type === 'missing'
      ? `needs "${dep.stage}.${dep.role}" for ${formatCase(joined.shared)}, which is no case of "${dep.stage}"`
      : wrongShape(ready, role, dep, joined);
  if (wrong !== undefined) {
    problems.push({
      place: placeIn(ready.stage, `deps.${role}`),
      message: `stage "${ready.stage.name}" ${wrong}`,
    });
    return undefined;
  }
  if (joined.type === 'one')
    return { type: 'artifact', step: stepId(dep.stage, joined.case), role: dep.role };
  if (joined.type !== 'gather') return undefined;
  const members = [...joined.members].sort((a, b) => compareCases(a.case, b.case));
  return {
    type: 'gather',
    members: members.map(({ case: own, upstream }) => ({
      case: own,
      step: stepId(dep.stage, upstream),
      role: dep.role,
    })),
  };
}

/** A stage that takes one artifact cannot be given a gather of several cases, nor the reverse. */
function wrongShape(
  ready: PreparedStage,
  role: string,
  dep: { stage: string; role: string },
  joined: Joined,
): string | undefined {
  const wanted = ready.declared.deps[role]?.shape;
  if (wanted === undefined || wanted === 'folder') return undefined;
  const name = `"${dep.stage}.${dep.role}"`;
  if (wanted === 'one' && joined.type === 'gather') {
    const variables = Object.keys(joined.members[0]?.case ?? {});
    return `takes one ${name} as "${role}", but it comes in ${joined.members.length} cases of ${variables.join(', ')}; declare the dep as gather(…), or add \`${variables[0]}: { from: ${dep.stage} }\` to the matrix`;
  }
  if (wanted === 'gather' && joined.type === 'one')
    return `gathers ${name} as "${role}", but there is only one for each case; declare the dep without gather(…)`;
  return undefined;
}

async function signatureOf(
  prepared: Prepared,
  ready: PreparedStage,
  binding: Case,
  problems: Problem[],
): Promise<Signature | undefined> {
  const { stage, closure, code, declared } = ready;
  if (closure === undefined) return { code, params: stage.params, deps: declared.deps, outs: declared.outs };
  const raw: Record<string, Json> = { ...stage.params, ...binding };
  const answer = await prepared.declarer.parse(closure.declaration, raw, Object.keys(binding));
  if (answer.type === 'parsed')
    return { code, params: answer.params, deps: declared.deps, outs: declared.outs };
  for (const { param, message } of answer.problems) {
    problems.push({
      place: placeIn(stage, param === '' ? 'params' : `params.${param}`),
      message: `stage "${stage.name}": ${message}`,
    });
  }
  return undefined;
}
