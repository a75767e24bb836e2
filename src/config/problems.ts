/** Collects all that is wrong with a file, and which of its stages cannot be used for it. */
import { nearest } from '../base/text.ts';
import type { Place, Problem } from '../model/fault.ts';
import type { Path } from './yaml/tree.ts';

/** Fields that a stage keeps its meaning without: it can still be checked when one of them is wrong. */
const settings: ReadonlySet<unknown> = new Set([
  'publish',
  'env',
  'environment',
  'resources',
  'retries',
  'timeout',
  'executor',
  'random',
  'stochastic',
  'effects',
]);

export class Problems {
  /** Stages that cannot be used. */
  readonly brokenStages = new Set<string>();
  #comparisons = 300_000;
  readonly #paths = new Set<string>();
  readonly #found = new Map<string, Problem>();

  /** Notes a problem of the part of the file at `path`. */
  add(path: Path, place: Place | undefined, message: string): void {
    const [section, name, field] = path;
    if (section === 'stages' && typeof name === 'string' && !settings.has(field)) this.brokenStages.add(name);
    this.#paths.add(path.join('\n'));
    // A place in the value of a -S helps nobody: the option is shown whole.
    const isOption = place?.file.startsWith('-S ') === true;
    const problem = isOption
      ? { message: `${place.file}: ${message}` }
      : place === undefined
        ? { message }
        : { place, message };
    this.#found.set(`${place?.line}:${place?.column}:${message}`, problem);
  }

  /** Whether a problem of the very part of the file at `path` is noted. */
  has(path: Path): boolean {
    return path.length > 0 && this.#paths.has(path.join('\n'));
  }

  /**
   * The nearest of many names. In a file where ten thousand names are wrong, only so many are looked for among ten
   * thousand others.
   */
  nearest(word: string, names: ReadonlySet<string>): string | undefined {
    this.#comparisons -= names.size;
    return this.#comparisons < 0 ? undefined : nearest(word, names);
  }

  /** In the order of the text, those without a place first. */
  sorted(): Problem[] {
    return [...this.#found.values()].sort(
      (a, b) => order(a.place?.line, b.place?.line) || order(a.place?.column, b.place?.column),
    );
  }
}

function order(a = 0, b = 0): number {
  return a - b;
}
