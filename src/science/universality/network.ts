/** Evaluates networks of several layers, with first and second derivatives in their weights by back-propagation. */
import type { Matrix } from '../math/matrix.ts';
import { type Activation, activation, type ActivationName, isOdd } from './activation.ts';

/**
 * N(x) = Σ_i φ(a_Li), a_1 = W_1 x, a_l = W_l φ(a_{l−1}): the sum of the last hidden layer. A network with L hidden
 * layers is called one of L + 1 layers.
 */
export interface Architecture {
  /** Inputs d, then the neurons of each hidden layer; at least two numbers. */
  readonly widths: readonly number[];
  readonly activation: ActivationName;
}

/** Number of weights: of W_1, …, W_L, each row-major, one after another. */
export function weightCount({ widths }: Architecture): number {
  return widths.slice(1).reduce((sum, width, l) => sum + width * (widths[l] as number), 0);
}

/** The matrices W_1, …, W_L of flat weights. */
export function layersOf({ widths }: Architecture, weights: Float64Array): Matrix[] {
  let at = 0;
  return widths.slice(1).map((rows, l) => {
    const columns = widths[l] as number;
    const data = weights.slice(at, at + rows * columns);
    at += rows * columns;
    return { rows, columns, data };
  });
}

/**
 * The layers with the signs of neurons chosen: where φ is odd, a neuron that is not in the last hidden layer and all
 * weights into and out of it may change sign together without changing N. Each is turned so that the sum of its
 * incoming weights is positive (if not 0: of their cubes), a rule that permutations leave alone.
 */
export function withSigns(architecture: Architecture, weights: Float64Array): Matrix[] {
  const layers = layersOf(architecture, weights);
  if (!isOdd(architecture.activation)) return layers;
  layers.slice(0, -1).forEach(({ rows, columns, data }, l) => {
    const above = layers[l + 1] as Matrix;
    for (let i = 0; i < rows; i++) {
      const row = data.subarray(i * columns, (i + 1) * columns);
      const sum = row.reduce((total, x) => total + x, 0);
      const sign = Math.abs(sum) > 1e-6 ? sum : row.reduce((total, x) => total + x * x * x, 0);
      if (!(sign < 0)) continue;
      for (let j = 0; j < columns; j++) row[j] = -(row[j] as number);
      for (let o = 0; o < above.rows; o++)
        above.data[o * above.columns + i] = -(above.data[o * above.columns + i] as number);
    }
  });
  return layers;
}

/** One hidden layer: where its weights begin, and what a forward pass leaves behind. */
interface Layer {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  readonly slopes: Float64Array;
  readonly bends: Float64Array;
  /** ∂N/∂φ(a), and ∂N/∂a. */
  readonly pullOut: Float64Array;
  readonly pull: Float64Array;
  /** ∇a_i in all weights, a row for each neuron. */
  readonly tangents: Float64Array;
}

/** A network with the working memory for one input at a time. */
export class Network {
  readonly size: number;
  readonly #layers: readonly Layer[];
  readonly #activate: Activation;
  readonly #jet = new Float64Array(3);
  #weights: Float64Array;
  #input: Float64Array;

