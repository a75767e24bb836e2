/** What the rest of Colophon uses of the store. */
export { type StoreOptions, databaseName, openStore } from './open.ts';
export { type MemoryOptions, memoryStore } from './memory/store.ts';
export {
  type GarbageOptions,
  type LocalStore,
  type Pin,
  type PinShelf,
  collectGarbage,
  inlineLimit,
} from './local.ts';
export { type StoreReport, storeReport } from './report.ts';
export { type Repairs, repairStore } from './repair.ts';
