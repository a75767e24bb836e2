/**
 * The equilibria of x' = λx + Q(x) − β|x|²x on H in closed form.
 *
 * At an equilibrium (λ − β|x|²) x_i + x_i² is the same for all i, so that the x_i have at most two values: every
 * equilibrium lies on an axis of S_p×S_{n−p}, x = t ε_p with ε_p = 1/p on p coordinates and −1/(n−p) on the rest.
 * With e = |ε_p|² = n/(p(n−p)) and Q(ε_p) = q ε_p, q = (n−2p)/(p(n−p)), what is left is λ + qt − βet² = 0
 * (arXiv:2107.02422; with β = 0, t = −λp(n−p)/(n−2p)).
 */

/** An equilibrium other than 0, up to the action of S_n, with the spectrum of Df on H. */
export interface Branch {
  readonly n: number;
  /** The isotropy is S_p×S_{n−p}, p ≤ n/2. */
  readonly p: number;
  readonly lambda: number;
  readonly beta: number;
  /** The place on the axis. */
  readonly t: number;
  /** How many equilibria the group makes of it. */
  readonly copies: number;
  /** Eigenvalues of Df on H with their multiplicities (0 allowed): along the axis, in s of S_p, in s of S_{n−p}. */
  readonly levels: readonly {
    readonly component: 't' | 's1' | 's2';
    readonly value: number;
    readonly multiplicity: number;
  }[];
}

/** e and q of the axis. */
export function axis(n: number, p: number): { readonly e: number; readonly q: number } {
  return { e: n / (p * (n - p)), q: (n - 2 * p) / (p * (n - p)) };
}

/** t ε_p: the first p coordinates are the block of S_p. */
export function onAxis(n: number, p: number, t: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (i < p ? t / p : -t / (n - p)));
}

/**
 * All branches at (n, λ, β), λ ≠ 0, by ascending p and t: one for each p < n/2 where β = 0 (at p = n/2 there is none
 * but for λ = 0). For p = n/2 the points t and −t are images of each other and count as one branch.
 */
export function branches(n: number, lambda: number, beta: number): Branch[] {
  const found: Branch[] = [];
  for (let p = 1; 2 * p <= n; p++)
    for (const t of places(n, p, lambda, beta)) found.push(branchAt(n, p, t, lambda, beta));
  return found;
}

/** The solutions t ≠ 0 of λ + qt − βet² = 0, ascending; for p = n/2 only t > 0. */
function places(n: number, p: number, lambda: number, beta: number): number[] {
  const { e, q } = axis(n, p);
  if (beta === 0) return 2 * p === n ? [] : [-lambda / q];
  const discriminant = q * q + 4 * beta * e * lambda;
  if (discriminant < 0) return [];
  // The root near 0 by the quotient that does not cancel.
  const far = (q + Math.sqrt(discriminant)) / (2 * beta * e);
  const near = -lambda / (beta * e * far);
  return (2 * p === n ? [Math.abs(far)] : [near, far]).sort((a, b) => a - b);
}

function branchAt(n: number, p: number, t: number, lambda: number, beta: number): Branch {
  const { e, q } = axis(n, p);
  const levels = [
    { component: 't', value: q * t - 2 * beta * e * t * t, multiplicity: 1 },
    { component: 's1', value: e * t, multiplicity: p - 1 },
    { component: 's2', value: -e * t, multiplicity: n - p - 1 },
  ] as const;
  return { n, p, lambda, beta, t, copies: choose(n, p), levels };
}

/** How many eigenvalues are positive and negative. */
export function counts({ levels }: Pick<Branch, 'levels'>): { positive: number; negative: number } {
  const total = (sign: number) =>
    levels.reduce((sum, { value, multiplicity }) => sum + (Math.sign(value) === sign ? multiplicity : 0), 0);
  return { positive: total(1), negative: total(-1) };
}

/** Where the branch of p < n/2 turns, for β > 0. */
export function turningPoint(
  n: number,
  p: number,
  beta: number,
): { readonly lambda: number; readonly t: number } {
  const { e, q } = axis(n, p);
  return { lambda: (-q * q) / (4 * beta * e), t: q / (2 * beta * e) };
}

/** The binomial coefficient, exact while it is below 2^53. */
export function choose(n: number, p: number): number {
  let product = 1;
  for (let i = 1; i <= p; i++) product = (product * (n - p + i)) / i;
  return product;
}
