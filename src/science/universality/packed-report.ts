/** Reports as plain data, with matrices as lists of rows. */
import { fromRows, toRows } from '../math/matrix.ts';
import type { FoundMinimum, Report } from './report.ts';

/** A report without typed arrays. */
export interface PackedReport extends Omit<Report, 'minima'> {
  readonly minima: readonly (Omit<FoundMinimum, 'layers'> & {
    readonly layers: readonly (readonly (readonly number[])[])[];
  })[];
}

export function packReport({ minima, ...report }: Report): PackedReport {
  return {
    ...report,
    minima: minima.map(({ layers, ...rest }) => ({ ...rest, layers: layers.map(toRows) })),
  };
}

export function unpackReport({ minima, ...report }: PackedReport): Report {
  return {
    ...report,
    minima: minima.map(({ layers, ...rest }) => ({ ...rest, layers: layers.map(fromRows) })),
  };
}
