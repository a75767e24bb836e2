/** Distributions of inputs that every permutation of the coordinates leaves alone. */
import type { RandomStream } from '../../base/random.ts';
import { log } from '../math/elementary.ts';
import { type Matrix, matrix } from '../math/matrix.ts';
import { fillNormals } from '../math/normal.ts';
import { cubeCorners, orbitOf, type PointSet } from './points.ts';

/** The names of the distributions, as pipelines spell them. */
export const inputNames = [
  ...(['gaussian', 'correlated', 'sphere', 'laplace', 'laplace-mixture'] as const),
  ...(['signs', 'correlated-signs', 'mixture'] as const),
] as const;
export type InputName = (typeof inputNames)[number];

/** N(0, aI + b11ᵀ) of `correlated` and of the scale mixture. */
const own = 1;
const shared = 0.5;

/** Probability that a coordinate has the sign of its point, for correlated signs. */
const agreement = 0.75;

/** The mean of the two components of the mixture, and the variance of the second (that of the first is 1). */
const centre = 0.75;
const narrow = 0.5;

/**
 * Writes one point to out[from … from + d).
 *
 * `gaussian`: N(0, I). `correlated`: N(0, I + ½11ᵀ). `sphere`: uniform on the sphere of radius √d, for ReLU the
 * Gaussian problem (on the unit sphere: that divided by d). `laplace`: independent, of variance 1 (a product law).
 * `laplace-mixture`: √s·z, s exponential of mean 1, z as `correlated`. `signs`: corners of the cube, independent
 * (a product law). `correlated-signs`: a hidden sign, with which each coordinate agrees with probability ¾.
 * `mixture`: N(¾·1, I) or N(−¾·1, ½I).
 */
export type Draw = (stream: RandomStream, out: Float64Array, from: number, d: number) => void;

const draws: Readonly<Record<InputName, Draw>> = {
  gaussian: (stream, out, from, d) => out.set(fillNormals(stream, d), from),
  correlated: (stream, out, from, d) => addCorrelated(stream, out, from, d, 1),
  sphere: drawSphere,
  laplace: (stream, out, from, d) => {
    for (let j = from; j < from + d; j++) {
      const size = Math.sqrt(0.5) * exponential(stream);
      out[j] = stream.bits() % 2 === 0 ? size : -size;
    }
  },
  'laplace-mixture': (stream, out, from, d) =>
    addCorrelated(stream, out, from, d, Math.sqrt(exponential(stream))),
  signs: (stream, out, from, d) => {
    for (let j = from; j < from + d; j++) out[j] = stream.bits() % 2 === 0 ? 1 : -1;
  },
  'correlated-signs': (stream, out, from, d) => {
    const hidden = stream.bits() % 2 === 0 ? 1 : -1;
    for (let j = from; j < from + d; j++) out[j] = stream.uniform() < agreement ? hidden : -hidden;
  },
  mixture: drawMixture,
};

/** How to draw from a distribution. */
export function drawOf(name: InputName): Draw {
  return draws[name];
}

function addCorrelated(
  stream: RandomStream,
  out: Float64Array,
  from: number,
  d: number,
  scale: number,
): void {
  const normals = fillNormals(stream, d + 1);
  const common = Math.sqrt(shared) * (normals[d] as number);
  for (let j = 0; j < d; j++) out[from + j] = scale * (Math.sqrt(own) * (normals[j] as number) + common);
}

function drawSphere(stream: RandomStream, out: Float64Array, from: number, d: number): void {
  const normals = fillNormals(stream, d);
  let square = 0;
  for (let j = 0; j < d; j++) square += (normals[j] as number) * (normals[j] as number);
  const scale = Math.sqrt(d / square);
  for (let j = 0; j < d; j++) out[from + j] = scale * (normals[j] as number);
}

function drawMixture(stream: RandomStream, out: Float64Array, from: number, d: number): void {
  const first = stream.bits() % 2 === 0;
  const normals = fillNormals(stream, d);
  const scale = first ? 1 : Math.sqrt(narrow);
  for (let j = 0; j < d; j++) out[from + j] = (first ? centre : -centre) + scale * (normals[j] as number);
}

/** Exponentially distributed with mean 1. */
function exponential(stream: RandomStream): number {
  return -log(1 - stream.uniform());
}

/**
 * The square root S of Σ (d × d, symmetric), where ReLU networks have the problem of N(0, Σ) exactly: the Gaussian
 * laws, the sphere, and the scale mixture, for which E s = 1. Undefined for the others.
 */
export function gaussianRoot(name: InputName, d: number): Matrix | undefined {
  if (name === 'gaussian' || name === 'sphere') return rootOf(1, 0, d);
  if (name === 'correlated' || name === 'laplace-mixture') return rootOf(own, shared, d);
  return undefined;
}

/** Whether the law is Gaussian itself, so that closed forms of other activations hold too. */
export function isGaussian(name: InputName): boolean {
  return name === 'gaussian' || name === 'correlated';
}

/** The square root of aI + b11ᵀ: √a I + ((√(a + bd) − √a)/d) 11ᵀ. */
export function rootOf(a: number, b: number, d: number): Matrix {
  const root = matrix(d, d);
  const common = (Math.sqrt(a + b * d) - Math.sqrt(a)) / d;
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) root.data[i * d + j] = common + (i === j ? Math.sqrt(a) : 0);
  return root;
}

/**
 * A finite set of points that stands for the distribution and has its symmetry exactly: the corners of the cube for
 * signs, else the orbits of `base` points drawn from the stream under all permutations of the coordinates.
 */
export function pointSet(name: InputName, d: number, base: number, stream: RandomStream): PointSet {
  if (name === 'signs') return cubeCorners(d, () => 1);
  if (name === 'correlated-signs')
    return cubeCorners(d, (m) => product(agreement, m, d) + product(1 - agreement, m, d));
  const points = new Float64Array(base * d);
  for (let n = 0; n < base; n++) drawOf(name)(stream, points, n * d, d);
  return orbitOf(points, d);
}

/** p^m (1 − p)^(d − m). */
function product(p: number, m: number, d: number): number {
  let value = 1;
  for (let j = 0; j < d; j++) value *= j < m ? p : 1 - p;
  return value;
}
