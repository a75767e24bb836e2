/** The store on disk obeys the laws of every store. */
import type { LocalStore } from '../../store/local.ts';
import { openStore } from '../../store/open.ts';
import { temporaryFolder } from './drafts.ts';
import { storeLaws } from './laws.ts';

storeLaws('a store on disk', () => {
  const folder = temporaryFolder();
  let shift = 0;
  const now = (): number => Date.now() + shift;
  const opened: LocalStore[] = [];
  const open = (): LocalStore => {
    const store = openStore(folder.path, { now });
    opened.push(store);
    return store;
  };
  let other: LocalStore | undefined;
  const dispose = async (): Promise<void> => {
    for (const store of opened) await store.close();
    folder.remove();
  };
  return { store: open(), elsewhere: () => (other ??= open()), pass: (ms) => void (shift += ms), dispose };
});
