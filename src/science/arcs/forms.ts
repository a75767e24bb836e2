/**
 * Gives the forms on an eigenspace of the Hessian of which the critical points on the unit sphere are the directions
 * that arcs leave in: the cubic one, and the quartic one where that vanishes.
 *
 * Let C be critical, H v = λ v. An arc W = C + r v + r² w + … has (H − λ) w = μ₁ v − ½ D³L[v, v]: on the eigenspace V
 * the gradient of c(v) = D³L[v,v,v]/6 is 3 μ₁ v at least along v. Where c = 0, w = −(H − λ)⁺ ½ D³L[v,v], and to the next order v is
 * critical for q(v) = D⁴L[v,v,v,v]/24 − ½ D³L[v,v]·½ (H − λ)⁺ ½ D³L[v,v] on the unit sphere of V. On the arc
 * L = L(C) + λr²/2 + c(v) r³ + q(v) r⁴ + … with |v| = 1.
 */
import { type Eigenspace, project, spread } from './eigenspace.ts';
import type { Landscape } from './landscape.ts';

/** A form on R^m with its gradient. */
export interface Form {
  readonly degree: 3 | 4;
  slope(v: Float64Array): Float64Array;
}

/** The value of a form, by Euler's formula. */
export function valueOf(form: Form, v: Float64Array): number {
  return form.slope(v).reduce((sum, value, i) => sum + value * (v[i] as number), 0) / form.degree;
}

/** Steps of the differences: errors of order step² beside rounding of 1e-16/step² and 1e-16/step³. */
const step = 0.02;

/** c, by second differences of the gradient. */
export function cubicForm(landscape: Landscape, centre: Float64Array, { basis }: Eigenspace): Form {
  return {
    degree: 3,
    slope: (v) => {
      const bend = secondDifference(landscape, centre, spread(basis, v));
      return project(basis, bend).map((value) => value / 2);
    },
  };
}

/** q, by differences of the gradient. */
export function quarticForm(landscape: Landscape, centre: Float64Array, space: Eigenspace): Form {
  const { basis } = space;
  return {
    degree: 4,
    slope: (v) => {
      const x = spread(basis, v);
      const inner = pseudoInverse(
        space,
        secondDifference(landscape, centre, x).map((value) => value / 2),
      );
      const fourth = project(basis, thirdDifference(landscape, centre, x));
      const mixed = project(basis, mixedDifference(landscape, centre, x, inner));
      return fourth.map((value, i) => value / 6 - (mixed[i] as number));
    },
  };
}

function slopeAt(landscape: Landscape, centre: Float64Array, x: Float64Array, factor: number): Float64Array {
  return landscape.gradient(centre.map((value, i) => value + factor * (x[i] as number)));
}

/** D³L[x, x, ·]. */
function secondDifference(landscape: Landscape, centre: Float64Array, x: Float64Array): Float64Array {
  const [ahead, here, behind] = [step, 0, -step].map((factor) => slopeAt(landscape, centre, x, factor));
  return x.map((_, i) => (ahead![i]! - 2 * here![i]! + behind![i]!) / (step * step));
}

/** D⁴L[x, x, x, ·]. */
function thirdDifference(landscape: Landscape, centre: Float64Array, x: Float64Array): Float64Array {
  const [far, near, nearBack, farBack] = [2 * step, step, -step, -2 * step].map((factor) =>
    slopeAt(landscape, centre, x, factor),
  );
  return x.map(
    (_, i) => (far![i]! - 2 * near![i]! + 2 * nearBack![i]! - farBack![i]!) / (2 * step * step * step),
  );
}

/** D³L[x, y, ·] = (D³L[x+y, x+y, ·] − D³L[x−y, x−y, ·])/4; y is scaled to the length of x first. */
function mixedDifference(
  landscape: Landscape,
  centre: Float64Array,
  x: Float64Array,
  y: Float64Array,
): Float64Array {
  const size = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  const factor = size(y) / size(x);
  if (factor === 0) return x.map(() => 0);
  const [sum, difference] = [1, -1].map((sign) =>
    secondDifference(
      landscape,
      centre,
      x.map((value, i) => value + (sign * y[i]!) / factor),
    ),
  );
  return x.map((_, i) => (factor * (sum![i]! - difference![i]!)) / 4);
}

/** (H − λ)⁺ x. */
function pseudoInverse(space: Eigenspace, x: Float64Array): Float64Array {
  const { eigenvalue, eigenvalues, eigenvectors, basis } = space;
  const result = new Float64Array(x.length);
  eigenvectors.slice(basis.length).forEach((vector, at) => {
    const level = (eigenvalues[basis.length + at] as number) - eigenvalue;
    const part = vector.reduce((sum, value, l) => sum + value * x[l]!, 0) / level;
    for (let l = 0; l < result.length; l++) result[l]! += part * vector[l]!;
  });
  return result;
}
