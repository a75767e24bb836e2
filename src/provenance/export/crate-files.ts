/** Artifacts and code as files of the crate, each with the parameters that it was an example of. */
import type { Digest } from '../../base/digest.ts';
import { byCodeUnit } from '../../base/canonical.ts';
import { stageOf } from '../../model/case.ts';
import type { Content } from './content.ts';
import { inputId, outputId, sourceId, workflowOutputId } from './crate-plan.ts';
import { encodingFormat } from './format.ts';
import { type EntityGraph, localId, ref, refs } from './graph.ts';
import { type Holding, digestsIn } from './holdings.ts';

/** The id of an artifact: its file; of a folder the collection of its files; of what was not kept a name. */
export function artifactId(holdings: ReadonlyMap<string, Holding>, digest: Digest): string {
  const held = holdings.get(digest);
  if (held === undefined) return localId('absent', digest);
  return held.members === undefined ? held.path : localId('folder', digest);
}

/** Adds them; gives the paths that are parts of the crate. */
export function addFiles(
  graph: EntityGraph,
  content: Content,
  holdings: ReadonlyMap<string, Holding>,
  sizes: ReadonlyMap<string, number>,
): string[] {
  const roles = rolesOf(content);
  const published = new Map(content.published.map(({ digest, path }) => [digest as string, path]));
  for (const holding of holdings.values()) {
    const { digest, path, sort, as, members } = holding;
    const isFolder = members !== undefined;
    const examples = refs([...(roles.get(digest) ?? [])].sort(byCodeUnit));
    graph.add(path, sort === 'code' ? ['File', 'SoftwareSourceCode'] : 'File', {
      name: published.get(digest) ?? as,
      alternateName: published.has(digest) ? as : undefined,
      encodingFormat: encodingFormat(path),
      contentSize: String(sizes.get(path) ?? 0),
      sha256: digest,
      // The bytes are the identity of the code: there is no other version.
      version: sort === 'code' ? digest : undefined,
      exampleOfWork: isFolder ? [] : examples,
    });
    if (isFolder)
      graph.add(localId('folder', digest), 'Collection', {
        name: published.get(digest) ?? as,
        mainEntity: ref(path),
        hasPart: refs(members.map((member) => artifactId(holdings, member.digest))),
        exampleOfWork: examples,
      });
  }
  for (const digest of content.absent)
    graph.add(localId('absent', digest), 'CreativeWork', {
      name: `an input that is too large to keep (sha256 ${digest})`,
      exampleOfWork: refs([...(roles.get(digest) ?? [])].sort(byCodeUnit)),
    });
  return [...holdings.values()].map(({ path }) => path);
}

/** Digest to the formal parameters that it realised. */
function rolesOf(content: Content): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const note = (digest: string, id: string) => {
    const ids = found.get(digest) ?? new Set();
    found.set(digest, ids.add(id));
  };
  for (const step of content.steps) {
    const trace = content.traces.get(content.keys.get(step.id) as Digest);
    if (trace === undefined) continue;
    const { name } = step.stage;
    for (const [role, { digest }] of Object.entries(trace.outs)) note(digest, outputId(name, role));
    for (const [role, input] of Object.entries(trace.parts.inputs)) {
      const declared = step.inputs[role];
      for (const digest of digestsIn(input)) {
        note(digest, inputId(name, role));
        if (declared?.type === 'source') note(digest, sourceId(declared.path));
      }
    }
  }
  for (const { digest, step, role } of content.published) note(digest, workflowOutputId(stageOf(step), role));
  return found;
}
