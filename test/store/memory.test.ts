/** The store in memory obeys the laws of every store. */
import { memoryStore } from '../../store/memory/store.ts';
import { storeLaws } from './laws.ts';

storeLaws('a store in memory', () => {
  let shift = 0;
  const store = memoryStore({ now: () => Date.now() + shift });
  return { store, elsewhere: () => store, pass: (ms) => void (shift += ms), dispose: () => store.close() };
});
