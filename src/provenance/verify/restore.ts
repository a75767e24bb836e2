/** Lays a bundle's artifacts and traces out in a store of their own, where steps can be executed and claims judged. */
import type { Digest } from '../../base/digest.ts';
import type { Content as Bytes, Out } from '../../model/executor.ts';
import type { KindName } from '../../model/kind.ts';
import type { OutDraft, Store } from '../../model/store.ts';
import type { Trace } from '../../model/trace.ts';
import type { Content } from '../export/content.ts';
import type { Holding } from '../export/holdings.ts';

export interface Restored {
  readonly content: Content;
  readonly holdings: ReadonlyMap<string, Holding>;
  readonly entries: ReadonlyMap<string, Uint8Array>;
}

/** Fills an empty store with a bundle that was found sound. */
export async function restore(store: Store, bundle: Restored): Promise<void> {
  const { content, holdings, entries } = bundle;
  for (const { path, members } of holdings.values()) {
    if (members === undefined) await store.artifacts.put(bytesAt(entries, path));
  }
  for (const { members } of holdings.values())
    if (members !== undefined) await store.artifacts.putFolder(folderOf(bundle, members));
  for (const trace of content.traces.values())
    store.traces.record(trace, outsOf(bundle, trace), { compare: {}, stochastic: false });
  await store.flush();
}

function bytesAt(entries: ReadonlyMap<string, Uint8Array>, path: string): Bytes {
  return { type: 'bytes', bytes: entries.get(path) as Uint8Array };
}

function folderOf({ holdings, entries }: Restored, members: NonNullable<Holding['members']>) {
  return members.map(({ path, executable, digest }) => ({
    path,
    executable,
    content: bytesAt(entries, (holdings.get(digest) as Holding).path),
  }));
}

function outsOf(bundle: Restored, trace: Trace): Record<string, OutDraft> {
  return Object.fromEntries(
    Object.entries(trace.outs).map(([role, { digest, kind, extension }]) => {
      const [name = '', version = '1'] = kind.split('/');
      const named: KindName = { name, version: Number(version), extension };
      return [role, { kind: named, out: outOf(bundle, digest) }];
    }),
  );
}

function outOf(bundle: Restored, digest: Digest): Out {
  const { path, members } = bundle.holdings.get(digest) as Holding;
  return members === undefined
    ? bytesAt(bundle.entries, path)
    : { type: 'folder', entries: folderOf(bundle, members) };
}
