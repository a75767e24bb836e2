/** How messages name the parts of a file and the values found in it. */
import type { Json } from '../model/json.ts';
import type { Path } from './yaml/tree.ts';

const owners: Readonly<Record<string, string>> = { stages: 'stage', profiles: 'profile', claims: 'claim' };

/** `stage "minima"`, or nothing for what belongs to the file. */
function owner(path: Path): string {
  const noun = owners[path[0] as string];
  return noun === undefined || path.length < 2 ? '' : `${noun} "${path[1]}"`;
}

/** `deps.points.path`, `cmd[2]`: the way from the owner. */
function field(path: Path): string {
  const inside = owner(path) === '' ? path : path.slice(2);
  return inside.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** `stage "minima": "deps.points"`, `"seed"`, `claim "c"`. */
export function subject(path: Path): string {
  const parts = [owner(path), field(path) === '' ? '' : `"${field(path)}"`];
  return parts.filter((part) => part !== '').join(': ');
}

/** A value as it was found, short: `"abc"`, `5`, `empty`, `a list`. */
export function found(value: Json | undefined): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return String(value);
  return value.length > 60 ? `${JSON.stringify(value.slice(0, 57)).slice(0, -1)}…"` : JSON.stringify(value);
}
