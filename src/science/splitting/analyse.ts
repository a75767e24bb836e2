/** Splits every neuron of the minima that gradient descent found, and says what becomes of them. */
import { isotropy } from '../group/isotropy.ts';
import { symmetricEigenvalues } from '../math/linear.ts';
import { dot, frobenius, identity, type Matrix } from '../math/matrix.ts';
import { distinct } from '../minima/distinct.ts';
import { gradient } from '../network/gradient.ts';
import { hessian } from '../network/hessian.ts';
import { polish } from '../network/polish.ts';
import { type Slack, slacks, splitCurvature, splitNeuron } from './split.ts';

/** Where a run of descent ended. */
export interface Ended {
  readonly run: number;
  readonly loss: number;
  readonly spurious: boolean;
  readonly weights: Matrix;
}

export interface SplitSettings {
  /** The part of a neuron that one of its two parts gets. */
  readonly share: number;
  /** Of the distinct spurious minima so many are split, those found most often first. */
  readonly most: number;
  /** The Hessian after the split is diagonalised if it has at most so many rows. */
  readonly dense: number;
}

/** What splitting one neuron, or any of those like it, does. */
export interface NeuronSplit {
  /** The first such neuron, and how many there are: of one length and slack. */
  readonly neuron: number;
  readonly neurons: number;
  readonly length: number;
  /** The least eigenvalue of H_ii − I/2. */
  readonly slack: number;
  /** The curvature along the direction that parts the two halves (see `splitCurvature`). */
  readonly curvature: number;
  /** ‖∇L‖_F after the split. */
  readonly gradientNorm: number;
  /** The least eigenvalue of the Hessian after the split, and its index and nullity; null where not computed. */
  readonly least: number | null;
  readonly index: number | null;
  readonly nullity: number | null;
}

/** A minimum that descent found, and what splitting makes of it. */
export interface SplitPoint {
  readonly isotropy: string;
  readonly loss: number;
  readonly spurious: boolean;
  /** Runs that ended there. */
  readonly count: number;
  readonly gradientNorm: number;
  /** Σ|w_i|. */
  readonly norms: number;
  /** The least eigenvalue of its Hessian. */
  readonly least: number;
  readonly splits: readonly NeuronSplit[];
}

/** The splits of the minima, and how many spurious minima there were in all. */
export interface SplitReport {
  readonly k: number;
  readonly found: number;
  readonly points: readonly SplitPoint[];
}

/** Ends of one minimum differ by less than this in loss and in sorted entries: descent stops at 1e-12. */
const likeness = { loss: 1e-9, entry: 1e-6 };
/** Neurons alike differ by less than this in length and slack. */
const alike = 1e-8;
/** Eigenvalues up to this from 0 count as 0. */
const noise = 1e-10;

/** Splits the neurons of the distinct minima among the ends, for the target I of k neurons. */
export function analyse(k: number, ends: readonly Ended[], settings: SplitSettings): SplitReport {
  const groups = distinct(
    ends.map((end) => ({ ...end, isotropy: '' })),
    likeness,
  );
  const spurious = groups.filter(({ representative }) => representative.spurious);
  const global = groups.filter(({ representative }) => !representative.spurious).slice(0, 1);
  const chosen = spurious.toSorted((a, b) => b.count - a.count).slice(0, settings.most);
  const points = [...global, ...chosen].map(({ representative, count }) =>
    splitPoint(representative, count, settings),
  );
  return { k, found: spurious.length, points: points.toSorted((a, b) => a.loss - b.loss) };
}

function splitPoint(end: Ended, count: number, settings: SplitSettings): SplitPoint {
  const target = identity(end.weights.columns);
  const { weights, loss, gradientNorm } = polish(end.weights, target, { gradient: 1e-14, iterations: 60 });
  const group = isotropy(weights, { target, doubtful: 'compare' });
  const bends = slacks(weights, target);
  const lengths = Array.from({ length: weights.rows }, (_, i) => lengthOf(weights, i));
  return {
    isotropy: group.status === 'decided' ? group.name : `undecided: ${group.reason}`,
    loss,
    spurious: end.spurious,
    count,
    gradientNorm,
    norms: lengths.reduce((sum, length) => sum + length, 0),
    least: symmetricEigenvalues(hessian(weights, target))[0] as number,
    splits: kindsOf(lengths, bends).map(({ first, size }) => ({
      neuron: first,
      neurons: size,
      length: lengths[first] as number,
      ...splitOf(weights, target, first, bends[first] as Slack, settings),
    })),
  };
}

function lengthOf({ columns, data }: Matrix, i: number): number {
  const row = data.subarray(i * columns, (i + 1) * columns);
  return Math.sqrt(dot(row, row));
}

interface Kind {
  readonly first: number;
  size: number;
}

function kindsOf(lengths: readonly number[], bends: readonly Slack[]): Kind[] {
  const kinds: Kind[] = [];
  lengths.forEach((length, i) => {
    const near = ({ first }: Kind) =>
      Math.abs((lengths[first] as number) - length) < alike &&
      Math.abs((bends[first] as Slack).value - (bends[i] as Slack).value) < alike;
    const known = kinds.find(near);
    if (known === undefined) kinds.push({ first: i, size: 1 });
    else known.size++;
  });
  return kinds;
}

function splitOf(
  weights: Matrix,
  target: Matrix,
  neuron: number,
  { value }: Slack,
  { share, dense }: SplitSettings,
): Omit<NeuronSplit, 'neuron' | 'neurons' | 'length'> {
  const split = splitNeuron(weights, neuron, share);
  const known = { slack: value, curvature: splitCurvature(value, share) };
  const gradientNorm = frobenius(gradient(split, target));
  if (split.data.length > dense) return { ...known, gradientNorm, least: null, index: null, nullity: null };
  const values = symmetricEigenvalues(hessian(split, target));
  return {
    ...known,
    gradientNorm,
    least: values[0] as number,
    index: values.filter((eigenvalue) => eigenvalue < -noise).length,
    nullity: values.filter((eigenvalue) => Math.abs(eigenvalue) <= noise).length,
  };
}
