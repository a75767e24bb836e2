/** Which artifacts a bundle must hold, and under which names: the same answer for the writer and the reader. */
import { extname } from 'node:path';
import type { Digest } from '../../base/digest.ts';
import { type ManifestEntry, parseManifest } from '../../model/folder.ts';
import type { InputDigest } from '../../model/key.ts';
import type { Step } from '../../model/step.ts';
import type { Trace } from '../../model/trace.ts';
import type { Content } from './content.ts';
import { artifactPath, codePath, mapPath } from './format.ts';

export interface Holding {
  readonly digest: Digest;
  readonly path: string;
  readonly sort: 'artifact' | 'code' | 'map';
  /** Of a folder: its files. */
  readonly members?: readonly ManifestEntry[] | undefined;
  /** What names it, for messages: `sample@k=1.draws`, `the code of sample`. */
  readonly as: string;
}

export type ReadArtifact = (digest: Digest) => Uint8Array;

type Told = Pick<Content, 'steps' | 'keys' | 'traces' | 'folders' | 'absent'>;

/** By digest, in the order of the steps. `read` is asked for the manifests of folders. */
export function holdingsOf(content: Told, read: ReadArtifact): Map<Digest, Holding> {
  const found = new Map<Digest, Holding>();
  for (const step of content.steps) {
    const trace = content.traces.get(content.keys.get(step.id) as Digest);
    if (trace === undefined) continue;
    for (const holding of [...codeOf(step, trace), ...outsOf(step, trace, read)]) add(found, holding);
  }
  for (const step of content.steps) {
    const trace = content.traces.get(content.keys.get(step.id) as Digest);
    if (trace !== undefined) for (const holding of inputsOf(content, step, trace, read)) add(found, holding);
  }
  return found;
}

function add(found: Map<Digest, Holding>, holding: Holding): void {
  if (!found.has(holding.digest)) found.set(holding.digest, holding);
}

function codeOf({ stage }: Step, trace: Trace): Holding[] {
  if (stage.computation.type === 'command') return [];
  const { code } = trace.parts;
  const map = trace.seen['sourceMap'] as Digest | undefined;
  return [
    { digest: code, path: codePath(code), sort: 'code', as: `the code of ${stage.name}` },
    ...(map === undefined
      ? []
      : [{ digest: map, path: mapPath(map), sort: 'map' as const, as: `the source map of ${stage.name}` }]),
  ];
}

function outsOf(step: Step, trace: Trace, read: ReadArtifact): Holding[] {
  return Object.entries(trace.outs).flatMap(([role, { digest, extension, kind }]) =>
    held(digest, extension, kind.startsWith('folder/'), `${step.id}.${role}`, read),
  );
}

function inputsOf(content: Told, step: Step, trace: Trace, read: ReadArtifact): Holding[] {
  return Object.entries(trace.parts.inputs).flatMap(([role, input]) =>
    digestsIn(input)
      .filter((digest) => !content.absent.includes(digest))
      .flatMap((digest) => {
        const folder = content.folders.includes(digest);
        return held(digest, extensionOf(step, role), folder, `${step.id}, input ${role}`, read);
      }),
  );
}

/** The digests of an input: one, or one for each member of a gather. */
export const digestsIn = (input: InputDigest): readonly Digest[] =>
  typeof input === 'string' ? [input] : input.map(([, digest]) => digest);

function extensionOf(step: Step, role: string): string {
  const declared = step.inputs[role];
  if (declared?.type === 'source') return extname(declared.path).slice(1);
  return declared?.type === 'item' ? 'json' : '';
}

function held(digest: Digest, extension: string, folder: boolean, as: string, read: ReadArtifact): Holding[] {
  if (!folder) return [{ digest, path: artifactPath(digest, extension), sort: 'artifact', as }];
  const members = parseManifest(new TextDecoder().decode(read(digest)));
  return [
    { digest, path: artifactPath(digest, 'folder'), sort: 'artifact', members, as },
    ...members.map((member): Holding => {
      const path = artifactPath(member.digest, extname(member.path).slice(1));
      return { digest: member.digest, path, sort: 'artifact', as: `${as}/${member.path}` };
    }),
  ];
}
