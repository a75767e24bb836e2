/**
 * Takes steps of gradient descent in plain TypeScript: the readable statement of what the WebAssembly engine does,
 * operation for operation, and so bit for bit.
 */
import { type Matrix, matrix } from '../math/matrix.ts';
import { type Engine, isIdentity, type LaneSettings, type Shape } from './engine.ts';
import { measureRows } from './rows.ts';

const pi = Math.PI;
const halfPi = Math.PI / 2;

/** Beyond this |cos θ| one minus it is taken from the chord between the unit rows. */
const steep = 0.9;

/** The coefficients of `arcSine`, highest first: even powers and odd ones. */
const even = [
  -0.010749050339697808, 0.0078029494773533175, 0.013929652902326633, 0.02237204763174451,
  0.044642857103423646, 0.1666666666666665,
];
const odd = [
  0.028169218060881414, 0.01603551434914882, 0.011875494382636922, 0.017355259955786323, 0.03038194736709848,
  0.07500000000020764,
];

/** An engine of one lane. Throws RowError for a target with a zero row. */
export function plainEngine({ neurons, target }: Shape): Engine {
  measureRows(target, 'target');
  const slope = new Slope(neurons, target);
  let settings: LaneSettings | undefined;
  return {
    lanes: 1,
    load(_lane, weights, chosen) {
      slope.load(weights);
      settings = chosen;
    },
    rest() {
      settings = undefined;
    },
    descend(limit) {
      return settings === undefined ? limit : descend(slope, settings, limit);
    },
    largestRow: () => Math.sqrt(slope.largestSquare),
    weights: () => matrix(neurons, target.columns, slope.weights.slice()),
  };
}

function descend(slope: Slope, { step, stop, ceiling }: LaneSettings, limit: number): number {
  for (let taken = 0; taken < limit; taken++) {
    slope.evaluate();
    const square = slope.largestSquare;
    if (!(square > stop * stop && square < ceiling * ceiling)) return taken;
    for (let at = 0; at < slope.weights.length; at++)
      (slope.weights[at] as number) -= step * (slope.gradient[at] as number);
  }
  slope.evaluate();
  return limit;
}

/** 2π∇L at weights in place, with all that it is computed from. */
class Slope {
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
  largestSquare = 0;
  readonly #neurons: number;
  readonly #width: number;
  readonly #targets: number;
  readonly #target: Float64Array;
  readonly #targetUnit: Float64Array;
  readonly #targetLength: Float64Array;
  readonly #orthonormal: boolean;
  readonly #unit: Float64Array;
  readonly #length: Float64Array;
  readonly #inverse: Float64Array;
  /** π − θ between neurons, on the diagonal the whole factor of the row itself; and to the targets. */
  readonly #own: Float64Array;
  readonly #cross: Float64Array;
  readonly #sine: Float64Array;

