/** Computes with permutations of {0, …, n−1}. */

/** A permutation by its images: `p[i]` is where point `i` goes. Invariant: each of 0 … n−1 occurs once. */
export type Permutation = readonly number[];

/** The permutation of n points that moves none. */
export function identityPermutation(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** Whether `images` lists each of 0 … n−1 once. */
export function isPermutation(images: readonly number[]): boolean {
  const seen = new Uint8Array(images.length);
  for (const image of images) if (image >= 0 && image < images.length) seen[image] = 1;
  return seen.every((flag) => flag === 1);
}

/** First `b`, then `a`: point i goes to a[b[i]]. Both have the same degree. */
export function compose(a: Permutation, b: Permutation): number[] {
  return b.map((image) => a[image]!);
}

/** The permutation that undoes `p`. */
export function inverse(p: Permutation): number[] {
  const result = Array.from<number>({ length: p.length });
  for (let i = 0; i < p.length; i++) result[p[i]!] = i;
  return result;
}

/** h g h⁻¹: what g does, after the points are renamed by h. */
export function conjugate(g: Permutation, h: Permutation): number[] {
  const result = Array.from<number>({ length: g.length });
  for (let i = 0; i < g.length; i++) result[h[i]!] = h[g[i]!]!;
  return result;
}

/** Whether `p` moves no point. */
export function isIdentity(p: Permutation): boolean {
  return p.every((image, i) => image === i);
}

/** Whether both have the same degree and the same images. */
export function samePermutation(a: Permutation, b: Permutation): boolean {
  return a.length === b.length && a.every((image, i) => image === b[i]);
}

/** The cycles of length two or more; each begins with its least point, and they are sorted by it. */
export function cyclesOf(p: Permutation): number[][] {
  const seen = new Uint8Array(p.length);
  const cycles: number[][] = [];
  for (let i = 0; i < p.length; i++) {
    const cycle: number[] = [];
    for (let j = i; seen[j] === 0; j = p[j]!) {
      seen[j] = 1;
      cycle.push(j);
    }
    if (cycle.length > 1) cycles.push(cycle);
  }
  return cycles;
}

/** The permutation of n points with these disjoint cycles. Throws RangeError where they are not disjoint or leave 0 … n−1. */
export function fromCycles(n: number, ...cycles: readonly (readonly number[])[]): number[] {
  const result = identityPermutation(n);
  for (const cycle of cycles)
    for (let i = 0; i < cycle.length; i++) result[cycle[i]!] = cycle[(i + 1) % cycle.length]!;
  if (result.length !== n || !isPermutation(result))
    throw new RangeError('the cycles are not disjoint cycles of the points');
  return result;
}

/** The least m ≥ 1 with pᵐ the identity: the least common multiple of the cycle lengths. */
export function orderOfPermutation(p: Permutation): bigint {
  return cyclesOf(p).reduce((order, cycle) => leastCommonMultiple(order, BigInt(cycle.length)), 1n);
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
