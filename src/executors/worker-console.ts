/** The console of stage code: what it writes becomes the attempt's log, and nothing else of the process shows. */
import { format } from 'node:util';

type Log = (stream: 'stdout' | 'stderr', text: string) => void;

const toStdout = ['log', 'info', 'debug', 'dir', 'table', 'group'];
const toStderr = ['warn', 'error', 'trace'];
/** Timers and counters would tell how long things took, or keep a count between steps. */
const silent = [
  'groupEnd',
  'groupCollapsed',
  'time',
  'timeEnd',
  'timeLog',
  'timeStamp',
  'count',
  'countReset',
  'clear',
];

/** A console that passes on each line written to it. */
export function recordingConsole(log: Log): Record<string, (...values: unknown[]) => void> {
  const writer =
    (stream: 'stdout' | 'stderr') =>
    (...values: unknown[]) =>
      log(stream, `${format(...values)}\n`);
  const assert = (condition: unknown, ...values: unknown[]) => {
    if (!condition) log('stderr', `Assertion failed: ${format(...values)}\n`);
  };
  return {
    ...Object.fromEntries(toStdout.map((name) => [name, writer('stdout')])),
    ...Object.fromEntries(toStderr.map((name) => [name, writer('stderr')])),
    ...Object.fromEntries(silent.map((name) => [name, () => undefined])),
    assert,
  };
}
