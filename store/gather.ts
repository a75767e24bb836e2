/** Queues small things that are written together: those that come under one name until then join the first. */
import type { Context } from './context.ts';
import type { Gatherings } from './pending.ts';
import type { Writing } from './writing.ts';

/** Puts something into what gathers under `name`; `begin` makes it where nothing does, and `write` says how it is written. */
export function gather<T>(
  { writer }: Context,
  into: Gatherings<T>,
  name: string,
  { begin, put, write }: { begin: () => T; put: (things: T) => void; write: (things: T) => Writing },
): void {
  const open = into.open(name);
  if (open !== undefined) return put(open);
  const things = begin();
  put(things);
  into.start(name, things);
  const writing = (): Writing => {
    into.close(name);
    return write(things);
  };
  void writer.add({ writing, released: () => into.drop(name, things) });
}
