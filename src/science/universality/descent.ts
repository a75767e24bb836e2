/** Trains networks on samples by stochastic gradient descent. */
import type { RandomStream } from '../../base/random.ts';
import { fillNormals } from '../math/normal.ts';
import { drawOf, type InputName } from './input.ts';
import { type Architecture, Network } from './network.ts';
import type { Weighted } from './sampled.ts';

/** How to descend. */
export interface Descent {
  /** The factor of the gradient of the batch's loss ½ mean (N_W − N_V)². */
  readonly step: number;
  readonly steps: number;
  /** Inputs a step. */
  readonly batch: number;
  /** 0: each step draws new inputs. Else so many are drawn once and taken in turn; all of them if batch is no less. */
  readonly data: number;
}

/** Where descent ended. */
export interface Descended {
  readonly weights: Float64Array;
  /** How often it diverged and began again with half the step. */
  readonly restarts: number;
}

/** A run that still diverges with 2^-8 of the step is given up. */
const mostRestarts = 8;

/** Weights beyond this have diverged. */
const farthest = 1e3;

/** Entries of each layer from N(0, 1/inputs of the layer), layer after layer (Xavier). */
export function randomWeights({ widths }: Architecture, stream: RandomStream): Float64Array {
  const layers = widths.slice(1).map((rows, l) => {
    const columns = widths[l] as number;
    return fillNormals(stream, rows * columns).map((x) => x / Math.sqrt(columns));
  });
  return Float64Array.from(layers.flatMap((layer) => [...layer]));
}

/**
 * Descends from `start` with inputs drawn from the children of the stream, a new child for each restart. Undefined
 * if it diverges with every step tried.
 */
export function descend(
  architecture: Architecture,
  teacher: Weighted,
  input: InputName,
  start: Float64Array,
  descent: Descent,
  stream: RandomStream,
): Descended | undefined {
  let step = descent.step;
  for (let restarts = 0; restarts <= mostRestarts; restarts++, step /= 2) {
    const inputs = inputsOf(input, architecture.widths[0] as number, descent, stream.split(restarts));
    const weights = descendOnce(architecture, teacher, start, { ...descent, step }, inputs);
    if (weights !== undefined) return { weights, restarts };
  }
  return undefined;
}

function descendOnce(
  architecture: Architecture,
  teacher: Weighted,
  start: Float64Array,
  { step, steps, batch }: Descent,
  next: () => { readonly points: Float64Array; readonly from: number },
): Float64Array | undefined {
  const d = architecture.widths[0] as number;
  const [student, goal] = [new Network(architecture), new Network(teacher.architecture)];
  const weights = start.slice();
  const slope = new Float64Array(weights.length);
  student.load(weights);
  goal.load(teacher.weights);
  for (let taken = 0; taken < steps; taken++) {
    const { points, from } = next();
    slope.fill(0);
    for (let n = 0; n < batch; n++) {
      const at = (from + n * d) % points.length;
      student.addGradient(student.output(points, at) - goal.output(points, at), slope);
    }
    for (let p = 0; p < weights.length; p++) {
      const moved = (weights[p] as number) - (step / batch) * (slope[p] as number);
      if (!(Math.abs(moved) < farthest)) return undefined;
      weights[p] = moved;
    }
  }
  return weights;
}

/** Gives, step by step, where the batch lies. */
function inputsOf(
  input: InputName,
  d: number,
  { batch, data }: Descent,
  stream: RandomStream,
): () => { readonly points: Float64Array; readonly from: number } {
  const draw = drawOf(input);
  const points = new Float64Array((data === 0 ? batch : data) * d);
  const refill = () => {
    for (let at = 0; at < points.length; at += d) draw(stream, points, at, d);
  };
  let taken = 0;
  return () => {
    const first = taken++ === 0;
    if (data === 0 || first) refill();
    return { points, from: data === 0 ? 0 : ((taken - 1) * batch * d) % points.length };
  };
}
