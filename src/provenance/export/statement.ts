/** The statement that is signed: an in-toto statement whose subjects are the manifest and every artifact. */
import { byCodeUnit } from '../../base/canonical.ts';
import { type Digest, digestOf } from '../../base/digest.ts';
import type { Content } from './content.ts';
import { names } from './format.ts';
import { isoTime } from './graph.ts';
import type { Holding } from './holdings.ts';

export const statementType = 'https://in-toto.io/Statement/v1';
export const predicateType = 'https://slsa.dev/provenance/v1';

interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

export interface Statement {
  readonly _type: string;
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: unknown;
}

/** The predicate is SLSA's provenance: what was asked for, from which sources and code, by what, when. */
export function statementOf(
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  manifest: Uint8Array,
  pipelineText: Uint8Array,
): Statement {
  const manifestSubject = subject(names.manifest, digestOf(manifest));
  return {
    _type: statementType,
    subject: [manifestSubject, ...subjectsOf(holdings)],
    predicateType,
    predicate: {
      buildDefinition: {
        buildType: 'urn:colophon:pipeline:1',
        externalParameters: {
          pipeline: content.pipeline.name,
          profile: content.pipeline.profile,
          targets: content.targets,
          source: subject(names.pipeline, digestOf(pipelineText)),
        },
        internalParameters: { seed: content.pipeline.seed },
        resolvedDependencies: dependenciesOf(content, holdings),
      },
      runDetails: {
        builder: { id: 'urn:colophon', version: { colophon: content.version } },
        metadata: metadataOf(content),
        byproducts: [manifestSubject],
      },
    },
  };
}

const subject = (name: string, digest: Digest | string): Subject => ({ name, digest: { sha256: digest } });

/** Every artifact, by path. */
export function subjectsOf(holdings: ReadonlyMap<string, Holding>): Subject[] {
  const artifacts = [...holdings.values()].filter(({ sort }) => sort === 'artifact');
  return artifacts
    .map(({ path, digest }) => subject(path, digest))
    .sort((a, b) => byCodeUnit(a.name, b.name));
}

/** The code of every stage, and the files of the project that steps took. */
function dependenciesOf(content: Content, holdings: ReadonlyMap<string, Holding>): Subject[] {
  const code = [...holdings.values()].filter(({ sort }) => sort === 'code');
  const sources = new Map<string, Subject>();
  for (const step of content.steps) {
    const trace = content.traces.get(content.keys.get(step.id) as Digest);
    for (const [role, input] of Object.entries(step.inputs)) {
      const digest = trace?.parts.inputs[role];
      if (input.type === 'source' && typeof digest === 'string')
        sources.set(`${input.path} ${digest}`, subject(input.path, digest));
    }
  }
  return [...code.map(({ path, digest }) => subject(path, digest)), ...sources.values()];
}

function metadataOf({ traces, runs }: Content): object {
  const all = [...traces.values()];
  if (all.length === 0) return {};
  return {
    ...(runs.length === 0 ? {} : { invocationId: runs.at(-1)?.id }),
    startedOn: isoTime(Math.min(...all.map(({ at, cost }) => at - cost.wall))),
    finishedOn: isoTime(Math.max(...all.map(({ at }) => at))),
  };
}
