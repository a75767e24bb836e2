/** The kinds of artifact that the papers' stages hand to each other. */
import { jsonKind, type Kind, tableKind } from '../src/model/kind.ts';
import type { Matrix } from '../src/science/math/matrix.ts';
import type { Experiment } from '../src/science/minima/counts.ts';
import type { Described, Point } from '../src/science/minima/describe.ts';
import type { EndsAgreement } from '../src/science/minima/same-ends.ts';
import type { CriticalPoint } from '../src/science/network/polish.ts';
import type { TrainingRun } from '../src/science/network/train.ts';
import { packedKind } from './packed.ts';

/** Weights to begin a run of training from. */
export interface StartWeights {
  /** Number of the run within its experiment. */
  readonly run: number;
  readonly weights: Matrix;
}

/** How a run of gradient descent ended, without where. */
export type RunSummary = Omit<TrainingRun, 'weights'>;

/** The critical point that one run led to, as Newton's method reached it. */
export interface ReachedPoint extends CriticalPoint {
  readonly run: number;
  readonly spurious: boolean;
}

export const startList: Kind<readonly StartWeights[]> = /* @__PURE__ */ packedKind<StartWeights>('starts');
export const candidateList: Kind<readonly TrainingRun[]> =
  /* @__PURE__ */ packedKind<TrainingRun>('candidates');
export const runList: Kind<readonly RunSummary[]> = /* @__PURE__ */ jsonKind<readonly RunSummary[]>('runs');
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
  /** The numbers of inputs of the blocks. */
  readonly sizes: readonly number[];
  /** W[rowOrder[a]][columnOrder[b]] is W in block form. */
  readonly rowOrder: readonly number[];
  readonly columnOrder: readonly number[];
  readonly spread: number;
  readonly gap: number;
}

export const classifiedList: Kind<readonly Classified[]> =
  /* @__PURE__ */ jsonKind<readonly Classified[]>('classified');

/** A critical point that runs led to, counted once for all runs that led to it or to its images by symmetry. */
export interface Minimum {
  readonly isotropy: string;
  readonly sizes: readonly number[];
  readonly loss: number;
  readonly gradientNorm: number;
  readonly spurious: boolean;
  readonly count: number;
  /** The largest differences between the runs that were counted as one. */
  readonly lossSpread: number;
  readonly entrySpread: number;
  /** In block form. */
  readonly weights: Matrix;
}

export const minimumList: Kind<readonly Minimum[]> = /* @__PURE__ */ packedKind<Minimum>('minima');

/** A minimum without its weights, with its family and the spectrum of its Hessian. */
export interface FoundPoint
  extends Omit<Minimum, 'weights' | 'gradientNorm' | 'sizes'>, Omit<Described, 'point'> {
  readonly point: Point;
}

export const foundList: Kind<readonly FoundPoint[]> =
  /* @__PURE__ */ jsonKind<readonly FoundPoint[]>('found-points');

/** Critical points with spectra, from wherever: what the published tables are made of. */
export const pointList: Kind<readonly Point[]> = /* @__PURE__ */ jsonKind<readonly Point[]>('points');

export const experimentList: Kind<readonly Experiment[]> =
  /* @__PURE__ */ jsonKind<readonly Experiment[]>('experiments');
export const endsAgreement: Kind<EndsAgreement> = /* @__PURE__ */ jsonKind<EndsAgreement>('ends');

/** A table published as CSV. */
export const resultTable = /* @__PURE__ */ tableKind('table');
