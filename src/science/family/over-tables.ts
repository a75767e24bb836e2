/** Gives the rows of the published table of networks with more neurons than the target. */
import type { CatalogueEntry } from './catalogue.ts';
import { NoSuchPoint, pointOn } from './critical-point.ts';
import type { Over, OverQuery } from './overparametrised.ts';
import { interlacing } from './interlacing.ts';
import { spectrumOf } from './spectrum.ts';
import { criticalPointRow, type CriticalPointRow } from './tables.ts';

/**
 * A row of results/overparametrisation.csv: a critical point found in the space of `base` with the extra neurons
 * `extras` (copies joined by `+`), or, under `family` = `A+1`, `II+2`, …, a point of the branch that continues it.
 */
export interface OverRow extends CriticalPointRow {
  readonly base: string;
  readonly extras: string;
  /** Whether two neurons are parallel, and the least norm of a neuron: null on a branch, where neither happens. */
  readonly split: boolean | null;
  readonly smallest_row: number | null;
  /** By how much Cauchy's interlacing with the Hessian without the extra neurons holds; null off the branch. */
  readonly interlacing_margin: number | null;
}

/** The rows of the points found, those of loss above `highest` left out. */
export function catalogueRows({ family, extras }: OverQuery, { entries }: Over, highest = 1): OverRow[] {
  return entries
    .filter(({ point }) => point.loss <= highest)
    .map((entry) => catalogueRow(family, extras, entry));
}

function catalogueRow(base: string, extras: readonly number[], entry: CatalogueEntry): OverRow {
  const { split, smallestRow, spectrum } = entry;
  return {
    ...criticalPointRow(spectrum),
    base,
    extras: extras.join('+'),
    split,
    smallest_row: smallestRow,
    interlacing_margin: null,
  };
}

/** The rows of the branch at the given d, those left out at which it does not exist. */
export function branchRows(
  { family, extras }: OverQuery,
  { branch }: Over,
  sizes: readonly number[],
): OverRow[] {
  if (branch === undefined) return [];
  return sizes.flatMap((d) => {
    const point = ifThere(() => pointOn(branch, d));
    if (point === undefined) return [];
    const margin = Math.min(...interlacing(branch, point).map((one) => one.margin));
    const row = criticalPointRow(spectrumOf(point, branch));
    return [
      {
        ...row,
        base: family,
        extras: extras.join('+'),
        split: null,
        smallest_row: null,
        interlacing_margin: margin,
      },
    ];
  });
}

function ifThere<R>(find: () => R): R | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof NoSuchPoint) return undefined;
    throw error;
  }
}
