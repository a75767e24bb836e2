/** Memos, published paths and pins in memory. */
import { byCodeUnit } from '../../src/base/canonical.ts';
import type { MemoShelf, PublishedPath, PublishedShelf } from '../../src/model/store.ts';
import type { Pin, PinShelf } from '../local.ts';

export class MemoryMemos implements MemoShelf {
  readonly #names = new Map<string, Map<string, string>>();

  get(name: string, key: string): string | undefined {
    return this.#names.get(name)?.get(key);
  }
  all(name: string): ReadonlyMap<string, string> {
    return new Map(this.#names.get(name));
  }
  set(name: string, key: string, value: string): void {
    const memos = this.#names.get(name) ?? new Map<string, string>();
    this.#names.set(name, memos.set(key, value));
  }
}

export class MemoryPublished implements PublishedShelf {
  paths: PublishedPath[] = [];

  list(profile: string): readonly PublishedPath[] {
    const found = this.paths.filter((one) => one.profile === profile);
    return found.sort((a, b) => byCodeUnit(a.path, b.path));
  }
  async set(paths: readonly PublishedPath[]): Promise<void> {
    for (const { profile, path } of paths) await this.remove(profile, path);
    this.paths.push(...paths);
  }
  async remove(profile: string, path: string): Promise<void> {
    this.paths = this.paths.filter((one) => one.profile !== profile || one.path !== path);
  }
}

export class MemoryPins implements PinShelf {
  #pins: Pin[] = [];

  list(): readonly Pin[] {
    return this.#pins.toSorted((a, b) => byCodeUnit(a.type, b.type) || byCodeUnit(a.name, b.name));
  }
  async pin(pin: Pin): Promise<void> {
    await this.unpin(pin.type, pin.name);
    this.#pins.push({ ...pin });
  }
  async unpin(type: Pin['type'], name: string): Promise<void> {
    this.#pins = this.#pins.filter((one) => one.type !== type || one.name !== name);
  }
}
