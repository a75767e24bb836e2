/** Factorisations of dense matrices, and what follows from them. */
export { type RegularLu, luFactor, luSolve, solve } from './linear/lu.ts';
export { choleskyFactor, choleskySolve } from './linear/cholesky.ts';
export { type SymmetricEigen, symmetricEigen, symmetricEigenvalues } from './linear/eigen.ts';
