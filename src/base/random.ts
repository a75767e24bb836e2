/**
 * Gives streams of random bits that are the same on every engine: Philox4x32-10, a counter-based generator
 * (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
 */

/** A reproducible stream. Streams split from one parent by different indices are independent of it and of each other. */
export interface RandomStream {
  /** The next 32 bits, an integer in [0, 2^32). */
  bits(): number;
  /** A number in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** The child stream number `index` (an integer in [0, 2^32)); does not advance this stream. */
  split(index: number): RandomStream;
}

type Words = readonly [number, number, number, number];

/** The stream of a seed of at least 32 hexadecimal digits (128 bits), such as a digest. Throws TypeError otherwise. */
export function randomStream(seed: string): RandomStream {
  if (!/^[0-9a-f]{32,}$/.test(seed)) throw new TypeError('a seed has at least 32 hexadecimal digits');
  const word = (i: number) => Number.parseInt(seed.slice(8 * i, 8 * i + 8), 16) >>> 0;
  return new PhiloxStream([word(0), word(1)], [word(2), word(3)]);
}

class PhiloxStream implements RandomStream {
  readonly #key: readonly [number, number];
  readonly #name: readonly [number, number];
  #block = 0;
  #words: Words = [0, 0, 0, 0];
  #used = 4;

  constructor(key: readonly [number, number], name: readonly [number, number]) {
    this.#key = key;
    this.#name = name;
  }

  bits(): number {
    if (this.#used === 4) this.#refill();
    return this.#words[this.#used++] as number;
  }

  uniform(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  split(index: number): RandomStream {
    if (!Number.isInteger(index) || index < 0 || index >= 4294967296)
      throw new RangeError(`no child stream ${index}`);
    // The last counter word tells children (1) from draws (0), so no child meets a value of its parent.
    const [a, b, c, d] = philox([index, this.#name[0], this.#name[1], 1], this.#key);
    return new PhiloxStream([a, b], [c, d]);
  }

  #refill(): void {
    if (this.#block === 4294967296) throw new RangeError('a random stream ends after 2^34 words');
    this.#words = philox([this.#block++, this.#name[0], this.#name[1], 0], this.#key);
    this.#used = 0;
  }
}

/** Ten rounds on a counter of four words under a key of two. */
function philox(counter: Words, key: readonly [number, number]): Words {
  let [x0, x1, x2, x3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, x0);
    const low0 = Math.imul(0xd2511f53, x0);
    const high1 = multiplyHigh(0xcd9e8d57, x2);
    const low1 = Math.imul(0xcd9e8d57, x2);
    x0 = (high1 ^ x1 ^ k0) >>> 0;
    x1 = low1 >>> 0;
    x2 = (high0 ^ x3 ^ k1) >>> 0;
    x3 = low0 >>> 0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [x0, x1, x2, x3];
}

/** The upper 32 bits of the 64-bit product of two unsigned words. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (carry >>> 16)) >>> 0;
}
