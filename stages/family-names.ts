/** How families are written in figures. */

/** Markup: `type II`, `$m=2$`, `global`, with extra neurons `type II+1`. */
export function familyLabel(name: string): string {
  const [base = '', extra] = name.split('+');
  const added = extra === undefined ? '' : `$+${extra}$`;
  if (base === 'global') return `global minimum${added}`;
  return `${Number.isInteger(Number(base)) ? `$m=${base}$` : `type ${base}`}${added}`;
}

/** Markup of an irrep: `$x$`, `$s_1\otimes s_2$`. */
export function irrepLabel(irrep: string): string {
  return `$${irrep.replaceAll(/(\d+)/g, '_{$1}').replaceAll('*', '\\otimes ')}$`;
}
