/** The store on disk obeys the laws of every store, also where a process has it to itself and a thread writes. */
import type { LocalStore } from '../../store/local.ts';
import { type StoreOptions, openStore } from '../../store/open.ts';
import { temporaryFolder } from './drafts.ts';
import { type Subject, storeLaws } from './laws.ts';
import { modes } from './modes.ts';

const onDisk = (options: StoreOptions) => (): Subject => {
  const folder = temporaryFolder();
  let shift = 0;
  const now = (): number => Date.now() + shift;
  const opened: LocalStore[] = [];
  const open = (): LocalStore => {
    const store = openStore(folder.path, { now, ...options });
    opened.push(store);
    return store;
  };
  let other: LocalStore | undefined;
  const dispose = async (): Promise<void> => {
    for (const store of opened) await store.close();
    folder.remove();
  };
  return { store: open(), elsewhere: () => (other ??= open()), pass: (ms) => void (shift += ms), dispose };
};

storeLaws('a store on disk', onDisk(modes.shared));
storeLaws('a store that its process has to itself', onDisk(modes.sole));
