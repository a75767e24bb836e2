/** Leaves the misshapen parts out of a file's data, so that the rest can still be read and checked. */
import { isMap } from '../../model/json.ts';
import type { Path } from '../yaml/tree.ts';

/** How deep the parts lie that can be left out by themselves: an entry of a stage's map, a field of a claim. */
const depths: Readonly<Record<string, number>> = { stages: 4, profiles: 5, claims: 3, defaults: 2 };
const maps = new Set<unknown>([
  'matrix',
  'deps',
  'params',
  'outs',
  'publish',
  'env',
  'environment',
  'resources',
]);

/** Deletes the smallest part around `path` without which the data still has its shape, required fields aside. */
export function prune(data: Record<string, unknown>, path: Path): void {
  let depth = Math.min(path.length, depths[path[0] as string] ?? 1);
  if (path[0] === 'stages' && depth === 4 && !maps.has(path[2])) depth = 3;
  const last = path[depth - 1];
  let map: unknown = data;
  for (const key of path.slice(0, depth - 1)) map = isMap(map) ? map[key] : undefined;
  if (isMap(map) && last !== undefined) delete map[last];
}
