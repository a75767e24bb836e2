/** Writes the names of critical points and irreps as markup of figures. */

/** `type I`, `$m=2$`, `global minimum`; other names as they are. */
export function familyMarkup(name: string): string {
  if (name === 'global') return 'global minimum';
  if (name === 'A' || name === 'I' || name === 'II') return `type ${name}`;
  return Number.isInteger(Number(name)) ? `$m=${name}$` : name;
}

/** `$x$`, `$s_2$`, `$s_1\otimes s_2$`. */
export function irrepMarkup(irrep: string): string {
  return `$${irrep.replaceAll(/(\d+)/g, '_{$1}').replaceAll('*', '\\otimes ')}$`;
}
