/** Lists the directions in which arcs of known symmetry leave a critical point of a family. */
import { symmetricEigen } from '../math/linear.ts';
import { dot, fromRows } from '../math/matrix.ts';
import { type Component, directionsOf } from './components.ts';
import { type ReducedLandscape, reducedLandscape } from './reduced.ts';
import { embedded, refined, type Refinement } from './refinement.ts';

/** Where the arcs of one component with one division of blocks leave from. */
export interface Port {
  readonly landscape: ReducedLandscape;
  readonly centre: Float64Array;
  /** Unit eigenvectors of the Hessian at the centre that span the component in this space, by rising eigenvalue. */
  readonly departures: readonly Departure[];
}

/** A direction with its eigenvalue. */
export interface Departure {
  readonly direction: Float64Array;
  readonly eigenvalue: number;
  /** |H v − λ v|. */
  readonly error: number;
}

/**
 * The directions of `component` at a critical point with the given entries. In such a space each eigenspace meets
 * the component in one line, which therefore consists of critical points of every invariant form on it.
 */
export function portOf(
  refinement: Refinement,
  entries: readonly number[],
  d: number,
  component: Component,
): Port {
  const target = refined(refinement);
  const landscape = reducedLandscape(target.structure, d);
  const centre = landscape.scaled(embedded(refinement, entries));
  const spanning = directionsOf(target, landscape.problem.sizes, component);
  const basis = orthonormal(spanning.map((values) => landscape.scaled(values)));
  const hessian = landscape.hessian(centre);
  const rows = (v: Float64Array) =>
    Float64Array.from(v, (_, i) =>
      v.reduce((sum, value, j) => {
        const [a, b] = i >= j ? [i, j] : [j, i];
        return sum + (hessian.data[a * v.length + b] as number) * value;
      }, 0),
    );
  const images = basis.map(rows);
  const { values, vectors } = symmetricEigen(
    fromRows(basis.map((u) => images.map((image) => dot(u, image)))),
  );
  const departures = Array.from(values, (eigenvalue, at): Departure => {
    const direction = combined(basis, (i) => vectors.data[i * basis.length + at] as number);
    const miss = rows(direction).map((value, i) => value - eigenvalue * (direction[i] as number));
    return { direction, eigenvalue, error: Math.sqrt(dot(miss, miss)) };
  });
  return { landscape, centre, departures };
}

/** D³L[v,v,v]/6 at the centre, by a second difference of the gradient: relative error about 1e-4. */
export function cubicAlong({ landscape, centre }: Port, direction: Float64Array): number {
  const h = 0.01;
  const along = (step: number) => {
    const slope = landscape.gradient(centre.map((value, i) => value + step * (direction[i] as number)));
    return slope.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
  };
  return (along(h) - 2 * along(0) + along(-h)) / (6 * h * h);
}

function combined(basis: readonly Float64Array[], weight: (i: number) => number): Float64Array {
  return (basis[0] as Float64Array).map((_, l) =>
    basis.reduce((sum, vector, i) => sum + weight(i) * (vector[l] as number), 0),
  );
}

/** Gram and Schmidt, each vector twice. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    let rest = vector;
    for (let round = 0; round < 2; round++)
      for (const unit of basis) {
        const part = dot(unit, rest);
        rest = rest.map((value, i) => value - part * (unit[i] as number));
      }
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9 * Math.sqrt(dot(vector, vector))) basis.push(rest.map((value) => value / length));
  }
  return basis;
}
