/** Bounds how fast the Hessian of the population loss can change. */
import type { Matrix } from '../math/matrix.ts';
import { twoPi } from './kernel.ts';
import { measureBoth } from './rows.ts';

/** sup |6 s x y² + 3 s x z² + 2 c y³ + 3 c y z²| over c² + s² = 1 and x² + y² + z² = 1: 3√3/2, rounded up. */
const ownBend = 2.5981;

/**
 * A number M with ‖H(W₁) − H(W₂)‖ ≤ M ‖W₁ − W₂‖_F (spectral norm) for all W₁, W₂ within `radius` (Frobenius) of the
 * weights. Throws RangeError unless radius is below the length of every neuron; RowError for a zero row.
 *
 * Off the measure-zero set where two rows are parallel L is analytic, and H is Lipschitz across that set, so M is a
 * bound of the symmetric trilinear form D³L[U, U, U] over ‖U‖_F = 1. Only ordered pairs contribute. In a frame
 * ŵ, n (towards v), m (normal to both), u = x ŵ + y n + z m and s = sin θ, c = cos θ, differentiating h₁ gives
 * D³_www κ(w, v)[u, u, u] = −(|v|/2π|w|²)(6 s x y² + 3 s x z² + 2 c y³ + 3 c y z²), and
 * D³_wwv κ(w, v)[u, u, u'] = (1/2π|w|)((u'·n)(2y² + z²) + 2 y z (u'·m)), at most 2|u|²|u'|/2π|w|. Hence
 * |D³L[U, U, U]| ≤ Σ_i |u_i|³ (3√3/2)(Σ_{j≠i}|w_j| + Σ_j|v_j|)/2π|w_i|² + 3 Σ_{i≠j} 2|u_i|²|u_j|/2π|w_i|,
 * where Σ_i |u_i|³ ≤ 1 and Σ_{j≠i} |u_j| ≤ √(n − 1).
 */
export function hessianBend(weights: Matrix, target: Matrix, radius: number): number {
  const { student, teacher } = measureBoth(weights, target);
  const students = total(student.lengths);
  const teachers = total(teacher.lengths);
  let own = 0;
  let mixed = 0;
  for (const length of student.lengths) {
    const least = length - radius;
    if (!(least > 0)) throw new RangeError(`a ball of radius ${radius} holds a zero neuron`);
    const others = students - length + Math.sqrt(student.count) * radius + teachers;
    own = Math.max(own, (ownBend * others) / (twoPi * least * least));
    mixed = Math.max(mixed, 6 / (twoPi * least));
  }
  return own + mixed * Math.sqrt(student.count - 1);
}

function total(lengths: Float64Array): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}
