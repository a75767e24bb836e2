/** Finds a number or a word in what the pipeline gives as it stands, or an artifact by the first digits of its digest. */
import type { Digest } from '../../base/digest.ts';
import type { Store } from '../../model/store.ts';
import { findValue } from '../../provenance/find-value.ts';
import type { FindPage } from '../common/api.ts';
import { publishedBy } from './plan.ts';
import type { Look } from './source.ts';

const mostSearched = 4_000_000;
const mostFound = 20;
const mostPlaces = 6;

export function findPage(look: Look | undefined, store: Store, what: string): FindPage {
  const digests = /^[0-9a-f]{6,64}$/.test(what) ? byDigest(store, what) : [];
  const values = look === undefined || what.length < 2 ? [] : inPublished(look, store, what);
  return { found: [...digests, ...values].slice(0, mostFound) };
}

function byDigest(store: Store, what: string): FindPage['found'] {
  const digests = store.artifacts.matching(what);
  return digests.slice(0, mostFound).map((digest) => {
    const trace = store.traces.producing(digest)[0];
    const role = Object.keys(trace?.outs ?? {}).find((name) => trace?.outs[name]?.digest === digest) ?? '';
    return { step: trace?.step ?? '', role, digest, places: [] };
  });
}

/** Published tables and JSON only: what a reader of the paper has before him. */
function inPublished(look: Look, store: Store, what: string): FindPage['found'] {
  const files = look.seen.allSteps().flatMap((step) => publishedBy(look, store, step));
  return files.flatMap(({ step, role, digest, path, size, extension }) => {
    if (!/^(?:csv|json)$/.test(extension) || size > mostSearched || !store.artifacts.has(digest as Digest))
      return [];
    const cells = findValue(store.artifacts.read(digest as Digest), extension, what);
    if (cells.length === 0) return [];
    return [
      {
        step,
        role,
        digest,
        path,
        places: cells.slice(0, mostPlaces).map(({ place, text }) => `${place}: ${text}`),
      },
    ];
  });
}
