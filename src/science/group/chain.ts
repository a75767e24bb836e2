/**
 * Measures a permutation group given by generators: a base and strong generating set by the algorithm of
 * Schreier and Sims, which gives the order and decides membership (Seress, Permutation Group Algorithms, 4.2).
 */
import { invariant } from '../../base/invariant.ts';
import { randomStream } from '../../base/random.ts';
import { orbitsOf } from './orbits.ts';
import {
  type Permutation,
  compose,
  identityPermutation,
  inverse,
  isIdentity,
  isPermutation,
} from './permutation.ts';

/** A group in the form that answers questions. */
export interface StabilizerChain {
  readonly degree: number;
  /** Points that only the identity fixes together. */
  readonly base: readonly number[];
  /** The number of elements. */
  readonly order: bigint;
  /** Generators such that those fixing base points 0 … l−1 generate their stabilizer, for every l. */
  readonly strongGenerators: readonly Permutation[];
  /** Whether the group has this element. */
  contains(p: Permutation): boolean;
}

interface Level {
  readonly point: number;
  readonly generators: Permutation[];
  /** The orbit of `point` in order of discovery; `checked[i]` generators have been tried on its i-th point. */
  readonly orbit: number[];
  readonly checked: number[];
  /** By point of the orbit, the inverse of an element that takes `point` there, and that element. */
  readonly back: Map<number, Permutation>;
  readonly there: Map<number, Permutation>;
}

/**
 * The chain of the group generated on 0 … degree−1. Deterministic. Checking costs one division by the chain for
 * every orbit point and generator of every level, and ends early where the order cannot grow. Throws RangeError for
 * a generator that is no permutation of the points.
 */
export function stabilizerChain(generators: readonly Permutation[], degree: number): StabilizerChain {
  for (const generator of generators)
    if (generator.length !== degree || !isPermutation(generator))
      throw new RangeError(`a generator is no permutation of ${degree} points`);
  const levels: Level[] = [];
  for (const generator of generators) admit(levels, sift(levels, generator, 0), 0);
  const largest = largestOrder(generators, degree);
  admitProducts(levels, generators, largest);
  complete(levels, largest);
  return {
    degree,
    base: levels.map((level) => level.point),
    order: orderOf(levels),
    strongGenerators: [...new Set(levels.flatMap((level) => level.generators))],
    contains: (p) => p.length === degree && isPermutation(p) && isIdentity(sift(levels, p, 0).residue),
  };
}

interface Sifted {
  readonly residue: Permutation;
  readonly depth: number;
}

/** Divides by transversal elements from level `from` on; the residue is the identity for members of the chain. */
function sift(levels: readonly Level[], p: Permutation, from: number): Sifted {
  let residue = p;
  let depth = from;
  for (; depth < levels.length; depth++) {
    const level = levels[depth]!;
    const back = level.back.get(residue[level.point]!);
    if (back === undefined) break;
    residue = compose(back, residue);
  }
  return { residue, depth };
}

/**
 * Fills the chain with products of generators drawn by product replacement (Celler et al., 1995) until thirty in a
 * row bring nothing new. It saves most of the work for large groups and proves nothing: `complete` does.
 */
function admitProducts(levels: Level[], generators: readonly Permutation[], largest: bigint): void {
  if (generators.length === 0) return;
  const random = randomStream('c0105e1e'.repeat(4));
  const below = (n: number) => Math.floor(random.uniform() * n);
  const pool = Array.from({ length: generators.length + 10 }, (_, i) => generators[i % generators.length]!);
  for (let idle = 0; idle < 30 && orderOf(levels) < largest;) {
    const at = below(pool.length);
    const by = pool[(at + 1 + below(pool.length - 1)) % pool.length]!;
    pool[at] = compose(pool[at]!, random.uniform() < 0.5 ? by : inverse(by));
    idle = admit(levels, sift(levels, pool[at]!, 0), 0) ? 0 : idle + 1;
  }
}

/** Makes a residue, which fixes the base points above its depth, a generator of the levels from `from` to there. */
function admit(levels: Level[], { residue, depth }: Sifted, from: number): boolean {
  if (isIdentity(residue)) return false;
  if (depth === levels.length) levels.push(newLevel(residue));
  for (let l = from; l <= depth; l++) {
    levels[l]!.generators.push(residue);
    growOrbit(levels[l]!);
  }
  return true;
}

function newLevel(mover: Permutation): Level {
  const point = mover.findIndex((image, i) => image !== i);
  const self = identityPermutation(mover.length);
  return {
    point,
    generators: [],
    orbit: [point],
    checked: [0],
    back: new Map([[point, self]]),
    there: new Map([[point, self]]),
  };
}

/** Adds the points newly reached. Transversal elements already chosen stay, so that checks made stay valid. */
function growOrbit(level: Level): void {
  for (let i = 0; i < level.orbit.length; i++)
    for (const generator of level.generators) {
      const image = generator[level.orbit[i]!]!;
      if (level.there.has(image)) continue;
      const there = compose(generator, level.there.get(level.orbit[i]!)!);
      level.there.set(image, there);
      level.back.set(image, inverse(there));
      level.orbit.push(image);
      level.checked.push(0);
    }
}

/** Checks every Schreier generator from the bottom up until all sift to the identity, or the order cannot grow. */
function complete(levels: Level[], largest: bigint): void {
  let l = levels.length - 1;
  while (l >= 0 && orderOf(levels) < largest) {
    const sifted = nextResidue(levels, l);
    if (sifted === undefined) l--;
    else {
      const admitted = admit(levels, sifted, l + 1);
      invariant(admitted, 'a residue that is not the identity enters the chain');
      l = sifted.depth;
    }
  }
}

/** The next Schreier generator of level l that leaves a residue. */
function nextResidue(levels: readonly Level[], l: number): Sifted | undefined {
  const level = levels[l]!;
  for (let i = 0; i < level.orbit.length; i++) {
    const there = level.there.get(level.orbit[i]!)!;
    while (level.checked[i]! < level.generators.length) {
      const moved = compose(level.generators[level.checked[i]!++]!, there);
      const back = level.back.get(moved[level.point]!)!;
      const sifted = sift(levels, compose(back, moved), l + 1);
      if (!isIdentity(sifted.residue)) return sifted;
    }
  }
  return undefined;
}

function orderOf(levels: readonly Level[]): bigint {
  return levels.reduce((order, level) => order * BigInt(level.orbit.length), 1n);
}

/** No group is larger than the product of the symmetric groups of its orbits: reaching that ends the search. */
function largestOrder(generators: readonly Permutation[], degree: number): bigint {
  let largest = 1n;
  for (const orbit of orbitsOf(generators, degree))
    for (let m = 2; m <= orbit.length; m++) largest *= BigInt(m);
  return largest;
}
