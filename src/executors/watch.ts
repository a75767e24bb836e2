/** Watches a running step against its limits, and has it killed where it passes one. */
import { byteSize } from '../base/text.ts';
import { duration } from '../base/time.ts';
import type { Ending } from '../model/event.ts';
import type { Limits } from '../model/executor.ts';
import type { Usage } from './usage.ts';

/** Often enough that a step cannot fill a machine in between, seldom enough not to be felt. */
const interval = 50;

export interface WatchLimits extends Limits {
  /** Look at memory even where it is not limited, for the peak. */
  readonly always?: boolean;
}

type Kill = (ending: Ending, message: string) => void;

/**
 * Calls `kill` past the timeout, past the memory limit, and when `signal` aborts, perhaps one after the other. Gives
 * the function that ends the watch and returns the highest memory seen, in bytes (0 where none was looked at).
 */
export function watch(limits: WatchLimits, signal: AbortSignal, look: () => Usage, kill: Kill): () => number {
  const interrupt = () => kill('interrupted', 'was interrupted');
  signal.addEventListener('abort', interrupt);
  if (signal.aborted) interrupt();
  const timer = watchTime(limits.timeout, kill);
  const memory = watchMemory(limits, look, kill);
  return () => {
    signal.removeEventListener('abort', interrupt);
    clearTimeout(timer);
    return memory();
  };
}

/** Timers hold at most 2^31 - 1 ms; a longer limit is none. */
function watchTime(timeout: number | undefined, kill: Kill): NodeJS.Timeout | undefined {
  if (timeout === undefined || timeout > 2147483647) return undefined;
  return setTimeout(() => kill('timeout', `took longer than its timeout of ${duration(timeout)}`), timeout);
}

function watchMemory(
  { memory: limit = Infinity, always }: WatchLimits,
  look: () => Usage,
  kill: Kill,
): () => number {
  if (limit === Infinity && always !== true) return () => 0;
  let peak = 0;
  let timer: NodeJS.Timeout;
  const next = () => {
    const began = performance.now();
    const { memory } = look();
    peak = Math.max(peak, memory);
    if (memory > limit) kill('memory', `held ${byteSize(memory)}, over its limit of ${byteSize(limit)}`);
    // A tree of many processes takes longer to look at, and is looked at less often.
    timer = setTimeout(next, Math.max(interval, 50 * (performance.now() - began)));
  };
  timer = setTimeout(next, always === true ? 5 : interval);
  return () => {
    clearTimeout(timer);
    return peak;
  };
}