  constructor(architecture: Architecture) {
    const { widths } = architecture;
    this.size = weightCount(architecture);
    this.#activate = activation(architecture.activation);
    this.#weights = new Float64Array(this.size);
    this.#input = new Float64Array(widths[0] as number);
    let offset = 0;
    this.#layers = widths.slice(1).map((rows, l) => {
      const layer = layerOf(offset, rows, widths[l] as number, this.size);
      offset += rows * layer.columns;
      return layer;
    });
  }

  /** Takes weights (not copied) for the evaluations that follow. */
  load(weights: Float64Array): void {
    this.#weights = weights;
  }

  /** N(x) for x = points[from … from + d). */
  output(points: Float64Array, from: number): number {
    const inputs = this.#input;
    for (let j = 0; j < inputs.length; j++) inputs[j] = points[from + j] as number;
    let before = inputs;
    for (const layer of this.#layers) {
      this.#forward(layer, before);
      before = layer.values;
    }
    let sum = 0;
    for (let i = 0; i < before.length; i++) sum += before[i] as number;
    return sum;
  }

  #forward({ offset, rows, columns, values, slopes, bends }: Layer, before: Float64Array): void {
    const jet = this.#jet;
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++)
        sum += (this.#weights[offset + i * columns + j] as number) * (before[j] as number);
      this.#activate(sum, jet);
      values[i] = jet[0] as number;
      slopes[i] = jet[1] as number;
      bends[i] = jet[2] as number;
    }
  }

  /** Adds factor·∇N at the input of the last `output` to `out`. */
  addGradient(factor: number, out: Float64Array): void {
    this.#backward();
    this.#layers.forEach(({ offset, rows, columns, pull }, l) => {
      const before = this.#before(l);
      for (let i = 0; i < rows; i++) {
        const scaled = factor * (pull[i] as number);
        for (let j = 0; j < columns; j++)
          (out[offset + i * columns + j] as number) += scaled * (before[j] as number);
      }
    });
  }

  /** Adds factor·∇²N at the input of the last `addGradient` to the lower triangle of `out`, size × size. */
  addHessian(factor: number, out: Float64Array): void {
    this.#layers.forEach((layer, l) => {
      if (l > 0) this.#addMixed(factor, layer, this.#layers[l - 1] as Layer, out);
      this.#tangentsOf(layer, l);
      for (let i = 0; i < layer.rows; i++)
        this.#addSquare(factor * (layer.pullOut[i] as number) * (layer.bends[i] as number), layer, i, out);
    });
  }

  #before(l: number): Float64Array {
    return l === 0 ? this.#input : (this.#layers[l - 1] as Layer).values;
  }

  #backward(): void {
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const { rows, columns, offset, slopes, pull, pullOut } = this.#layers[l] as Layer;
      if (l === this.#layers.length - 1) pullOut.fill(1);
      for (let i = 0; i < rows; i++) pull[i] = (pullOut[i] as number) * (slopes[i] as number);
      if (l === 0) return;
      const below = (this.#layers[l - 1] as Layer).pullOut;
      below.fill(0);
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++)
          (below[j] as number) += (pull[i] as number) * (this.#weights[offset + i * columns + j] as number);
    }
  }

  /** ∇a_i: in the weights of its own row the values below; in those of lower layers by the chain rule. */
  #tangentsOf({ offset, rows, columns, tangents }: Layer, l: number): void {
    const before = this.#before(l);
    const below = l === 0 ? undefined : (this.#layers[l - 1] as Layer);
    for (let i = 0; i < rows; i++) {
      const at = i * this.size;
      tangents.fill(0, at, at + offset);
      for (let j = 0; j < columns; j++) {
        tangents[at + offset + i * columns + j] = before[j] as number;
        if (below === undefined) continue;
        const factor = (this.#weights[offset + i * columns + j] as number) * (below.slopes[j] as number);
        const row = below.offset + j * below.columns;
        for (let p = 0; p < below.offset; p++)
          (tangents[at + p] as number) += factor * (below.tangents[j * this.size + p] as number);
        for (let p = row; p < row + below.columns; p++)
          (tangents[at + p] as number) += factor * (below.tangents[j * this.size + p] as number);
      }
    }
  }

  /** factor·∇a_i ∇a_iᵀ, which is 0 but in lower layers and its own row. */
  #addSquare(factor: number, { offset, columns, tangents }: Layer, i: number, out: Float64Array): void {
    const at = i * this.size;
    const first = offset + i * columns;
    for (let p = 0; p < offset; p++) addScaled(out, this.size, p, factor, tangents, at, 0, p);
    for (let p = first; p < first + columns; p++) {
      addScaled(out, this.size, p, factor, tangents, at, 0, offset - 1);
      addScaled(out, this.size, p, factor, tangents, at, first, p);
    }
  }

  /** a_i = Σ_j W_ij φ(a_j) has mixed derivatives in W_ij and the weights below: φ'(a_j) ∇a_j. */
  #addMixed(factor: number, layer: Layer, below: Layer, out: Float64Array): void {
    for (let i = 0; i < layer.rows; i++)
      for (let j = 0; j < layer.columns; j++) {
        const row = layer.offset + i * layer.columns + j;
        const scaled = factor * (layer.pull[i] as number) * (below.slopes[j] as number);
        const first = below.offset + j * below.columns;
        const to = row * this.size;
        for (let p = 0; p < below.offset; p++)
          (out[to + p] as number) += scaled * (below.tangents[j * this.size + p] as number);
        for (let p = first; p < first + below.columns; p++)
          (out[to + p] as number) += scaled * (below.tangents[j * this.size + p] as number);
      }
  }
}

function layerOf(offset: number, rows: number, columns: number, size: number): Layer {
  const memory = () => new Float64Array(rows);
  return {
    ...{ offset, rows, columns, values: memory(), slopes: memory(), bends: memory() },
    ...{ pullOut: memory(), pull: memory(), tangents: new Float64Array(rows * size) },
  };
}

/** out[row, p] += factor·v[row]·v[p] for p = from … to. */
function addScaled(
  out: Float64Array,
  size: number,
  row: number,
  factor: number,
  vectors: Float64Array,
  at: number,
  from: number,
  to: number,
): void {
  const scaled = factor * (vectors[at + row] as number);
  for (let p = from; p <= to; p++) (out[row * size + p] as number) += scaled * (vectors[at + p] as number);
}
