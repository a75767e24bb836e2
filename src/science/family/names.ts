/** Writes the isotropy of a matrix in a fixed-point space, as src/science/group does for one that it computed. */

/**
 * `ΔS_6`, `Δ(S_5×S_1)`, `Δ(S_5×S_1)×S_2` with two equal extra rows; blocks by falling size. Sizes may be any real
 * numbers: the group then is one in name only.
 */
export function isotropyName(sizes: readonly number[], copies: readonly number[]): string {
  const blocks = sizes.toSorted((a, b) => b - a).map((size) => `S_${size}`);
  const diagonal = blocks.length === 1 ? `Δ${blocks.join('')}` : `Δ(${blocks.join('×')})`;
  const equal = copies.filter((count) => count > 1).toSorted((a, b) => b - a);
  return [diagonal, ...equal.map((count) => `S_${count}`)].join('×');
}
