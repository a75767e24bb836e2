/** What was done, as entities: runs, the execution of every step, who, when, with what, at what cost, how it ended. */
import type { Digest } from '../../base/digest.ts';
import { canonicalJson } from '../../model/json.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Trace } from '../../model/trace.ts';
import type { Content } from './content.ts';
import { artifactId } from './crate-files.ts';
import { environmentId, howToId, paramId, toolId } from './crate-plan.ts';
import { names } from './format.ts';
import { type EntityGraph, offsetTime, localId, ref, refs } from './graph.ts';
import { type Holding, digestsIn } from './holdings.ts';

const actionId = (key: Digest): string => localId('execution', key);

const completed = 'http://schema.org/CompletedActionStatus';
const failed = 'http://schema.org/FailedActionStatus';

/** An execution with the first step that it stands for. */
interface Executed {
  readonly step: Step;
  readonly trace: Trace;
}

/** Adds runs and executions; gives the ids of all actions. */
export function addRuns(
  graph: EntityGraph,
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
): string[] {
  const executed = content.steps.flatMap((step): Executed[] => {
    const trace = content.traces.get(content.keys.get(step.id) as Digest);
    return trace === undefined ? [] : [{ step, trace }];
  });
  const actions: string[] = [];
  for (const [id, members] of Map.groupBy(executed, ({ trace }) => trace.run)) {
    const run = content.runs.find((each) => each.id === id);
    actions.push(...addRun(graph, content, holdings, { id, run, members }));
  }
  return [...new Set(actions)];
}

interface RunTold {
  readonly id: string;
  /** Undefined where the store has forgotten it. */
  readonly run: Run | undefined;
  readonly members: readonly Executed[];
}

function addRun(
  graph: EntityGraph,
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  { id, run, members }: RunTold,
): string[] {
  const agent = addAgent(graph, run);
  const steps = members.map(({ step, trace }) => {
    addExecution(graph, holdings, { step, trace }, agent);
    return graph.add(localId('control', step.id), 'ControlAction', {
      name: `Colophon had ${step.id} executed`,
      instrument: ref(howToId(step.stage.name)),
      object: ref(actionId(trace.key)),
      actionStatus: completed,
    });
  });
  const times = {
    startTime: offsetTime(run?.at ?? Math.min(...members.map(({ trace }) => trace.at - trace.cost.wall))),
    endTime: offsetTime(run?.finishedAt ?? Math.max(...members.map(({ trace }) => trace.at))),
  };
  const status = run?.status === 'complete' || run === undefined ? completed : failed;
  const workflow = graph.add(localId('run', id, 'workflow'), 'CreateAction', {
    name: `Run ${id} of ${content.pipeline.name}`,
    description: run === undefined ? undefined : `colophon ${run.command.join(' ')}`,
    instrument: ref(names.pipeline),
    agent: ref(agent),
    ...times,
    object: refs(members.flatMap((each) => sourcesOf(holdings, each))),
    result: refs(members.flatMap((each) => publishedBy(content, holdings, each))),
    environment: refs(
      Object.entries(run?.machine ?? {}).map(([name, value]) =>
        graph.add(localId('run', id, 'machine', name), 'PropertyValue', { name, value }),
      ),
    ),
    actionStatus: status,
  });
  const engine = graph.add(
    localId('colophon', run?.machine['colophon'] ?? content.version),
    'SoftwareApplication',
    { name: 'Colophon', softwareVersion: run?.machine['colophon'] ?? content.version },
  );
  const organize = graph.add(localId('run', id), 'OrganizeAction', {
    name: `Colophon's run ${id}`,
    instrument: ref(engine),
    agent: ref(agent),
    ...times,
    object: refs(steps),
    result: ref(workflow),
    actionStatus: status,
  });
  return [organize, workflow, ...members.map(({ trace }) => actionId(trace.key))];
}

/** Who ran it, as the machine knew the person. */
function addAgent(graph: EntityGraph, run: Run | undefined): string {
  const user = run?.machine['user'];
  return user === undefined
    ? graph.add('#unrecorded-person', 'Person', {
        name: 'not recorded',
        description: 'The record of the run does not say who started it.',
      })
    : graph.add(localId('user', user), 'Person', {
        name: user,
        description: 'The user name under which the run was started.',
      });
}

