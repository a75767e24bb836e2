/** Writes isotropy groups so that those of one family have one name at every k. */
import { nameAsMarkup } from '../group/names.ts';

/**
 * The name as markup of figures, its first block relative to k: `Δ(S_7×S_1)` at k = 8 is `$Δ(S_{k-1}×S_1)$`, `ΔS_8` is
 * `$ΔS_k$`. Names of other groups stay as they are, and so do
 * reasons why there is none.
 */
export function relativeName(isotropy: string, k: number): string {
  if (isotropy.startsWith('undecided')) return isotropy;
  const size = Number(/^Δ\(?S_(\d+)/.exec(isotropy)?.[1]);
  const markup = nameAsMarkup(isotropy);
  if (Number.isNaN(size)) return markup;
  return markup.replace(/S_(?:\d|\{\d+\})/, size === k ? 'S_k' : `S_{k-${k - size}}`);
}
