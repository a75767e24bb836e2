/** Finds an eigenspace of the Hessian at a critical point. */
import { symmetricEigen } from '../math/linear.ts';
import type { Landscape } from './landscape.ts';

/** An eigenspace: orthonormal vectors that span it, with all eigenvectors and eigenvalues. */
export interface Eigenspace {
  readonly eigenvalue: number;
  readonly basis: readonly Float64Array[];
  readonly eigenvalues: Float64Array;
  readonly eigenvectors: readonly Float64Array[];
}

/** Eigenvalues nearer than this are one. */
const sameLevel = 1e-9;

/** That of the least eigenvalue. */
export function leastEigenspace(landscape: Landscape, centre: Float64Array): Eigenspace {
  const { values, vectors } = symmetricEigen(landscape.hessian(centre));
  const n = values.length;
  const eigenvectors = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_value, a) => vectors.data[a * n + i] as number),
  );
  const eigenvalue = values[0] as number;
  const basis = eigenvectors.filter((_, i) => (values[i] as number) - eigenvalue < sameLevel);
  return { eigenvalue, basis, eigenvalues: values, eigenvectors };
}

/** The vector of the whole space with these coordinates. */
export function spread(basis: readonly Float64Array[], v: Float64Array): Float64Array {
  return (basis[0] as Float64Array).map((_, l) =>
    basis.reduce((sum, vector, i) => sum + (v[i] as number) * (vector[l] as number), 0),
  );
}

/** The coordinates of the orthogonal projection. */
export function project(basis: readonly Float64Array[], x: Float64Array): Float64Array {
  return Float64Array.from(basis, (vector) =>
    vector.reduce((sum, value, l) => sum + value * (x[l] as number), 0),
  );
}
