/** Reads a line of text from left to right, and says at which character it went wrong. */

/** What was read, or what is wrong and where: `index` counts code units from the start of the text. */
export type Parsed<T> = { readonly value: T } | { readonly wrong: string; readonly index: number };

/** Thrown inside a grammar and caught by {@link scan}. */
class Mismatch extends Error {
  readonly index: number;
  constructor(message: string, index: number) {
    super(message);
    this.index = index;
  }
}

export class Scanner {
  readonly text: string;
  index = 0;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.index === this.text.length;
  }

  /** Takes what the pattern matches here, or undefined. */
  take(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern.source, `${pattern.flags}y`);
    sticky.lastIndex = this.index;
    const match = sticky.exec(this.text);
    if (match === null) return undefined;
    this.index = sticky.lastIndex;
    return match[0];
  }

  /** Takes what the pattern matches, or fails saying what was expected. */
  expect(pattern: RegExp, expected: string): string {
    return this.take(pattern) ?? this.fail(`${this.#rest()}, expected ${expected}`);
  }

  /** Fails at this character, or at an earlier one. */
  fail(message: string, index = this.index): never {
    throw new Mismatch(message, index);
  }

  #rest(): string {
    const ahead = JSON.stringify(this.text.slice(this.index, this.index + 20));
    return this.atEnd ? 'ends here' : `${this.index === 0 ? 'begins' : 'goes on'} with ${ahead}`;
  }
}

/** Reads all of the text by the grammar; anything left over is wrong. */
export function scan<T>(text: string, grammar: (scanner: Scanner) => T): Parsed<T> {
  const scanner = new Scanner(text);
  try {
    const value = grammar(scanner);
    scanner.take(/\s+/);
    if (!scanner.atEnd) scanner.expect(/$/, 'nothing more');
    return { value };
  } catch (error) {
    if (error instanceof Mismatch) return { wrong: error.message, index: error.index };
    throw error;
  }
}
