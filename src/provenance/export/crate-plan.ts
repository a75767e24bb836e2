/** What was to be done, as entities: the workflow, its stages as tools and steps, parameters, what feeds what. */
import type { Digest } from '../../base/digest.ts';
import { stageOf } from '../../model/case.ts';
import type { StageDeclaration } from '../../model/pipeline.ts';
import { upstreamOf } from '../../engine/graph.ts';
import type { Step, StepInput } from '../../model/step.ts';
import { computationText } from './command-text.ts';
import type { Content } from './content.ts';
import { names, toolPath } from './format.ts';
import { type EntityGraph, localId, ref, refs } from './graph.ts';
import type { Holding } from './holdings.ts';

export const toolId = (stage: string): string => localId('stage', stage);
export const howToId = (stage: string): string => localId('step', stage);
export const inputId = (stage: string, role: string): string => localId('stage', stage, 'in', role);
export const outputId = (stage: string, role: string): string => localId('stage', stage, 'out', role);
export const paramId = (stage: string, name: string): string => localId('stage', stage, 'param', name);
export const environmentId = (stage: string, name: string): string =>
  localId('stage', stage, 'environment', name);
export const sourceId = (path: string): string => localId('input', path);
export const workflowOutputId = (stage: string, role: string): string => localId('output', stage, role);

const language = '#pipeline-yaml';

/** Adds the workflow and all that it consists of. */
export function addPlan(graph: EntityGraph, content: Content, holdings: ReadonlyMap<string, Holding>): void {
  const groups = [...Map.groupBy(content.steps, ({ stage }) => stage.name).values()];
  const sources = new Set(groups.flat().flatMap((step) => Object.values(step.inputs).flatMap(sourcePath)));
  const outputs = new Map(
    content.published.map(({ step, role }) => {
      const stage = stageOf(step);
      return [workflowOutputId(stage, role), { stage, role }];
    }),
  );
  graph.add(names.pipeline, ['File', 'SoftwareSourceCode', 'ComputationalWorkflow', 'HowTo'], {
    name: content.pipeline.name,
    description: `The pipeline as written; profile ${content.pipeline.profile}, seed ${content.pipeline.seed}`,
    encodingFormat: 'application/yaml',
    programmingLanguage: ref(language),
    input: refs([...sources].map((path) => addParameter(graph, sourceId(path), path, 'File'))),
    output: refs(
      [...outputs].map(([id, { stage, role }]) => addParameter(graph, id, `${stage}.${role}`, 'File')),
    ),
    hasPart: refs(groups.map(([first]) => toolId((first as Step).stage.name))),
    step: refs(groups.map(([first]) => howToId((first as Step).stage.name))),
    connection: refs(
      [...outputs].map(([id, { stage, role }]) => addConnection(graph, outputId(stage, role), id)),
    ),
  });
  graph.add(language, 'ComputerLanguage', { name: 'Colophon pipeline', alternateName: 'pipeline.yaml' });
  groups.forEach((steps, position) => addStage(graph, content, holdings, steps, position));
}

function addStage(
  graph: EntityGraph,
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  steps: readonly Step[],
  position: number,
): void {
  const [first] = steps as readonly [Step];
  const { stage, signature } = first;
  graph.add(howToId(stage.name), 'HowToStep', {
    name: stage.name,
    position: String(position),
    workExample: ref(toolId(stage.name)),
    connection: refs(steps.flatMap((step) => connectionsOf(graph, step))),
  });
  const outs = Object.keys(signature.outs).map((role) =>
    addParameter(graph, outputId(stage.name, role), role, 'File'),
  );
  graph.add(toolId(stage.name), 'SoftwareApplication', {
    name: stage.name,
    description: computationText(stage.computation),
    softwareVersion: signature.code,
    mainEntity: ref(programId(graph, holdings, stage, signature.code)),
    input: refs([
      ...steps.flatMap(({ inputs }) =>
        Object.keys(inputs).map((role) => addParameter(graph, inputId(stage.name, role), role, 'File')),
      ),
      ...steps.flatMap((step) => parametersOf(graph, step)),
    ]),
    output: refs(outs),
    environment: refs(environmentOf(graph, content, steps)),
  });
}

/** The code that a stage runs: its bundle, or of a command the CWL file that describes it. */
function programId(
  graph: EntityGraph,
  holdings: ReadonlyMap<string, Holding>,
  stage: StageDeclaration,
  code: Digest,
): string {
  const held = holdings.get(code);
  if (stage.computation.type === 'typescript' && held !== undefined) return held.path;
  return graph.add(toolPath(stage.name), ['File', 'SoftwareSourceCode'], {
    name: `${stage.name} as a CWL tool`,
    encodingFormat: 'application/json',
  });
}

function parametersOf(graph: EntityGraph, { stage, signature, case: binding }: Step): string[] {
  return Object.entries({ ...signature.params, ...binding }).map(([name, value]) =>
    addParameter(graph, paramId(stage.name, name), name, dataType(value)),
  );
}

function environmentOf(graph: EntityGraph, { keys, traces }: Content, steps: readonly Step[]): string[] {
  const known = steps.flatMap(({ id }) =>
    Object.keys(traces.get(keys.get(id) as Digest)?.parts.environment ?? {}),
  );
  return [...new Set(known)].map((name) =>
    addParameter(graph, environmentId((steps[0] as Step).stage.name, name), name, 'Text'),
  );
}

function addParameter(graph: EntityGraph, id: string, name: string, type: string): string {
  return graph.add(id, 'FormalParameter', { name, additionalType: type });
}

/** The subclass of schema.org's DataType that a value is of. */
export function dataType(value: unknown): string {
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Float';
  return typeof value === 'string' ? 'Text' : 'PropertyValue';
}

function connectionsOf(graph: EntityGraph, step: Step): string[] {
  return Object.entries(step.inputs).flatMap(([role, input]) => {
    const target = inputId(step.stage.name, role);
    if (input.type === 'source') return [addConnection(graph, sourceId(input.path), target)];
    const roles = input.type === 'gather' ? input.members.map((member) => member.role) : [input.role];
    return upstreamOf(input).map((id, i) =>
      addConnection(graph, outputId(stageOf(id), (roles[i] ?? roles[0]) as string), target),
    );
  });
}

function addConnection(graph: EntityGraph, source: string, target: string): string {
  return graph.add(localId('connection', source.slice(1), target.slice(1)), 'ParameterConnection', {
    sourceParameter: ref(source),
    targetParameter: ref(target),
  });
}

const sourcePath = (input: StepInput): string[] => (input.type === 'source' ? [input.path] : []);
