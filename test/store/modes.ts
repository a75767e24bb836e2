/** The two ways in which a process works on a store: as one of many, or with the store to itself and a thread that writes. */
import { join } from 'node:path';
import type { StoreOptions } from '../../store/open.ts';

export type Mode = 'shared' | 'sole';

export const modes: Readonly<Record<Mode, StoreOptions>> = {
  shared: { busy: Infinity },
  sole: { busy: 1, writer: join(import.meta.dirname, '../../store/writer-entry.ts') },
};
