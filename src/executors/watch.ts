/** Watches a running step against its limits, and has it killed where it passes one. */
import { byteSize, duration } from '../base/text.ts';
import type { Ending } from '../model/event.ts';
import type { Limits } from '../model/executor.ts';
import type { Usage } from './usage.ts';

/** Often enough that a step cannot fill a machine in between, seldom enough not to be felt. */
const interval = 50;

/**
 * Calls `kill` at most a few times: past the timeout, past the memory limit, or when `signal` aborts. Gives the
 * function that ends the watch and returns the highest memory seen, in bytes (0 where none was looked at).
 */
export function watch(
  limits: Limits,
  signal: AbortSignal,
  look: () => Usage,
  kill: (ending: Ending, message: string) => void,
): () => number {
  const interrupt = () => kill('interrupted', 'the step was interrupted');
  signal.addEventListener('abort', interrupt);
  if (signal.aborted) interrupt();
  const timer = watchTime(limits.timeout, kill);
  const memory = watchMemory(limits.memory, look, kill);
  return () => {
    signal.removeEventListener('abort', interrupt);
    clearTimeout(timer);
    return memory();
  };
}

type Kill = (ending: Ending, message: string) => void;

/** Timers hold at most 2^31 - 1 ms; a longer limit is none. */
function watchTime(timeout: number | undefined, kill: Kill): NodeJS.Timeout | undefined {
  if (timeout === undefined || timeout > 2 ** 31 - 1) return undefined;
  return setTimeout(
    () => kill('timeout', `the step took longer than its timeout of ${duration(timeout)}`),
    timeout,
  );
}

function watchMemory(limit: number | undefined, look: () => Usage, kill: Kill): () => number {
  if (limit === undefined) return () => 0;
  let peak = 0;
  const timer = setInterval(() => {
    const { memory } = look();
    peak = Math.max(peak, memory);
    if (memory > limit)
      kill('memory', `the step held ${byteSize(memory)}, over its limit of ${byteSize(limit)}`);
  }, interval);
  return () => {
    clearInterval(timer);
    return peak;
  };
}
