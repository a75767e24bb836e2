/** Losses of networks of two layers under Gaussian inputs N(0, Σ) in closed form. */
import { type Matrix, matrix, multiply } from '../math/matrix.ts';
import { gradient } from '../network/gradient.ts';
import { hessian } from '../network/hessian.ts';
import { loss } from '../network/loss.ts';
import { leak } from './activation.ts';
import { erfGradient, erfHessian, erfLoss } from './erf-kernel.ts';
import type { Objective } from './objective.ts';

/** The activations that have one. */
export type ClosedFormName = 'relu' | 'leaky-relu' | 'erf';

export function hasClosedForm(name: string): name is ClosedFormName {
  return name === 'relu' || name === 'leaky-relu' || name === 'erf';
}

/** The loss under N(0, I) with its derivatives, of weights n × d. */
interface Standard {
  loss(weights: Matrix): number;
  gradient(weights: Matrix): Matrix;
  hessian(weights: Matrix): Matrix;
}

/**
 * L(W) = ½ E (Σ_i φ(w_i·x) − Σ_j φ(v_j·x))², x ~ N(0, Σ), of flat weights, `neurons` rows. `root` is the symmetric
 * square root S of Σ: since w·x = (Sw)·z with z ~ N(0, I), this is the loss under N(0, I) of WS against VS, and
 * derivatives follow by the chain rule. Throws RowError for a zero row with ReLU.
 */
export function closedForm(name: ClosedFormName, target: Matrix, root: Matrix, neurons: number): Objective {
  const d = target.columns;
  const standard = standardOf(name, multiply(target, root));
  const seen = (weights: Float64Array) => multiply(matrix(neurons, d, weights), root);
  return {
    size: neurons * d,
    loss: (weights) => standard.loss(seen(weights)),
    gradient: (weights) => multiply(standard.gradient(seen(weights)), root).data,
    hessian: (weights) => conjugated(standard.hessian(seen(weights)), root, neurons),
  };
}

function standardOf(name: ClosedFormName, target: Matrix): Standard {
  if (name === 'erf')
    return {
      loss: (weights) => erfLoss(weights, target),
      gradient: (weights) => erfGradient(weights, target),
      hessian: (weights) => erfHessian(weights, target),
    };
  return name === 'relu' ? rectified(target) : leaky(target);
}

function rectified(target: Matrix): Standard {
  return {
    loss: (weights) => loss(weights, target),
    gradient: (weights) => gradient(weights, target),
    hessian: (weights) => hessian(weights, target),
  };
}

/** With φ = a·z + (1 − a)·max(0, z) the kernel is a w·v + (1 − a)² κ, since E z max(0, z') is half of E z z'. */
function leaky(target: Matrix): Standard {
  const plain = rectified(target);
  const square = (1 - leak) * (1 - leak);
  return {
    loss(weights) {
      const excess = excessOf(weights, target);
      return square * plain.loss(weights) + 0.5 * leak * excess.reduce((sum, x) => sum + x * x, 0);
    },
    gradient(weights) {
      const excess = excessOf(weights, target);
      const { rows, columns, data } = plain.gradient(weights);
      return matrix(
        rows,
        columns,
        data.map((entry, at) => square * entry + leak * (excess[at % columns] as number)),
      );
    },
    hessian(weights) {
      const { rows, columns, data } = plain.hessian(weights);
      const d = weights.columns;
      return matrix(
        rows,
        columns,
        data.map((entry, at) => square * entry + (Math.floor(at / columns) % d === at % d ? leak : 0)),
      );
    },
  };
}

/** Σ_i w_i − Σ_j v_j. */
function excessOf(weights: Matrix, target: Matrix): Float64Array {
  const excess = new Float64Array(weights.columns);
  weights.data.forEach((entry, at) => ((excess[at % excess.length] as number) += entry));
  target.data.forEach((entry, at) => ((excess[at % excess.length] as number) -= entry));
  return excess;
}

/** (I ⊗ S) H (I ⊗ S). */
function conjugated(h: Matrix, root: Matrix, neurons: number): Matrix {
  const d = root.rows;
  const result = matrix(h.rows, h.columns);
  for (let i = 0; i < neurons; i++)
    for (let j = 0; j < neurons; j++) {
      const block = matrix(d, d);
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++)
          block.data[a * d + b] = h.data[(i * d + a) * h.columns + j * d + b] as number;
      const image = multiply(root, multiply(block, root));
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++)
          result.data[(i * d + a) * h.columns + j * d + b] = image.data[a * d + b] as number;
    }
  return result;
}
