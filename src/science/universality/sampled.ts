/** The loss of a student network against a teacher over a finite set of weighted inputs. */
import { type Matrix, matrix } from '../math/matrix.ts';
import { type Architecture, Network } from './network.ts';
import type { Objective } from './objective.ts';
import type { PointSet } from './points.ts';

/** A network with its weights. */
export interface Weighted {
  readonly architecture: Architecture;
  readonly weights: Float64Array;
}

/**
 * L(W) = ½ Σ_n p_n (N_W(x_n) − N_V(x_n))² over the points x_n with probabilities p_n, summed in their order. Second
 * derivatives are those of smooth activations: a kink counts for nothing. Throws RangeError for different inputs.
 */
export function sampledObjective(student: Architecture, teacher: Weighted, points: PointSet): Objective {
  const d = points.dimension;
  if (student.widths[0] !== d || teacher.architecture.widths[0] !== d)
    throw new RangeError(`networks for other than ${d} inputs`);
  const network = new Network(student);
  const { size } = network;
  const goals = outputs(teacher, points);
  /** Calls `visit` with each residual and its probability, the network standing at the point. */
  const each = (weights: Float64Array, visit: (residual: number, probability: number) => void) => {
    network.load(weights);
    for (let n = 0; n < goals.length; n++)
      visit(
        network.output(points.coordinates, n * d) - (goals[n] as number),
        points.probabilities[n] as number,
      );
  };
  return {
    size,
    loss(weights) {
      let sum = 0;
      each(weights, (residual, probability) => (sum += probability * residual * residual));
      return 0.5 * sum;
    },
    gradient(weights) {
      const slope = new Float64Array(size);
      each(weights, (residual, probability) => network.addGradient(probability * residual, slope));
      return slope;
    },
    linearised(weights) {
      const normal = matrix(size, size);
      const slope = new Float64Array(size);
      const tangent = new Float64Array(size);
      let sum = 0;
      each(weights, (residual, probability) => {
        tangent.fill(0);
        network.addGradient(1, tangent);
        addSquare(normal, probability, tangent);
        for (let p = 0; p < size; p++)
          (slope[p] as number) += probability * residual * (tangent[p] as number);
        sum += probability * residual * residual;
      });
      return { loss: 0.5 * sum, slope, normal };
    },
    hessian(weights) {
      const result = matrix(size, size);
      const tangent = new Float64Array(size);
      each(weights, (residual, probability) => {
        tangent.fill(0);
        network.addGradient(1, tangent);
        addSquare(result, probability, tangent);
        network.addHessian(probability * residual, result.data);
      });
      mirror(result);
      return result;
    },
  };
}

/** N(x_n) of every point. */
export function outputs({ architecture, weights }: Weighted, points: PointSet): Float64Array {
  const network = new Network(architecture);
  network.load(weights);
  return points.probabilities.map((_, n) => network.output(points.coordinates, n * points.dimension));
}

function addSquare({ rows: size, data }: Matrix, factor: number, vector: Float64Array): void {
  for (let p = 0; p < size; p++) {
    const scaled = factor * (vector[p] as number);
    const row = p * size;
    for (let q = 0; q <= p; q++) (data[row + q] as number) += scaled * (vector[q] as number);
  }
}

/** Copies the lower triangle to the upper one. */
function mirror({ rows: size, data }: Matrix): void {
  for (let p = 0; p < size; p++)
    for (let q = 0; q < p; q++) data[q * size + p] = data[p * size + q] as number;
}
