/** Gathers the families into the published tables of critical points, spectra, thresholds and series. */
import { z } from 'zod';
import { gather, type Run } from '../src/model/stage.ts';
import { familyNames } from '../src/science/family/families.ts';
import {
  criticalPointRow,
  type CriticalPointRow,
  spectrumRows,
  type SpectrumRow,
  thresholdRow,
  type ThresholdRow,
} from '../src/science/family/tables.ts';
import { checkedList, crossings, publishedTable, seriesRows, spectra, tableOf } from './family-kinds.ts';

export const params = () => z.object({});
export const deps = () => ({
  spectra: gather(spectra),
  thresholds: gather(crossings),
  series: gather(seriesRows),
  checked: gather(checkedList),
});
export const outs = () => ({
  points: publishedTable,
  spectra: publishedTable,
  thresholds: publishedTable,
  series: publishedTable,
});

export const run: Run<typeof params, typeof deps, typeof outs> = (deps) => {
  const all = inOrder(deps.spectra);
  const proved = new Set(
    inOrder(deps.checked)
      .filter(({ claim, verdict }) => claim !== 'threshold' && verdict === 'valid')
      .map(({ family, d }) => `${family} ${d}`),
  );
  const points = all.map((one) => ({
    ...criticalPointRow(one),
    certified: proved.has(`${one.family} ${one.d}`),
  }));
  const series = inOrder(deps.series).map((row) => ({ ...row, closed_form: row.closedForm }));
  return {
    points: tableOf([...pointColumns, 'certified'], points),
    spectra: tableOf(spectrumColumns, all.flatMap(spectrumRows)),
    thresholds: tableOf(thresholdColumns, inOrder(deps.thresholds).map(thresholdRow)),
    series: tableOf(['family', 'quantity', 'power', 'coefficient', 'closed_form'], series),
  };
};

/** The members of a gather over families, in the order in which families are named. */
function inOrder<T>(
  gathered: readonly { readonly case: Readonly<Record<string, unknown>>; readonly value: readonly T[] }[],
): T[] {
  const place = (family: unknown) => familyNames.findIndex((name) => name === String(family));
  return gathered
    .toSorted((a, b) => place(a.case['family']) - place(b.case['family']))
    .flatMap(({ value }) => value);
}

const pointColumns: readonly (keyof CriticalPointRow)[] = [
  'family',
  'isotropy',
  'k',
  'd',
  'loss',
  'gradient_norm',
  'min_eigenvalue',
  'min_eigenvalue_irrep',
  'index',
  'nullity',
];
const spectrumColumns: readonly (keyof SpectrumRow)[] = [
  'family',
  'k',
  'd',
  'irrep',
  'eigenvalue',
  'multiplicity',
];
const thresholdColumns: readonly (keyof ThresholdRow)[] = ['family', 'irrep', 'd', 'loss'];
