/** The kinds of artifact that the stages about families hand to each other. */
import { jsonKind, type Kind } from '../src/model/kind.ts';
import type { Facts } from '../src/science/certificate/facts.ts';
import type { Certificate } from '../src/science/checker/format.ts';
import type { Concentration } from '../src/science/family/comparison.ts';
import type { LeakyPath } from '../src/science/family/leaky.ts';
import type { OverRow } from '../src/science/family/over-tables.ts';
import type { Perturbation } from '../src/science/family/perturbed.ts';
import type { Spectrum } from '../src/science/family/spectrum.ts';
import type { Threshold } from '../src/science/family/threshold.ts';
import type { SeriesRow } from '../src/science/series/series.ts';

/** Critical points of one family with their spectra, ascending in d. */
export const spectra: Kind<readonly Spectrum[]> =
  /* @__PURE__ */ jsonKind<readonly Spectrum[]>('family-spectra');
/** The zeros of a family's least eigenvalues, largest d first. */
export const crossings: Kind<readonly Threshold[]> =
  /* @__PURE__ */ jsonKind<readonly Threshold[]>('thresholds');
export const seriesRows: Kind<readonly SeriesRow[]> =
  /* @__PURE__ */ jsonKind<readonly SeriesRow[]>('series');
export const certificateList: Kind<readonly Certificate[]> =
  /* @__PURE__ */ jsonKind<readonly Certificate[]>('certificates');

/** What the checker said of a certificate, and what the certificate proves if that is `valid`. */
export interface Checked extends Facts {
  readonly verdict: 'valid' | 'refused';
  readonly reason: string;
}
export const checkedList: Kind<readonly Checked[]> = /* @__PURE__ */ jsonKind<readonly Checked[]>('checked');

export const overRows: Kind<readonly OverRow[]> =
  /* @__PURE__ */ jsonKind<readonly OverRow[]>('over-parametrised');
export const leakyPaths: Kind<readonly LeakyPath[]> =
  /* @__PURE__ */ jsonKind<readonly LeakyPath[]>('leaky-paths');

/** A path over ε, with the direction E in which the target moves. */
export interface PerturbedPath extends Perturbation {
  readonly family: string;
  readonly d: number;
  readonly direction: Readonly<Record<string, number>>;
}
export const perturbedPaths: Kind<readonly PerturbedPath[]> =
  /* @__PURE__ */ jsonKind<readonly PerturbedPath[]>('perturbed-paths');

/** How a family's spectrum lies beside that of the global minimum, and near the constants, at one d. */
export interface Comparison extends Concentration {
  readonly family: string;
  readonly d: number;
  readonly difference: number;
  readonly scaledDifference: number;
}
