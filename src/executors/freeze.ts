/** Keeps one step's changes to the language's own objects from the next: freezes them, or notices what changed. */
import { languageGlobals } from './purity-list.ts';

/**
 * Freezes what the language's globals on `scope` reach, and fixes all globals. A few prototypes are sealed only: freezing
 * them would make `error.name = …` and `object.toString = …` fail on what inherits from them, and (measured) makes
 * `new Array(n)` fifty times slower. Gives a function that says whether a step changed one of those, or left a global.
 */
export function freezeIntrinsics(scope: object): () => boolean {
  const sealed = sealedPrototypes();
  for (const thing of reachable(scope)) {
    if (thing === Error) continue; // Libraries set its stackTraceLimit; {@link resetErrors} puts it back.
    if (sealed.includes(thing)) Object.seal(thing);
    else Object.freeze(thing);
  }
  fixGlobals(scope);
  const unchanged = sealed.map(watchMethods);
  const count = Reflect.ownKeys(scope).length;
  return () => Reflect.ownKeys(scope).length !== count || !unchanged.every((check) => check());
}

/** Puts back what a step may have set on Error. */
export function resetErrors(): void {
  Error.stackTraceLimit = 50;
  Reflect.deleteProperty(Error, 'prepareStackTrace');
}

function sealedPrototypes(): object[] {
  const errors = [
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
    AggregateError,
  ];
  return [Object, Array, Function, Promise, ...errors].map((one) => one.prototype as object);
}

/** Everything that those globals lead to by properties and prototypes, the hidden prototypes of iterators included. */
function reachable(scope: object): Set<object> {
  const found = new Set<object>();
  const waiting: unknown[] = hiddenIntrinsics();
  for (const name of languageGlobals) waiting.push((scope as Record<string, unknown>)[name]);
  while (waiting.length > 0) {
    const thing = waiting.pop();
    if (!isObject(thing) || thing === scope || found.has(thing) || ArrayBuffer.isView(thing)) continue;
    found.add(thing);
    waiting.push(Object.getPrototypeOf(thing), ...propertiesOf(thing));
  }
  return found;
}

/** Values, getters and setters. */
function propertiesOf(thing: object): unknown[] {
  const properties = Object.values(Object.getOwnPropertyDescriptors(thing) as Record<PropertyKey, object>);
  const symbols = Object.getOwnPropertySymbols(thing).map((name) =>
    Object.getOwnPropertyDescriptor(thing, name),
  );
  return [...properties, ...symbols].flatMap((property) => Object.values(property ?? {}) as unknown[]);
}

function hiddenIntrinsics(): unknown[] {
  const iterators = [
    [][Symbol.iterator](),
    new Map().entries(),
    new Set().entries(),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
  ];
  const functions = [function* () {}, async function* () {}, async () => undefined];
  return [...iterators, ...functions];
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function fixGlobals(scope: object): void {
  for (const name of Reflect.ownKeys(scope)) {
    const property = Object.getOwnPropertyDescriptor(scope, name);
    if (!property?.configurable) continue;
    Object.defineProperty(
      scope,
      name,
      'value' in property ? { writable: false, configurable: false } : { configurable: false },
    );
  }
}

/** Sealed properties cannot become accessors or go away, so reading each value again sees every change. */
function watchMethods(prototype: object): () => boolean {
  const holder = prototype as Record<PropertyKey, unknown>;
  const names = Reflect.ownKeys(prototype).filter(
    (name) => 'value' in (Object.getOwnPropertyDescriptor(prototype, name) ?? {}),
  );
  const before = names.map((name) => holder[name]);
  return () => names.every((name, index) => holder[name] === before[index]);
}
