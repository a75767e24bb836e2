/** ro-crate-metadata.json: RO-Crate 1.1 with the profiles Process, Workflow and Provenance Run Crate 0.5. */
import type { Json } from '../../model/json.ts';
import type { Content } from './content.ts';
import { addFiles } from './crate-files.ts';
import { addPlan } from './crate-plan.ts';
import { addRuns } from './crate-runs.ts';
import { encodingFormat, names } from './format.ts';
import { EntityGraph, isoTime, localId, ref, refs } from './graph.ts';
import type { Holding } from './holdings.ts';

/** What else lies in the bundle and is told as a file of the crate. */
type Extras = readonly string[];

const profiles = [
  ['https://w3id.org/ro/wfrun/process/0.5', 'Process Run Crate', '0.5'],
  ['https://w3id.org/ro/wfrun/workflow/0.5', 'Workflow Run Crate', '0.5'],
  ['https://w3id.org/ro/wfrun/provenance/0.5', 'Provenance Run Crate', '0.5'],
  ['https://w3id.org/workflowhub/workflow-ro-crate/1.0', 'Workflow RO-Crate', '1.0'],
] as const;

/** The metadata as JSON-LD. `sizes` tells the bytes of entries by path. */
export function crateOf(
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  sizes: ReadonlyMap<string, number>,
  extras: Extras,
): object {
  const graph = new EntityGraph();
  graph.add(names.crate, 'CreativeWork', {
    about: ref('./'),
    conformsTo: refs(['https://w3id.org/ro/crate/1.1', 'https://w3id.org/workflowhub/workflow-ro-crate/1.0']),
  });
  const parts = new EntityGraph();
  const actions = addRuns(parts, content, holdings);
  addPlan(parts, content, holdings);
  const files = [
    ...addFiles(parts, content, holdings, sizes),
    ...extras.map((path) => addExtra(parts, path, sizes)),
  ];
  const entities = parts.entities();
  const folders = entities.filter((entity) => entity['@type'] === 'Collection');
  addRoot(graph, content, [names.pipeline, ...files], [...actions, ...folders.map(idOf)]);
  const realised = new Set(folders.flatMap(({ exampleOfWork = [] }) => (exampleOfWork as Named[]).map(idOf)));
  for (const entity of entities) {
    const type = realised.has(idOf(entity)) ? { additionalType: 'Collection' } : {};
    graph.add(idOf(entity), entity['@type'] as string, { ...entity, ...type });
  }
  return {
    '@context': ['https://w3id.org/ro/crate/1.1/context', 'https://w3id.org/ro/terms/workflow-run/context'],
    '@graph': graph.entities(),
  };
}

type Named = Readonly<Record<string, Json>>;

const idOf = (entity: Named): string => entity['@id'] as string;

function addRoot(
  graph: EntityGraph,
  content: Content,
  files: readonly string[],
  actions: readonly string[],
): void {
  const { citation, pipeline, traces } = content;
  const newest = Math.max(0, ...[...traces.values()].map(({ at }) => at));
  graph.add('./', 'Dataset', {
    name: citation.title,
    description: `The computation behind "${citation.title}": pipeline ${pipeline.name}, profile ${pipeline.profile}, with every artifact, the code that made it, and the claims that rest on it.`,
    datePublished: isoTime(newest),
    license: ref(addLicense(graph, citation.license)),
    author: citation.authors.map((author, i) => ref(addAuthor(graph, author, i))),
    identifier: citation.doi === undefined ? undefined : `https://doi.org/${citation.doi}`,
    conformsTo: refs(profiles.map(([id]) => id)),
    mainEntity: ref(names.pipeline),
    hasPart: refs(files),
    mentions: refs(actions),
  });
  for (const [id, name, version] of profiles) graph.add(id, 'CreativeWork', { name, version });
}

function addLicense(graph: EntityGraph, license: string | undefined): string {
  if (license === undefined)
    return graph.add('#no-license', 'CreativeWork', {
      name: 'none stated',
      description: 'The authors have not said under which terms this may be used.',
    });
  return graph.add(`https://spdx.org/licenses/${license}`, 'CreativeWork', { name: license });
}

function addAuthor(graph: EntityGraph, { name, orcid }: Content['citation']['authors'][number], i: number) {
  return graph.add(orcid ?? localId('author', String(i + 1)), 'Person', { name });
}

const says: Readonly<Record<string, string>> = {
  [names.claims]: 'The claims of the paper: what is said, what was found, whether it holds',
  [names.codecheck]: 'For whoever checks the computation: see codecheck.org.uk',
  [names.citation]: 'How to cite the work',
  [names.lock]: 'The digests that are expected',
  [names.prov]: 'The same provenance as PROV-JSON',
  [names.readme]: 'What this is and how to verify it',
  [names.record]: 'The pipeline as it was checked, its steps and runs: what is verified',
  [names.report]: 'Claims, figures, tables and steps as one page',
};

function addExtra(graph: EntityGraph, path: string, sizes: ReadonlyMap<string, number>): string {
  const size = sizes.get(path);
  return graph.add(path, 'File', {
    name: path,
    description: says[path] ?? (path.startsWith('traces/') ? 'The record of one execution' : undefined),
    encodingFormat: encodingFormat(path),
    contentSize: size === undefined ? undefined : String(size),
  });
}
