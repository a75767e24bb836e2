/** Says what a critical point of a tensor decomposition is: its isotropy, its index and how degenerate it is. */
import { isotropy } from '../group/isotropy.ts';
import { signedIsotropy } from '../group/signed-isotropy.ts';
import { symmetricEigenvalues } from '../math/linear.ts';
import { frobenius, identity, type Matrix } from '../math/matrix.ts';
import type { TensorNorm } from './kernel.ts';
import { hessian } from './objective.ts';
import type { Found, Method, Outcome } from './search.ts';

/** The end of one run. */
export interface TensorPoint {
  readonly method: Method | 'symmetric';
  readonly status: Outcome;
  readonly loss: number;
  readonly gradientNorm: number;
  /** |W|_F. */
  readonly size: number;
  /** Signed for even order; `undecided` where no group is reported, empty unless converged. */
  readonly isotropy: string;
  readonly isTrivial: boolean;
  readonly inertia: Inertia;
}

/** Signs of the eigenvalues of ∇²L, relative to the largest one or to 1. */
export interface Inertia {
  /** How many are below −1e-6. */
  readonly index: number;
  /** How many are at most 1e-6 in size: an upper bound of the dimension of the critical set. */
  readonly nullity: number;
  /** Whether none lies between 1e-9 and 1e-4 in size, so that both counts mean something. */
  readonly known: boolean;
  /** The smallest eigenvalue, not scaled. */
  readonly least: number;
}

/** The inertia of ∇²L at W. */
export function inertia(norm: TensorNorm, weights: Matrix): Inertia {
  const values = symmetricEigenvalues(hessian(norm, weights));
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const count = (holds: (value: number) => boolean) => values.filter((value) => holds(value / size)).length;
  return {
    index: count((value) => value < -1e-6),
    nullity: count((value) => Math.abs(value) <= 1e-6),
    known: count((value) => Math.abs(value) > 1e-9 && Math.abs(value) < 1e-4) === 0,
    least: values[0]!,
  };
}

/** Describes where a run ended. */
export function describe(
  norm: TensorNorm,
  { status, weights, loss, gradientNorm }: Found,
  method: TensorPoint['method'],
): TensorPoint {
  const group = status === 'converged' ? groupOf(norm, weights) : { name: '', isTrivial: false };
  return {
    method,
    status,
    // The global minimum comes out as some rounding errors.
    loss: Math.abs(loss) < 1e-13 ? 0 : loss,
    gradientNorm,
    size: frobenius(weights),
    isotropy: group.name,
    isTrivial: group.isTrivial,
    inertia: inertia(norm, weights),
  };
}

/** The change of all signs at once fixes every matrix: for even order a group of 2 elements is trivial. */
function groupOf({ order }: TensorNorm, weights: Matrix): { name: string; isTrivial: boolean } {
  const even = order % 2 === 0;
  const found = even ? signedIsotropy(weights) : isotropy(weights, { target: identity(weights.columns) });
  if (found.status === 'undecided') return { name: 'undecided', isTrivial: false };
  return { name: found.name, isTrivial: found.order === (even ? 2n : 1n) };
}
