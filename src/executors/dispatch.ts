/** Sends each order to the executor for its sort of work. */
import type { Executor, Work } from '../model/executor.ts';

/** One executor out of one for each sort of work. */
export function dispatch(executors: Readonly<Record<Work['type'], Executor>>): Executor {
  return {
    execute: (order, signal) => executors[order.work.type].execute(order, signal),
    close: async () => {
      await Promise.all(Object.values(executors).map((executor) => executor.close()));
    },
  };
}