function addExecution(
  graph: EntityGraph,
  holdings: ReadonlyMap<string, Holding>,
  { step, trace }: Executed,
  agent: string,
): void {
  const { key, parts, at, cost, outs } = trace;
  const inputs = Object.values(parts.inputs).flatMap(digestsIn);
  graph.add(actionId(key), 'CreateAction', {
    name: `Execution of ${step.id}`,
    description: `attempt ${trace.attempt}, key ${key}`,
    instrument: ref(toolId(step.stage.name)),
    agent: ref(agent),
    startTime: offsetTime(at - cost.wall),
    endTime: offsetTime(at),
    object: refs([
      ...inputs.map((digest) => artifactId(holdings, digest)),
      ...parametersOf(graph, step, trace),
    ]),
    result: refs([
      ...Object.values(outs).map(({ digest }) => artifactId(holdings, digest)),
      ...evidenceOf(graph, trace),
    ]),
    environment: refs(environmentOf(graph, step, trace)),
    resourceUsage: refs(costOf(graph, trace)),
    actionStatus: completed,
  });
}

/** Equal values of one parameter are one entity. */
function parametersOf(graph: EntityGraph, { stage }: Step, { parts }: Trace): string[] {
  const seeded = parts.stream === undefined ? {} : { 'random stream': parts.stream };
  return Object.entries({ ...parts.params, ...parts.case, ...seeded }).map(([name, value]) => {
    const text = typeof value === 'string' ? value : canonicalJson(value);
    const isDeclared = name !== 'random stream';
    return graph.add(localId('value', stage.name, name, text), 'PropertyValue', {
      name,
      value: text,
      exampleOfWork: isDeclared ? ref(paramId(stage.name, name)) : undefined,
    });
  });
}

function evidenceOf(graph: EntityGraph, { key, evidence }: Trace): string[] {
  return Object.entries(evidence).map(([name, value]) =>
    graph.add(localId('evidence', key, name), 'PropertyValue', { name, value: String(value) }),
  );
}

/** What the key holds of the machine, then what the execution saw beside it. */
function environmentOf(graph: EntityGraph, { stage }: Step, { parts, seen }: Trace): string[] {
  const keyed = Object.entries(parts.environment).map(([name, value]) =>
    graph.add(localId('environment', stage.name, name, value), 'PropertyValue', {
      name,
      value,
      exampleOfWork: ref(environmentId(stage.name, name)),
    }),
  );
  const others = Object.entries(seen).filter(([name]) => name !== 'sourceMap');
  return [
    ...keyed,
    ...others.map(([name, value]) =>
      graph.add(localId('seen', name, value), 'PropertyValue', { name, value }),
    ),
  ];
}

/** Quantity, its name here, its unit in QUDT. */
const quantities = [
  ['wall', 'wall time', 'https://qudt.org/vocab/unit/MilliSEC'],
  ['cpu', 'processor time', 'https://qudt.org/vocab/unit/MilliSEC'],
  ['memory', 'peak memory', 'https://qudt.org/vocab/unit/BYTE'],
] as const;

function costOf(graph: EntityGraph, { key, cost }: Trace): string[] {
  return quantities.map(([quantity, name, unitCode]) =>
    graph.add(localId('cost', key, quantity), 'PropertyValue', {
      name,
      propertyID: `urn:colophon:cost:${quantity}`,
      unitCode,
      value: String(cost[quantity]),
    }),
  );
}

function sourcesOf(holdings: ReadonlyMap<string, Holding>, { step, trace }: Executed): string[] {
  return Object.entries(trace.parts.inputs).flatMap(([role, input]) =>
    step.inputs[role]?.type === 'source'
      ? digestsIn(input).map((digest) => artifactId(holdings, digest))
      : [],
  );
}

function publishedBy(
  { published }: Content,
  holdings: ReadonlyMap<string, Holding>,
  { step }: Executed,
): string[] {
  return published.flatMap((each) => (each.step === step.id ? [artifactId(holdings, each.digest)] : []));
}
