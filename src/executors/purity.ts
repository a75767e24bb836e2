/** Takes from a worker's global object what could make a step depend on more than its deps and params. */
import { type Effect, effects as allEffects } from '../model/effect.ts';
import { forbidden, furtherGlobals, globals, implied, unseen } from './purity-list.ts';

/** Thrown where a stage calls what it may not. */
export class ImpureError extends Error {
  override readonly name = 'ImpureError';
}

type Thing = Record<PropertyKey, unknown>;

/**
 * Replaces on `scope`, for every effect not in `declared`, what {@link forbidden} lists by functions that throw
 * {@link ImpureError} when called, and removes globals that are not listed. Gives the names of what was removed.
 */
export function restrict(scope: object, declared: readonly string[]): ReadonlySet<string> {
  const lifted = new Set(declared.flatMap((effect) => [effect, ...(implied[effect] ?? [])]));
  const banned = (Object.keys(allEffects) as Effect[]).filter((effect) => !lifted.has(effect));
  lowerPower(scope as { Math: Math });
  for (const path of banned.flatMap((effect) => forbidden[effect])) forbid(scope as Thing, path);
  if (banned.includes('native')) forbidCompilers();
  return banned.includes('native') ? removeUnlisted(scope, declared) : new Set();
}

/** Bundles have `a ** b` lowered to `Math.pow(a, b)`; for whole numbers of any size that is exact, so it stays. */
function lowerPower(scope: { Math: Math }): void {
  const power = scope.Math.pow as Power;
  const lowered: Power = (a, b) => (typeof a === 'bigint' && typeof b === 'bigint' ? a ** b : power(a, b));
  define(scope.Math, 'pow', lowered);
}

type Power = (a: number | bigint, b: number | bigint) => number | bigint;

function forbid(scope: Thing, path: string): void {
  const names = path.split('.');
  const last = names.pop() as string;
  const owner = names.reduce<Thing | undefined>((at, name) => at?.[name] as Thing | undefined, scope);
  if (owner === undefined || !Object.hasOwn(owner, last)) return;
  // Even to redefine such a property loads it; to delete it does not.
  if (unseen.has(path)) Reflect.deleteProperty(owner, last);
  const original = unseen.has(path) ? () => undefined : owner[last];
  define(owner, last, path === 'Math.pow' ? powerOfIntegers(original as Power) : standIn(original, path));
}

function powerOfIntegers(power: Power): Power {
  return (a, b) => {
    if (typeof a === 'bigint' && typeof b === 'bigint') return power(a, b);
    throw new ImpureError('Math.pow');
  };
}

function standIn(original: unknown, label: string): unknown {
  if (typeof original === 'function') return guard(original, label);
  return typeof original === 'object' && original !== null ? guardedObject(original, label) : original;
}

/** A function that throws when called or constructed. Classes keep their prototype, so that `instanceof` still works. */
function guard(original: object, label: string): object {
  const thrower = function thrower(): never {
    throw new ImpureError(label);
  };
  for (const name of Reflect.ownKeys(original)) {
    if (typeof name !== 'string' || name === 'length' || name === 'name' || name === 'prototype') continue;
    define(thrower, name, standIn((original as Thing)[name], `${label}.${name}`));
  }
  const { prototype } = original as { prototype?: object };
  if (prototype === undefined) return thrower;
  thrower.prototype = prototype;
  if (Object.hasOwn(prototype, 'constructor')) define(prototype, 'constructor', thrower);
  return thrower;
}

/** An object with the same names, own and inherited, each of which throws when called, or when read if it is no function. */
function guardedObject(original: object, label: string): object {
  const result = {};
  for (
    let at: object | null = original;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object
  ) {
    for (const name of Reflect.ownKeys(at)) {
      if (typeof name !== 'string' || name === 'constructor' || Object.hasOwn(result, name)) continue;
      defineGuarded(result, name, Object.getOwnPropertyDescriptor(at, name)?.value, `${label}.${name}`);
    }
  }
  return result;
}

function defineGuarded(owner: object, name: string, original: unknown, label: string): void {
  if (typeof original === 'function') return define(owner, name, guard(original, label));
  const get = guard(() => undefined, label) as () => never;
  Object.defineProperty(owner, name, { get, enumerable: true, configurable: true });
}

/** `(() => {}).constructor` and its kin compile text as `Function` does. */
function forbidCompilers(): void {
  const samples = [() => undefined, async () => undefined, function* () {}, async function* () {}];
  for (const sample of samples) {
    const prototype = Object.getPrototypeOf(sample) as object;
    define(
      prototype,
      'constructor',
      guard(() => undefined, 'Function'),
    );
  }
}

function removeUnlisted(scope: object, declared: readonly string[]): ReadonlySet<string> {
  const further = declared.flatMap((effect) => furtherGlobals[effect as Effect] ?? []);
  const guarded = Object.values(forbidden).flat();
  const kept = new Set([...globals, ...further, ...guarded]);
  const removed = Reflect.ownKeys(scope).filter(
    (name): name is string => typeof name === 'string' && !kept.has(name),
  );
  for (const name of removed) Reflect.deleteProperty(scope, name);
  // What only CommonJS has was never there, and is missed by the same words.
  return new Set([...removed, 'require', 'module', '__filename', '__dirname']);
}

function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}
