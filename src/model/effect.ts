/** The effects a stage may declare: what it touches beyond its deps and params, and the promise it gives up. */

/** Effect to what it allows. Anything not named here is no effect. */
export const effects = {
  'platform-math': "Math's sin, exp, pow and the like, whose last bits differ between processors and engines",
  clock: 'Date and performance',
  random: "Math.random and crypto: randomness outside the step's own stream",
  timers: 'setTimeout, setInterval, setImmediate and message channels',
  intl: 'Intl and the methods that follow a locale',
  network:
    'fetch, WebSocket, node:http and the like, with the clock, timers and randomness that they stand on',
  files: 'the file system, through node:fs',
  native: 'all of Node: add-ons, processes, every built-in module, eval',
} as const;

export type Effect = keyof typeof effects;

const networkModules = ['dgram', 'dns', 'dns/promises', 'http', 'http2', 'https', 'net', 'tls'];
const fileModules = ['fs', 'fs/promises', 'path', 'path/posix', 'url'];

/** Whether stages with these effects may import Node's own module `name` (with or without `node:`). */
export function allowsModule(declared: readonly string[], name: string): boolean {
  const bare = name.replace(/^node:/, '');
  if (declared.includes('native')) return true;
  if (declared.includes('network') && networkModules.includes(bare)) return true;
  return declared.includes('files') && fileModules.includes(bare);
}
