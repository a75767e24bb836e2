/** The kinds of artifact that the papers' stages hand to each other. */
import { jsonKind, type Kind, tableKind } from '../src/model/kind.ts';
import type { Matrix } from '../src/science/math/matrix.ts';
import type { CriticalPoint } from '../src/science/network/polish.ts';
import type { Spectrum } from '../src/science/network/spectrum.ts';
import type { Ending } from '../src/science/network/train.ts';
import { packedKind } from './packed.ts';

/** Weights to begin a run of training from. */
export interface StartWeights {
  /** Number of the run within its experiment. */
  readonly run: number;
  readonly weights: Matrix;
}

/** Where a run of gradient descent ended, with the evidence of how. */
export interface Candidate {
  readonly run: number;
  readonly status: Ending;
  readonly loss: number;
  readonly spurious: boolean;
  /** max_i ‖2π∇_{w_i}L‖ at the end. */
  readonly largestRow: number;
  readonly iterations: number;
  readonly restarts: number;
  readonly newton: number;
  readonly weights: Matrix;
}

/** The critical point that one run led to, as Newton's method reached it. */
export interface ReachedPoint extends CriticalPoint {
  readonly run: number;
  readonly spurious: boolean;
}

export const startList: Kind<readonly StartWeights[]> = /* @__PURE__ */ packedKind<StartWeights>('starts');
export const candidateList: Kind<readonly Candidate[]> = /* @__PURE__ */ packedKind<Candidate>('candidates');
export const criticalPointList: Kind<readonly ReachedPoint[]> =
  /* @__PURE__ */ packedKind<ReachedPoint>('critical-points');

/** The isotropy of one point, by its run. */
export interface Classified {
  readonly run: number;
  readonly status: 'decided' | 'undecided';
  /** Such as `Δ(S_5×S_1)`; `undecided` where no group is reported. */
  readonly isotropy: string;
  /** Decimal digits of the group's order. */
  readonly order: string;
  /** W[rowOrder[a]][columnOrder[b]] is W in block form. */
  readonly rowOrder: readonly number[];
  readonly columnOrder: readonly number[];
  readonly spread: number;
  readonly gap: number;
}

export const classifiedList: Kind<readonly Classified[]> = /* @__PURE__ */ jsonKind<readonly Classified[]>('classified');

/** The Hessian's spectrum at one point. */
export interface PointSpectrum extends Pick<Spectrum, 'levels' | 'status' | 'index' | 'nullity' | 'noise'> {
  readonly run: number;
  readonly least: number;
}

export const spectrumList: Kind<readonly PointSpectrum[]> = /* @__PURE__ */ jsonKind<readonly PointSpectrum[]>('spectra');

/** A table published as CSV. */
export const resultTable = /* @__PURE__ */ tableKind('table');
