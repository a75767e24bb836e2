/** Goes down from a point to a minimum. */
import { symmetricEigen } from '../math/linear.ts';
import { attempt, type Landscape } from './landscape.ts';

/** Where a descent ended. */
export interface Slid {
  readonly status: 'minimum' | 'edge' | 'steps';
  readonly place: Float64Array;
  readonly value: number;
  readonly gradient: number;
}

const mostSteps = 400;
/** The longest step: short, so that the descent stays in the basin of the flow that it begins in. */
const reach = 0.05;

/**
 * Descent from `start` in steps −g/|λ| in the eigenbasis of the Hessian, no longer than 0.05, each of which lowers the
 * function. It ends where |∇L| ≤ 1e-13·size, at a minimum unless the way led along a ridge.
 */
export function slide(landscape: Landscape, start: Float64Array): Slid {
  let place = start;
  let value = landscape.value(place);
  for (let step = 0; step < mostSteps; step++) {
    const gradient = landscape.gradient(place);
    const size = Math.sqrt(gradient.reduce((sum, entry) => sum + entry * entry, 0));
    if (size <= 1e-13 * landscape.size) return { status: 'minimum', place, value, gradient: size };
    const next = lower(landscape, place, value, gradient, size);
    if (next === undefined)
      return { status: size <= 1e-8 ? 'minimum' : 'edge', place, value, gradient: size };
    [place, value] = [next.place, next.value];
  }
  const gradient = landscape.gradient(place);
  return { status: 'steps', place, value, gradient: Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)) };
}

function lower(
  landscape: Landscape,
  place: Float64Array,
  value: number,
  gradient: Float64Array,
  size: number,
) {
  const step = wholeStep(landscape, place, gradient);
  const length = Math.sqrt(step.reduce((sum, entry) => sum + entry * entry, 0));
  let factor = Math.min(1, reach / length);
  for (let cut = 0; cut < 40; cut++, factor /= 2) {
    const to = place.map((entry, i) => entry - factor * (step[i] as number));
    const reached = attempt(() => ({ value: landscape.value(to), slope: landscape.gradient(to) }));
    if (reached === undefined) continue;
    // Near the end the values are equal but for rounding, and the gradient decides.
    const slope = Math.sqrt(reached.slope.reduce((sum, g) => sum + g * g, 0));
    const flat = Math.abs(reached.value - value) <= 1e-14 && slope < 0.9 * size;
    if (reached.value < value - 1e-15 || flat) return { place: to, value: reached.value };
  }
  return undefined;
}

/** Σ g_i/|λ_i| over the eigenvectors. */
function wholeStep(landscape: Landscape, place: Float64Array, gradient: Float64Array): Float64Array {
  const { values, vectors } = symmetricEigen(landscape.hessian(place));
  const n = values.length;
  const floor = 1e-9 * Math.max(Math.abs(values[0] as number), Math.abs(values[n - 1] as number));
  const step = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let part = 0;
    for (let a = 0; a < n; a++) part += (vectors.data[a * n + i] as number) * (gradient[a] as number);
    const scale = Math.max(Math.abs(values[i] as number), floor);
    for (let a = 0; a < n; a++) (step[a] as number) += (part / scale) * (vectors.data[a * n + i] as number);
  }
  return step;
}
