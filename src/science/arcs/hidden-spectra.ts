/** Compares the spectra of type I (hidden) and type II (detected), as a whole and eigenvalue by eigenvalue. */
import { coincidence } from '../family/comparison.ts';
import type { Spectrum } from '../family/spectrum.ts';
import type { Row } from './tables.ts';

export const hiddenColumns = ['d', 'irrep', 'n', 'type_I', 'type_II', 'difference', 'scaled'];

/** The n-th eigenvalue of each irrep at both, their difference, and that times √d. */
export function hiddenRows(hidden: Spectrum, detected: Spectrum): Row[] {
  const irreps = [...new Set(hidden.lines.map(({ irrep }) => irrep))];
  return irreps.flatMap((irrep) => {
    const [left, right] = [hidden, detected].map(({ lines }) =>
      lines.filter((line) => line.irrep === irrep).map(({ eigenvalue }) => eigenvalue),
    );
    return left!.map((value, i): Row => {
      const other = right![i]!;
      return [hidden.d, irrep, i + 1, value, other, value - other, (value - other) * Math.sqrt(hidden.d)];
    });
  });
}

export const hiddenSummaryColumns = [
  'd',
  'difference',
  'scaled',
  'type_I_there',
  'type_II_there',
  'least_type_I',
  'least_type_II',
];

/** The largest difference of the two sorted spectra, that times √d, where it is, and the irreps of the least eigenvalues. */
export function hiddenSummary(hidden: Spectrum, detected: Spectrum): Row {
  const { difference, scaled, left, right } = coincidence(hidden, detected);
  const irrepAt = ({ lines }: Spectrum, eigenvalue: number) =>
    [...new Set(lines.filter((line) => line.eigenvalue === eigenvalue).map(({ irrep }) => irrep))].join('|');
  return [
    hidden.d,
    difference,
    scaled,
    irrepAt(hidden, left),
    irrepAt(detected, right),
    hidden.minEigenvalueIrrep,
    detected.minEigenvalueIrrep,
  ];
}
