/** Names of places in the page, from names in the pipeline. */

/** An id that no other thing of this sort has; every name keeps its own. */
export function anchor(sort: 'claim' | 'file' | 'stage' | 'step', name: string): string {
  const spelled = name.replace(/[^\w@=,-]/g, (letter) => `.${letter.codePointAt(0)?.toString(16)}.`);
  return `${sort}:${spelled}`;
}
