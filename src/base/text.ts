/** Small work on text: the nearest of some names, counts with their nouns, numbers, digests and sizes for people. */

/** The candidate nearest to `word` by edits, or undefined where none is near enough to be meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.floor(Math.max(word.length, 3) / 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** ` Did you mean "x"?`, or nothing where no candidate is near. */
export function suggestion(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : ` Did you mean "${found}"?`;
}

/** Edits (insert, delete, replace, swap of neighbours) that turn one text into the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cheapest(a, b, i, j, row, previous, before));
    [before, previous] = [previous, row];
  }
  return previous[b.length] as number;
}

function cheapest(
  a: string,
  b: string,
  i: number,
  j: number,
  row: number[],
  previous: number[],
  before: number[],
): number {
  const replace = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
  const edit = Math.min(replace, (previous[j] as number) + 1, (row[j - 1] as number) + 1);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(edit, (before[j - 2] as number) + 1) : edit;
}

/** `1 step`, `2 steps`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${groupDigits(count)} ${count === 1 ? noun : plural}`;
}

/** `12 345` with thin groups of three digits, in every locale alike. */
export function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A list for a sentence: `a`, `a and b`, `a, b and c`; past `most` items the rest are counted. */
export function listed(items: readonly string[], most = 8): string {
  if (items.length > most) return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The first twelve digits of a digest: enough to tell it from others, and to find it by. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}

/** Bytes for people: `512 B`, `3.4 KB`, `1.2 GB` (steps of 1000). */
export function byteSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}
