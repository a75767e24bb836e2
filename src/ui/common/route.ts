/** Addresses inside the page: what follows the `#`. */

interface Route {
  /** `overview`, `graph`, `step`, … */
  readonly page: string;
  readonly names: readonly string[];
}

/** `#/step/spectrum%40k%3D20` → page `step`, names `['spectrum@k=20']`. What cannot be read is the overview. */
export function parseRoute(hash: string): Route {
  try {
    const [page = '', ...names] = hash
      .replace(/^#?\/?/, '')
      .split('/')
      .map(decodeURIComponent);
    return { page: page || 'overview', names: names.filter((name) => name !== '') };
  } catch {
    return { page: 'overview', names: [] };
  }
}

export function hashOf(page: string, ...names: readonly string[]): string {
  return `#/${[page, ...names].map(encodeURIComponent).join('/')}`;
}
