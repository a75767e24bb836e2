/** Eigenvalues and eigenvectors of symmetric matrices whose largest entry lies in [1, 2). */
import { at, get, set } from './memory';
import { ql, qlScratch } from './ql';
import { block, formQ } from './reflectors';
import { panel, tridiagonalise } from './tridiagonal';

export { heap } from './memory';

/** Doubles that `eigen` needs at `work`. */
export function scratch(n: i32, vectors: bool): i32 {
  const reduction = n * n + 3 * n + 3 * panel * n;
  return reduction + (vectors ? max(2 * block * (n + block), qlScratch(n)) : 0);
}

/**
 * Puts the eigenvalues of a (n x n, of which the upper triangle counts and which is lost) into d, in no order. With
 * `vectors`, a becomes the matrix whose rows are the unit eigenvectors. False if QL does not converge.
 */
export function eigen(n: i32, vectors: bool, a: usize, d: usize, work: usize): bool {
  const v = work;
  const e = at(v, n * n);
  const tau = at(e, n);
  const row = at(tau, n);
  const panels = at(row, n);
  const rest = at(panels, 3 * panel * n);
  tridiagonalise(n, a, d, e, tau, v, panels, row);
  if (!vectors) return ql(n, d, e, 0, 0);
  formQ(n, v, tau, a, rest);
  transpose(n, a);
  return ql(n, d, e, a, rest);
}

function transpose(n: i32, a: usize): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const held = get(a, i * n + j);
      set(a, i * n + j, get(a, j * n + i));
      set(a, j * n + i, held);
    }
}
