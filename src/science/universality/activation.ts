/** Activation functions with their first two derivatives, with the same bits on every engine. */
import { erf, exp, log1p, tanh } from '../math/elementary.ts';

/** The names of the activations, as pipelines spell them. */
export const activationNames = ['relu', 'leaky-relu', 'softplus', 'gelu', 'erf', 'tanh'] as const;
export type ActivationName = (typeof activationNames)[number];

/** Writes φ(z), φ'(z), φ''(z) to out[0], out[1], out[2]. */
export type Activation = (z: number, out: Float64Array) => void;

/** The part of the identity in leaky ReLU: φ(z) = leak·z + (1 − leak)·max(0, z). */
export const leak = 0.1;

/** √(2/π) and 1/√(2π). */
const erfSlope = 0.7978845608028654;
const density = 0.3989422804014327;

const kinds: Readonly<Record<ActivationName, Activation>> = {
  relu: (z, out) => bent(z, 0, out),
  'leaky-relu': (z, out) => bent(z, leak, out),
  softplus,
  gelu,
  erf: errorFunction,
  tanh: hyperbolic,
};

/**
 * `relu`: max(0, z); `leaky-relu` (see {@link leak}); `softplus`: ln(1 + e^z); `gelu`: z·P(N ≤ z); `erf`: erf(z/√2);
 * `tanh`. Errors are a few units of 2^-53 relative to max(1, |z|). At a kink the slope is that of the left side.
 */
export function activation(name: ActivationName): Activation {
  return kinds[name];
}

/** Whether it has a continuous second derivative. */
export function isSmooth(name: ActivationName): boolean {
  return name !== 'relu' && name !== 'leaky-relu';
}

/** Whether φ(−z) = −φ(z). */
export function isOdd(name: ActivationName): boolean {
  return name === 'erf' || name === 'tanh';
}

function bent(z: number, part: number, out: Float64Array): void {
  out[0] = z > 0 ? z : part * z;
  out[1] = z > 0 ? 1 : part;
  out[2] = 0;
}

function softplus(z: number, out: Float64Array): void {
  const e = exp(-Math.abs(z));
  const whole = 1 + e;
  out[0] = Math.max(0, z) + log1p(e);
  out[1] = (z > 0 ? 1 : e) / whole;
  out[2] = e / (whole * whole);
}

function gelu(z: number, out: Float64Array): void {
  const below = 0.5 * (1 + erf(z * Math.SQRT1_2));
  const bell = density * exp(-0.5 * z * z);
  out[0] = z * below;
  out[1] = below + z * bell;
  out[2] = bell * (2 - z * z);
}

function errorFunction(z: number, out: Float64Array): void {
  const slope = erfSlope * exp(-0.5 * z * z);
  out[0] = erf(z * Math.SQRT1_2);
  out[1] = slope;
  out[2] = -z * slope;
}

function hyperbolic(z: number, out: Float64Array): void {
  const t = tanh(z);
  const slope = (1 - t) * (1 + t);
  out[0] = t;
  out[1] = slope;
  out[2] = -2 * t * slope;
}
