/** An artifact's page: its bytes as far as they can be shown, what made it, what used it; and the bytes themselves. */
import { type Digest, isDigest } from '../../base/digest.ts';
import { shortDigest } from '../../base/text.ts';
import type { Store } from '../../model/store.ts';
import type { Trace } from '../../model/trace.ts';
import type { ArtifactPage } from '../common/api.ts';
import { artifactHeaders } from './headers.ts';
import { preview } from './preview.ts';
import { type Reply, absent } from './reply.ts';

/** Undefined where the store knows nothing of the digest. `extension` is used where no record tells one. */
export function artifactPage(store: Store, digest: Digest, extension: string): ArtifactPage | undefined {
  const makers = store.traces.producing(digest);
  const users = store.traces.consuming(digest);
  const has = store.artifacts.has(digest);
  if (!has && makers.length + users.length === 0) return undefined;
  const reference = Object.values(makers[0]?.outs ?? {}).find((out) => out.digest === digest);
  const known = { extension: reference?.extension ?? extension, kind: reference?.kind ?? '' };
  return {
    digest,
    size: has ? store.artifacts.size(digest) : undefined,
    ...known,
    madeBy: makers.slice(0, 50).map((trace) => ({
      step: trace.step,
      role: roleOf(trace, digest),
      at: trace.at,
      run: trace.run,
    })),
    usedBy: usersOf(users, digest),
    published: store.published.list('default').flatMap((each) => (each.digest === digest ? [each.path] : [])),
    preview: has
      ? preview(store, digest, known)
      : { type: 'none', because: 'its bytes are not in the store any more' },
  };
}

const roleOf = (trace: Trace, digest: Digest): string =>
  Object.keys(trace.outs).find((role) => trace.outs[role]?.digest === digest) ?? '';

/** Each step once, its newest execution first. */
function usersOf(traces: readonly Trace[], digest: Digest): ArtifactPage['usedBy'] {
  const roles = new Map<string, string>();
  for (const trace of traces) if (!roles.has(trace.step)) roles.set(trace.step, inputRole(trace, digest));
  return [...roles].slice(0, 500).map(([step, role]) => ({ step, role }));
}

function inputRole({ parts }: Trace, digest: Digest): string {
  const found = Object.entries(parts.inputs).find(([, input]) =>
    typeof input === 'string' ? input === digest : input.some(([, each]) => each === digest),
  );
  return found?.[0] ?? '';
}

/** Types that a browser shows by itself. Of all others the bytes are offered for saving. */
const shown: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
};

/** `/artifact/<digest>.<extension>`: the bytes, inert whatever they are. */
export function artifactBytes(store: Store, name: string): Reply {
  const [digest = '', extension = ''] = name.split('.');
  if (!isDigest(digest) || !/^\w{0,16}$/.test(extension)) return absent('no artifact has such a name');
  if (!store.artifacts.has(digest)) return absent('the store has no such artifact');
  const type = shown[extension];
  const saved = {
    'Content-Disposition': `attachment; filename="${shortDigest(digest)}${extension && `.${extension}`}"`,
  };
  return {
    status: 200,
    headers: {
      ...artifactHeaders,
      'Content-Type': type ?? 'application/octet-stream',
      ...(type === undefined ? saved : {}),
    },
    body: store.artifacts.read(digest),
  };
}
