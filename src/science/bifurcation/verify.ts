/** Holds the closed forms of branches against Newton's method and a dense eigensolver. */
import { type Branch, branches, counts, onAxis, turningPoint } from './branches.ts';
import { type Equilibrium, eigenvalues, equilibrium } from './vector-field.ts';

/** A branch as it was computed without its closed form. */
export interface VerifiedBranch {
  readonly branch: Branch;
  /** Whether it tends to 0 with λ: not beyond the turning point that a cubic term makes. */
  readonly local: boolean;
  readonly status: Equilibrium['status'];
  /** The largest difference of an entry of x and of an eigenvalue of Df, over |x| and the largest eigenvalue. */
  readonly positionError: number;
  readonly eigenvalueError: number;
  /** Positive and negative eigenvalues of Df on H, counted in the computed spectrum. */
  readonly positive: number;
  readonly negative: number;
  /** Whether both counts are those of the closed form. */
  readonly agrees: boolean;
}

/** Part of |t| by which the start of Newton's method is off, in every direction. */
const offset = 0.02;
/** Eigenvalues below this part of the largest have no sign. */
const negligible = 1e-9;

/** The branches at (n, λ, β), each found from a start off its axis. */
export function verifiedBranches(n: number, lambda: number, beta: number): VerifiedBranch[] {
  return branches(n, lambda, beta).map(verify);
}

function verify(branch: Branch): VerifiedBranch {
  const { n, p, t, lambda, beta } = branch;
  const expected = onAxis(n, p, t);
  const start = expected.map((entry, i) => entry * (1 + offset * (((7 * i + 3) % 11) / 11 - 0.5)));
  const { status, x } = equilibrium({ n, lambda, beta }, start);
  const found = eigenvalues({ n, lambda, beta }, x);
  const levels = Float64Array.from(
    branch.levels.flatMap(({ value, multiplicity }) => Array.from({ length: multiplicity }, () => value)),
  ).sort();
  const size = largest(levels);
  const positive = found.filter((value) => value > negligible * size).length;
  const negative = found.filter((value) => value < -negligible * size).length;
  const closed = counts(branch);
  return {
    branch,
    local: beta === 0 || 2 * p === n || t < turningPoint(n, p, beta).t,
    status,
    positionError: difference(x, expected) / largest(expected),
    eigenvalueError: difference(found, levels) / size,
    positive,
    negative,
    agrees: positive === closed.positive && negative === closed.negative,
  };
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function difference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
