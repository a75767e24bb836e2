/** The loss on a fixed-point space as a landscape, at any real d, in coordinates in which spheres of matrices are spheres. */
import { plain } from '../family/arithmetic.ts';
import { blockOf } from '../family/blocks.ts';
import { type Branch, problemAt } from '../family/branch.ts';
import { gradientAt } from '../family/gradient.ts';
import { dimensionOf, type Irrep, irrepsOf } from '../family/irreps.ts';
import { multiplicities, type Problem, type State, stateAt } from '../family/problem.ts';
import { valueAt } from '../family/value.ts';
import { symmetricEigenvalues } from '../math/linear.ts';
import { fromRows, type Matrix, scale } from '../math/matrix.ts';
import type { Landscape } from './landscape.ts';
import { type ArcPoint, indexOnSphere } from './tangency.ts';

/** The loss on the fixed-point space of a structure at d; coordinate i is √multiplicity times entry i. */
export interface ReducedLandscape extends Landscape {
  readonly structure: Pick<Branch, 'minorities' | 'extras'>;
  readonly d: number;
  readonly problem: Problem<number>;
  /** The coordinates of a matrix of the space given by its entries, and back. */
  scaled(entries: readonly number[]): Float64Array;
  entries(x: Float64Array): number[];
  /** How many directions of the whole space of matrices, along the sphere, lower the loss at a point of an arc. */
  index(x: Float64Array, point: ArcPoint): number;
}

const twoPi = 6.283185307179586;

/** The landscape. Its functions throw RangeError where a row vanishes. */
export function reducedLandscape(
  structure: Pick<Branch, 'minorities' | 'extras'>,
  d: number,
): ReducedLandscape {
  const problem = problemAt(plain(), structure, d);
  const lengths = multiplicities(problem).map(Math.sqrt);
  const entries = (x: Float64Array) => Array.from(x, (value, i) => value / (lengths[i] as number));
  // Value, gradient and Hessian are mostly asked for at one and the same place.
  let last: { readonly x: Float64Array; readonly state: State<number> } | undefined;
  const stateOf = (x: Float64Array) => (last?.x === x ? last : (last = { x, state: at(x) })).state;
  const at = (x: Float64Array) => stateAt(problem, entries(x));
  return {
    structure,
    d,
    problem,
    size: lengths.length,
    scaled: (values) => Float64Array.from(values, (value, i) => value * (lengths[i] as number)),
    entries,
    value: (x) => valueAt(stateOf(x)) / twoPi,
    gradient: (x) =>
      Float64Array.from(gradientAt(stateOf(x)), (value, i) => (value * (lengths[i] as number)) / twoPi),
    hessian: (x) => curvature(blockOf(stateOf(x), { kind: 't' })),
    room: (x) => {
      const { rows, students } = stateOf(x);
      return Math.min(...rows.slice(0, students).map(({ norm }) => norm));
    },
    index: (x, point) => wholeIndex(stateOf(x), point),
  };
}

function curvature(block: readonly (readonly number[])[]): Matrix {
  return scale(fromRows(block), 1 / twoPi);
}

/** That of the fixed directions, and for each other irrep its negative eigenvalues of ∇²L − μ, repeated. */
function wholeIndex(state: State<number>, point: ArcPoint): number {
  const { space, sizes } = state.problem;
  const others = irrepsOf(space, sizes).filter(({ kind }) => kind !== 't');
  const below = (irrep: Irrep) =>
    symmetricEigenvalues(curvature(blockOf(state, irrep))).filter((value) => value < point.mu).length;
  const fixed = indexOnSphere(curvature(blockOf(state, { kind: 't' })), point);
  return others.reduce((sum, irrep) => sum + below(irrep) * dimensionOf(irrep, space, sizes), fixed);
}
