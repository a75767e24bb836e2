/** Finds names as people type them: every word of the query somewhere in the name, the nearest to its beginning first. */

export interface Named {
  readonly name: string;
}

/** At most `most` of the candidates, best first; those that score alike keep their order. */
export function search<T extends Named>(query: string, candidates: readonly T[], most: number): T[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const scored: { readonly candidate: T; readonly score: number }[] = [];
  for (const candidate of candidates) {
    const score = scoreOf(candidate.name.toLowerCase(), words);
    if (score !== undefined) scored.push({ candidate, score });
  }
  scored.sort((a, b) => a.score - b.score);
  return scored.slice(0, most).map(({ candidate }) => candidate);
}

/** Lower is better; undefined where a word is missing. */
function scoreOf(name: string, words: readonly string[]): number | undefined {
  let score = name.length / 1000;
  for (const word of words) {
    const at = name.indexOf(word);
    if (at < 0) return undefined;
    const isStart = at === 0 || /[^a-z0-9]/.test(name[at - 1] as string);
    score += at === 0 ? 0 : isStart ? 1 : 2;
  }
  return score;
}
