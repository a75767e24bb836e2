/** What a stage may not touch, by the declared effect that lifts the ban, and the globals it may. */
import type { Effect } from '../model/effect.ts';

const math =
  'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 pow sin sinh tan tanh';
const localeMethods = [
  'Array.prototype.toLocaleString',
  'BigInt.prototype.toLocaleString',
  'Date.prototype.toLocaleDateString',
  'Date.prototype.toLocaleString',
  'Date.prototype.toLocaleTimeString',
  'Number.prototype.toLocaleString',
  'Object.prototype.toLocaleString',
  'String.prototype.localeCompare',
  'String.prototype.toLocaleLowerCase',
  'String.prototype.toLocaleUpperCase',
];

/** Functions, classes and name spaces that throw when they are called, as paths from the global object. */
export const forbidden: Readonly<Record<Effect, readonly string[]>> = {
  'platform-math': math.split(' ').map((name) => `Math.${name}`),
  clock: ['Date', 'Temporal.Now', 'performance'],
  random: ['Math.random', 'crypto'],
  timers: [
    'setTimeout',
    'setInterval',
    'setImmediate',
    'clearTimeout',
    'clearInterval',
    'clearImmediate',
    'MessageChannel',
    'BroadcastChannel',
    'Atomics.wait',
    'Atomics.waitAsync',
  ],
  intl: ['Intl', ...localeMethods],
  network: ['fetch', 'WebSocket', 'EventSource'],
  files: [],
  // What the garbage collector or another thread decides, and code that the bundle does not hold.
  native: ['eval', 'Function', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer'],
};

/** The effect that lifts the ban on a name: `clock` for `Date` and `Date.now`; undefined for what no effect allows by name. */
export function effectOf(path: string): Effect | undefined {
  const isMeant = (name: string) => path === name || path.startsWith(`${name}.`);
  const found = Object.entries(forbidden).find(([, names]) => names.some(isMeant));
  return found?.[0] as Effect | undefined;
}

/** Node's own code for the network is loaded when it is first used, and stands on what these forbid. */
export const implied: Readonly<Record<string, readonly Effect[]>> = {
  network: ['clock', 'random', 'timers', 'native'],
};

/** Those of them that are replaced without a look at them: Node loads a large library where WebSocket is read. */
export const unseen: ReadonlySet<string> = new Set(
  [...forbidden.timers, ...forbidden.network].filter((path) => !path.includes('.')),
);

const language =
  'Infinity NaN undefined globalThis global Object Function Array Number parseFloat parseInt isFinite isNaN Boolean ' +
  'String Symbol Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError ' +
  'URIError SuppressedError JSON Math Intl ArrayBuffer SharedArrayBuffer Atomics Uint8Array Int8Array Uint16Array ' +
  'Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float16Array Float32Array ' +
  'Float64Array DataView Map BigInt Set Iterator WeakMap WeakSet Proxy Reflect FinalizationRegistry WeakRef decodeURI ' +
  'decodeURIComponent encodeURI encodeURIComponent escape unescape eval DisposableStack AsyncDisposableStack Temporal';
const languageNames = language.split(' ');
const platform =
  'console URL URLSearchParams DOMException TextEncoder TextDecoder queueMicrotask structuredClone atob btoa WebAssembly';

/** The globals of every stage. Whatever else a version of Node adds is not there. */
export const globals: ReadonlySet<string> = new Set([...languageNames, ...platform.split(' ')]);

const events = 'AbortController AbortSignal Event EventTarget CustomEvent'.split(' ');

/** Those that belong to the language, and are frozen. */
export const languageGlobals: readonly string[] = languageNames.filter((name) => !name.startsWith('global'));

/** Further globals of stages with an effect. */
export const furtherGlobals: Readonly<Partial<Record<Effect, readonly string[]>>> = {
  clock: events,
  timers: ['MessagePort', ...events],
  random: ['Crypto', 'CryptoKey', 'SubtleCrypto'],
};
