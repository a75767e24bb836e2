/** Counts and names the Young subgroups S_{p₁} × … × S_{p_r} of S_d, and lists the large ones. */

/** n! for an integer n ≥ 0. */
export function factorial(n: number): bigint {
  let product = 1n;
  for (let m = 2; m <= n; m++) product *= BigInt(m);
  return product;
}

/** The order of S_{p₁} × … × S_{p_r}. */
export function youngOrder(parts: readonly number[]): bigint {
  return parts.reduce((product, part) => product * factorial(part), 1n);
}

/** The index of S_{p₁} × … × S_{p_r} in S_d, d = Σ p: the multinomial coefficient. */
export function youngIndex(parts: readonly number[]): bigint {
  return factorial(parts.reduce((sum, part) => sum + part, 0)) / youngOrder(parts);
}

/** A Young subgroup, with its block sizes descending. */
export interface YoungSubgroup {
  readonly parts: readonly number[];
  readonly name: string;
  readonly order: bigint;
  readonly index: bigint;
}

/** The Young subgroups of S_d, up to conjugacy, whose index is at most `mostIndex`, by ascending index. */
export function largeYoungSubgroups(d: number, mostIndex: bigint): YoungSubgroup[] {
  const found: YoungSubgroup[] = [];
  const extend = (parts: readonly number[], left: number): void => {
    if (left === 0) {
      found.push({ parts, name: diagonalName(parts), order: youngOrder(parts), index: youngIndex(parts) });
      return;
    }
    for (let part = Math.min(left, parts.at(-1) ?? left); part >= 1; part--) {
      // Cutting the rest of the points into blocks can only raise the index of S_parts × S_rest.
      const next = [...parts, part];
      if (leastIndex(next, left - part) <= mostIndex) extend(next, left - part);
    }
  };
  extend([], d);
  return found.sort((a, b) => (a.index < b.index ? -1 : a.index > b.index ? 1 : b.parts[0]! - a.parts[0]!));
}

/** A lower bound for the index of every Young subgroup that begins with `parts` and has `left` points more. */
function leastIndex(parts: readonly number[], left: number): bigint {
  return youngIndex(left === 0 ? parts : [...parts, left]);
}

/**
 * The Young subgroups between which and S_d no other Young subgroup lies: S_{d−p} × S_p, 1 ≤ p ≤ d/2, by ascending
 * p. For p < d/2 they are maximal subgroups of S_d; S_{d/2} × S_{d/2} lies in the wreath product with S_2.
 */
export function maximalYoungSubgroups(d: number): (YoungSubgroup & { readonly maximal: boolean })[] {
  return Array.from({ length: Math.floor(d / 2) }, (_, i) => {
    const parts = [d - i - 1, i + 1];
    return {
      parts,
      name: diagonalName(parts),
      order: youngOrder(parts),
      index: youngIndex(parts),
      maximal: 2 * (i + 1) < d || d === 2,
    };
  });
}

/** `ΔS_6`, `Δ(S_5×S_1)`; block sizes descending, a factor that occurs more than three times as a power. */
export function diagonalName(parts: readonly number[]): string {
  if (parts.length === 1) return `ΔS_${parts[0]}`;
  return `Δ(${productName(parts.toSorted((a, b) => b - a).map((part) => `S_${part}`))})`;
}

/** The factors joined by ×, in the order given; equal neighbours, more than three, become a power. */
export function productName(factors: readonly string[]): string {
  const words: string[] = [];
  for (let from = 0; from < factors.length;) {
    let to = from;
    while (to < factors.length && factors[to] === factors[from]) to++;
    const count = to - from;
    if (count > 3) words.push(`${factors[from]}^${count}`);
    else words.push(...factors.slice(from, to));
    from = to;
  }
  return words.join('×');
}
