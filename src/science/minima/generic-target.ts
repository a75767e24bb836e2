/** Continues critical points from the target V = I to V = I + εE for any E, in the space of all weights. */
import type { RandomStream } from '../../base/random.ts';
import { follow, type Curve, type Stride } from '../family/path.ts';
import { isotropy } from '../group/isotropy.ts';
import { add, frobenius, identity, type Matrix, matrix, scale, subtract } from '../math/matrix.ts';
import { polish } from '../network/polish.ts';
import { spectrum } from '../network/spectrum.ts';

/** A critical point for the target I + εE. */
export interface GenericPoint {
  readonly epsilon: number;
  readonly loss: number;
  /** ‖∇L‖_F. */
  readonly gradientNorm: number;
  /** ‖W(ε) − W(0)‖_F. */
  readonly moved: number;
  readonly least: number;
  readonly index: number;
  readonly nullity: number;
  /** The isotropy of W in S_d × S_d; `undecided` where its entries are neither equal nor clearly different. */
  readonly isotropy: string;
}

/** The critical points over ε, from 0 on; `ended` where the path could not be followed to the end. */
export interface GenericPath {
  readonly status: 'arrived' | 'ended';
  readonly points: readonly GenericPoint[];
}

/** ‖∇L‖_F at or under this times ‖W‖_F: the rounding of the weights themselves. */
const settings = { gradient: 1e-15, iterations: 12 };

/** Polished entries are right to some 1e-14; those that a generic E parts differ by ε/1000 or more. */
const classes = { spread: 1e-11, gap: 1e-8, confirmation: 1e-11 };

/**
 * Follows a critical point of d×d weights for the target I, which must be isolated, over ε from 0 to `epsilon`.
 * Newton's method on all d² weights corrects each prediction, so that a step cannot slip unseen to another curve;
 * at a fold, or where a neuron vanishes, the path ends.
 */
export function followTarget(weights: Matrix, direction: Matrix, epsilon: number): GenericPath {
  const { rows, columns } = weights;
  const target = (at: number) => add(identity(columns), scale(direction, at));
  const curve: Curve = {
    scales: () => Array.from({ length: rows * columns }, () => 1),
    solve: (at, start) => {
      const found = polish(matrix(rows, columns, Float64Array.from(start)), target(at), settings);
      // Rounding may keep the gradient a little above what was asked.
      const converged = found.gradientNorm <= 1e-13 * frobenius(found.weights);
      const { gradientNorm: residual, iterations } = found;
      const status = converged ? 'converged' : 'stalled';
      return { status, values: Array.from(found.weights.data), residual, iterations };
    },
  };
  const stride: Stride = {
    first: epsilon / 16,
    longest: epsilon / 8,
    shortest: epsilon / 4096,
    correction: 0.02,
  };
  const start = curve.solve(0, Array.from(weights.data)).values;
  const path = follow(curve, { parameter: 0, values: start }, epsilon, stride);
  const origin = matrix(rows, columns, Float64Array.from(start));
  const points = path.points.map(({ parameter, values }) =>
    describe(matrix(rows, columns, Float64Array.from(values)), target(parameter), parameter, origin),
  );
  return { status: path.status, points };
}

function describe(weights: Matrix, target: Matrix, epsilon: number, origin: Matrix): GenericPoint {
  const { loss, gradientNorm } = polish(weights, target, { ...settings, iterations: 0 });
  const { eigenvalues, index, nullity } = spectrum(weights, target);
  const group = isotropy(weights, classes);
  return {
    epsilon,
    loss,
    gradientNorm,
    moved: frobenius(subtract(weights, origin)),
    least: eigenvalues[0] as number,
    index,
    nullity,
    isotropy: group.status === 'decided' ? group.name : 'undecided',
  };
}

/** A d×d matrix of thousandths drawn evenly from −1 to 1: short decimals, so that a table holds it exactly. */
export function genericDirection(stream: RandomStream, d: number): Matrix {
  const draw = () => (Math.floor(2001 * stream.uniform()) - 1000) / 1000;
  return matrix(d, d, Float64Array.from({ length: d * d }, draw));
}