  constructor(neurons: number, target: Matrix) {
    this.#neurons = neurons;
    this.#width = target.columns;
    this.#targets = target.rows;
    this.#target = target.data;
    this.#orthonormal = isIdentity(target);
    this.#targetUnit = new Float64Array(target.data.length);
    this.#targetLength = new Float64Array(target.rows);
    measure(target.data, this.#width, this.#targetUnit, this.#targetLength, new Float64Array(target.rows));
    this.weights = new Float64Array(neurons * this.#width);
    this.gradient = new Float64Array(neurons * this.#width);
    this.#unit = new Float64Array(neurons * this.#width);
    this.#length = new Float64Array(neurons);
    this.#inverse = new Float64Array(neurons);
    this.#own = new Float64Array(neurons * neurons);
    this.#cross = new Float64Array(neurons * target.rows);
    this.#sine = new Float64Array(neurons);
  }

  load(weights: Matrix): void {
    if (weights.rows !== this.#neurons || weights.columns !== this.#width)
      throw new RangeError(
        `${weights.rows}x${weights.columns} weights in an engine for ${this.#neurons}x${this.#width}`,
      );
    this.weights.set(weights.data);
  }

  evaluate(): void {
    measure(this.weights, this.#width, this.#unit, this.#length, this.#inverse);
    this.#sine.fill(0);
    this.#pairWithin();
    this.#pairWithTarget();
    this.#combine();
  }

  #pairWithin(): void {
    const n = this.#neurons;
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        const c = product(this.#unit, i, this.#unit, j, this.#width);
        const gap = oneMinus(c, this.#unit, i, this.#unit, j, this.#width);
        const open = supplement(c, gap);
        this.#own[i * n + j] = open;
        this.#own[j * n + i] = open;
        const sine = Math.sqrt(gap * (2 - gap));
        (this.#sine[i] as number) += (this.#length[j] as number) * sine;
        (this.#sine[j] as number) += (this.#length[i] as number) * sine;
      }
  }

  #pairWithTarget(): void {
    const width = this.#width;
    for (let i = 0; i < this.#neurons; i++) {
      let sum = 0;
      for (let j = 0; j < this.#targets; j++) {
        const c = this.#orthonormal
          ? (this.#unit[i * width + j] as number)
          : product(this.#unit, i, this.#targetUnit, j, width);
        const gap = oneMinus(c, this.#unit, i, this.#targetUnit, j, width);
        this.#cross[i * this.#targets + j] = supplement(c, gap);
        sum += (this.#targetLength[j] as number) * Math.sqrt(gap * (2 - gap));
      }
      const net = ((this.#sine[i] as number) - sum) * (this.#inverse[i] as number);
      this.#own[i * this.#neurons + i] = pi + net;
    }
  }

  #combine(): void {
    const width = this.#width;
    const minus = new Float64Array(width);
    this.largestSquare = 0;
    for (let i = 0; i < this.#neurons; i++) {
      const row = this.gradient.subarray(i * width, (i + 1) * width);
      combineRows(this.#own, i, this.#neurons, this.weights, row);
      if (this.#orthonormal) minus.set(this.#cross.subarray(i * width, (i + 1) * width));
      else combineRows(this.#cross, i, this.#targets, this.#target, minus);
      let square = 0;
      for (let l = 0; l < width; l++) {
        const x = (row[l] as number) - (minus[l] as number);
        row[l] = x;
        square += x * x;
      }
      this.largestSquare = Math.max(this.largestSquare, square);
    }
  }
}

/** Lengths of rows, their inverses, and the unit rows. */
function measure(
  rows: Float64Array,
  width: number,
  units: Float64Array,
  lengths: Float64Array,
  inverses: Float64Array,
): void {
  for (let i = 0; i < lengths.length; i++) {
    const length = Math.sqrt(product(rows, i, rows, i, width));
    const inverse = 1 / length;
    lengths[i] = length;
    inverses[i] = inverse;
    for (let l = i * width; l < (i + 1) * width; l++) units[l] = (rows[l] as number) * inverse;
  }
}

function product(left: Float64Array, i: number, right: Float64Array, j: number, width: number): number {
  let sum = 0;
  for (let l = 0; l < width; l++) sum += (left[i * width + l] as number) * (right[j * width + l] as number);
  return sum;
}

/** out = Σ_r factors[i][r]·rows[r], summed in order of r. */
function combineRows(
  factors: Float64Array,
  i: number,
  count: number,
  rows: Float64Array,
  out: Float64Array,
): void {
  out.fill(0);
  for (let r = 0; r < count; r++) {
    const factor = factors[i * count + r] as number;
    for (let l = 0; l < out.length; l++) (out[l] as number) += factor * (rows[r * out.length + l] as number);
  }
}

/** 1 − |cos θ|: from the cosine where that is good, else half the squared chord between the unit rows. */
function oneMinus(
  c: number,
  left: Float64Array,
  i: number,
  right: Float64Array,
  j: number,
  width: number,
): number {
  const size = Math.abs(c);
  if (size <= steep) return 1 - size;
  const sign = c < 0 ? -1 : 1;
  let sum = 0;
  for (let l = 0; l < width; l++) {
    const x = (left[i * width + l] as number) - sign * (right[j * width + l] as number);
    sum += x * x;
  }
  return 0.5 * sum;
}

/** π − θ: by the arc sine of the cosine where |cos θ| ≤ 1/2, else of half the chord. */
function supplement(c: number, gap: number): number {
  if (Math.abs(c) <= 0.5) return halfPi + arcSine(c, c * c);
  const z = gap * 0.5;
  const half = arcSine(Math.sqrt(z), z);
  return c < 0 ? half + half : pi - (half + half);
}

/**
 * asin x for z = x² ≤ 1/4, as x + x z p(z): p interpolates at the 12 Chebyshev nodes of [0, 1/4], and is summed by its
 * even and its odd powers. The cut is below 3e-17.
 */
function arcSine(x: number, z: number): number {
  const w = z * z;
  let a = even[0] as number;
  let b = odd[0] as number;
  for (let m = 1; m < 6; m++) {
    a = (even[m] as number) + w * a;
    b = (odd[m] as number) + w * b;
  }
  return x + x * z * (a + z * b);
}
