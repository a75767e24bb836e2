/** The first Ctrl-C lets running steps end; the second kills them; a third ends this process at once. */
import { exits } from './exit.ts';

type Signal = 'SIGINT' | 'SIGTERM';

export interface Interrupts {
  /** Aborted by the first signal: nothing new is started. */
  readonly stop: AbortSignal;
  /** Aborted by the second: running steps are killed. */
  readonly kill: AbortSignal;
  readonly signal: () => Signal | undefined;
  /** Stops listening. */
  readonly release: () => void;
}

/** Listens to SIGINT and SIGTERM; `told` hears how many there were. */
export function onInterrupts(told: (times: number) => void): Interrupts {
  const stop = new AbortController();
  const kill = new AbortController();
  let times = 0;
  let first: Signal | undefined;
  const heed = (signal: Signal) => {
    first ??= signal;
    times += 1;
    told(times);
    stop.abort();
    if (times === 2) kill.abort();
    if (times > 2) process.exit(signal === 'SIGINT' ? exits.interrupted : exits.terminated);
  };
  const onInt = () => heed('SIGINT');
  const onTerm = () => heed('SIGTERM');
  process.on('SIGINT', onInt);
  process.on('SIGTERM', onTerm);
  return {
    stop: stop.signal,
    kill: kill.signal,
    signal: () => first,
    release: () => {
      process.off('SIGINT', onInt);
      process.off('SIGTERM', onTerm);
    },
  };
}
