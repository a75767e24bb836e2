/** What the rest of Colophon uses of the store. */
export { type StoreOptions, openStore } from './open.ts';
export { type MemoryOptions, memoryStore } from './memory/store.ts';
export {
  type GarbageOptions,
  type LocalStore,
  type Pin,
  type PinShelf,
  collectGarbage,
  inlineLimit,
} from './local.ts';
