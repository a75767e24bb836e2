/**
 * Reduces lattices of integer vectors, exactly.
 *
 * Source: A. K. Lenstra, H. W. Lenstra, L. Lovász (1982) in the integral form of B. M. M. de Weger, as algorithm
 * 2.6.7 of H. Cohen, A Course in Computational Algebraic Number Theory.
 */

interface State {
  readonly basis: bigint[][];
  /** gram[i + 1]: the Gram determinant of the first i + 1 vectors; gram[0] = 1. */
  readonly gram: bigint[];
  /** The numerators λ of the Gram–Schmidt coefficients μ_ij = lambda[i][j]/gram[j + 1]. */
  readonly lambda: bigint[][];
}

/**
 * A reduced basis of the lattice spanned by the rows: with the Lovász constant 99/100 its first row is at most
 * 1.163^(n−1) times as long as the shortest vector. Throws RangeError if the rows are linearly dependent.
 */
export function reduceLattice(rows: readonly (readonly bigint[])[]): bigint[][] {
  const size = rows.length;
  const state: State = {
    basis: rows.map((row) => [...row]),
    gram: [1n],
    lambda: rows.map(() => Array.from({ length: size }, () => 0n)),
  };
  let known = 0;
  let k = 0;
  while (k < size) {
    if (k >= known) known = orthogonalize(state, k);
    if (k > 0) shorten(state, k, k - 1);
    if (k > 0 && isOutOfOrder(state, k)) {
      swap(state, k, known);
      k = Math.max(1, k - 1);
    } else {
      for (let l = k - 2; l >= 0; l--) shorten(state, k, l);
      k++;
    }
  }
  return state.basis;
}

/** Extends the Gram–Schmidt data by row k; gives the number of rows now known. */
function orthogonalize({ basis, gram, lambda }: State, k: number): number {
  for (let j = 0; j <= k; j++) {
    let u = dot(basis[k] as bigint[], basis[j] as bigint[]);
    for (let i = 0; i < j; i++) {
      u = (gram[i + 1]! * u - lambda[k]![i]! * lambda[j]![i]!) / gram[i]!;
    }
    if (j < k) lambda[k]![j] = u;
    else gram[k + 1] = u;
  }
  if (gram[k + 1] === 0n) throw new RangeError('the rows of a lattice basis are linearly dependent');
  return k + 1;
}

/** Takes the nearest multiple of row l off row k. */
function shorten({ basis, gram, lambda }: State, k: number, l: number): void {
  const divisor = gram[l + 1]!;
  const q = nearestQuotient(lambda[k]![l]!, divisor);
  if (q === 0n) return;
  const [target, source] = [basis[k]!, basis[l]!];
  for (let i = 0; i < target.length; i++) target[i] = target[i]! - q * source[i]!;
  lambda[k]![l] = lambda[k]![l]! - q * divisor;
  for (let i = 0; i < l; i++) lambda[k]![i] = lambda[k]![i]! - q * lambda[l]![i]!;
}

/** Lovász's condition with the constant 99/100, failed. */
function isOutOfOrder({ gram, lambda }: State, k: number): boolean {
  const mu = lambda[k]![k - 1]!;
  return 100n * (gram[k + 1]! * gram[k - 1]! + mu * mu) < 99n * gram[k]! * gram[k]!;
}

/** Exchanges rows k − 1 and k, and updates the data of the first `known` rows. */
function swap({ basis, gram, lambda }: State, k: number, known: number): void {
  [basis[k - 1], basis[k]] = [basis[k]!, basis[k - 1]!];
  for (let j = 0; j < k - 1; j++) {
    [lambda[k - 1]![j], lambda[k]![j]] = [lambda[k]![j]!, lambda[k - 1]![j]!];
  }
  const mu = lambda[k]![k - 1]!;
  const after = (gram[k - 1]! * gram[k + 1]! + mu * mu) / gram[k]!;
  for (let i = k + 1; i < known; i++) {
    const row = lambda[i]!;
    const t = row[k]!;
    row[k] = (gram[k + 1]! * row[k - 1]! - mu * t) / gram[k]!;
    row[k - 1] = (after * t + mu * row[k]) / gram[k + 1]!;
  }
  gram[k] = after;
}

function dot(a: readonly bigint[], b: readonly bigint[]): bigint {
  let sum = 0n;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The integer nearest to a/b for b > 0, ties away from zero. */
function nearestQuotient(a: bigint, b: bigint): bigint {
  const magnitude = (2n * (a < 0n ? -a : a) + b) / (2n * b);
  return a < 0n ? -magnitude : magnitude;
}
