/** prov.json: the same history in the W3C's PROV data model, as PROV-JSON. */
import type { Digest } from '../../base/digest.ts';
import { canonicalJson } from '../../model/json.ts';
import type { Trace } from '../../model/trace.ts';
import type { Content } from './content.ts';
import { isoTime } from './graph.ts';
import { type Holding, digestsIn } from './holdings.ts';

type Attributes = Record<string, unknown>;

const artifact = (digest: Digest) => `artifact:${digest}`;
const execution = (key: Digest) => `execution:${key}`;

/** Entities are artifacts, activities executions and runs, agents whoever ran them and the tool. */
export function provOf(content: Content, holdings: ReadonlyMap<string, Holding>): object {
  const traces = tracesInOrder(content);
  const digests = new Set<Digest>([
    ...([...holdings.keys()] as Digest[]),
    ...traces.flatMap(({ parts }) => Object.values(parts.inputs).flatMap(digestsIn)),
  ]);
  return {
    prefix: {
      artifact: 'urn:colophon:artifact:',
      execution: 'urn:colophon:execution:',
      run: 'urn:colophon:run:',
      agent: 'urn:colophon:agent:',
      colophon: 'urn:colophon:term:',
      prov: 'http://www.w3.org/ns/prov#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    entity: Object.fromEntries([...digests].map((digest) => [artifact(digest), entityOf(holdings, digest)])),
    activity: {
      ...Object.fromEntries(traces.map((trace) => [execution(trace.key), activityOf(trace)])),
      ...Object.fromEntries(runsOf(content, traces)),
    },
    agent: agentsOf(content, traces),
    ...relationsOf(content, holdings, traces),
  };
}

function tracesInOrder({ steps, keys, traces }: Content): Trace[] {
  const ordered = new Set(steps.map(({ id }) => keys.get(id) as Digest));
  return [...ordered].flatMap((key) => traces.get(key) ?? []);
}

function entityOf(holdings: ReadonlyMap<string, Holding>, digest: Digest): Attributes {
  const held = holdings.get(digest);
  return {
    'prov:label': held?.as ?? 'not kept',
    'colophon:sha256': digest,
    ...(held === undefined ? {} : { 'prov:atLocation': held.path }),
  };
}

function activityOf({ step, at, cost, parts, evidence, seen }: Trace): Attributes {
  return {
    'prov:label': step,
    'prov:startTime': isoTime(at - cost.wall),
    'prov:endTime': isoTime(at),
    'colophon:params': canonicalJson({ ...parts.params, ...parts.case }),
    'colophon:environment': canonicalJson({ ...parts.environment, ...seen }),
    'colophon:evidence': canonicalJson(evidence),
    'colophon:wall-ms': cost.wall,
    'colophon:cpu-ms': cost.cpu,
    'colophon:memory-bytes': cost.memory,
    'colophon:outcome': 'done',
  };
}

function runsOf({ runs }: Content, traces: readonly Trace[]): [string, Attributes][] {
  return [...new Set(traces.map(({ run }) => run))].map((id) => {
    const run = runs.find((each) => each.id === id);
    if (run === undefined) return [`run:${id}`, { 'prov:label': id }];
    const end = run.finishedAt === undefined ? {} : { 'prov:endTime': isoTime(run.finishedAt) };
    const command = `colophon ${run.command.join(' ')}`;
    return [
      `run:${id}`,
      { 'prov:label': id, 'prov:startTime': isoTime(run.at), ...end, 'colophon:command': command },
    ];
  });
}

const agentOf = ({ runs }: Content, id: string): string => {
  const user = runs.find((run) => run.id === id)?.machine['user'];
  return user === undefined ? 'agent:not-recorded' : `agent:${encodeURIComponent(user)}`;
};

function agentsOf(content: Content, traces: readonly Trace[]): Attributes {
  const people = new Set(traces.map(({ run }) => agentOf(content, run)));
  return {
    'agent:colophon': {
      'prov:type': { $: 'prov:SoftwareAgent', type: 'xsd:QName' },
      'colophon:version': content.version,
    },
    ...Object.fromEntries(
      [...people].map((id) => [id, { 'prov:type': { $: 'prov:Person', type: 'xsd:QName' } }]),
    ),
  };
}

function relationsOf(
  content: Content,
  held: ReadonlyMap<string, Holding>,
  traces: readonly Trace[],
): Attributes {
  const used: Attributes = {};
  const generated: Attributes = {};
  const associated: Attributes = {};
  const started: Attributes = {};
  let count = 0;
  const next = () => `_:r${(count += 1)}`;
  for (const { key, parts, outs, run } of traces) {
    const activity = execution(key);
    if (held.has(parts.code)) used[next()] = relation(activity, artifact(parts.code), 'code');
    for (const [role, input] of Object.entries(parts.inputs))
      for (const digest of digestsIn(input)) used[next()] = relation(activity, artifact(digest), role);
    for (const [role, { digest }] of Object.entries(outs))
      generated[next()] = relation(activity, artifact(digest), role);
    associated[next()] = { 'prov:activity': activity, 'prov:agent': 'agent:colophon' };
    started[next()] = { 'prov:informed': activity, 'prov:informant': `run:${run}` };
  }
  for (const run of new Set(traces.map((trace) => trace.run)))
    associated[next()] = { 'prov:activity': `run:${run}`, 'prov:agent': agentOf(content, run) };
  return {
    used,
    wasGeneratedBy: generated,
    wasAssociatedWith: associated,
    wasInformedBy: started,
  };
}

const relation = (activity: string, entity: string, role: string): Attributes => ({
  'prov:activity': activity,
  'prov:entity': entity,
  'prov:role': role,
});
