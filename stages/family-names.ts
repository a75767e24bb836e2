/** How families are written in figures, and in which order they come. */
import type { Gathered } from '../src/model/stage.ts';
import { familyNames } from '../src/science/family/families.ts';

/** The members of a gather over families, in the order in which families are named. */
export function inOrder<T>(gathered: readonly Gathered<T>[]): Gathered<T>[] {
  const place = ({ case: { family } }: Gathered<T>) =>
    familyNames.findIndex((name) => name === String(family));
  return gathered.toSorted((a, b) => place(a) - place(b));
}

/** Markup: `type II`, `$m=2$`, `global minimum`; with extra neurons `type II, $+1$ neuron`. */
export function familyLabel(name: string): string {
  const [base = '', extra] = name.split('+');
  const added = extra === undefined ? '' : `, $+${extra}$ ${extra === '1' ? 'neuron' : 'neurons'}`;
  if (base === 'global') return `global minimum${added}`;
  return `${Number.isInteger(Number(base)) ? `$m=${base}$` : `type ${base}`}${added}`;
}

/** Markup of an irrep: `$x$` (also of the first of several blocks), `$s_2$`, `$s_1\otimes s_2$`. */
export function irrepLabel(irrep: string): string {
  if (/^[sxy]1$/.test(irrep)) return `$${irrep[0]}$`;
  return `$${irrep.replaceAll(/(\d+)/g, '_{$1}').replaceAll('*', '\\otimes ')}$`;
}
