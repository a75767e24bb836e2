/**
 * The worked example h(x, y) = x⁴ + x²y² + y⁴ − 2x² − 2y², all tangency arcs of which are known by algebra (a maximum,
 * four saddles, four minima).
 */
import { fromRows } from '../math/matrix.ts';
import type { Landscape } from './landscape.ts';

/** h. */
export function workedExample(): Landscape {
  return {
    size: 2,
    value: (p) => {
      const [x, y] = [p[0] as number, p[1] as number];
      return x * x * x * x + x * x * y * y + y * y * y * y - 2 * x * x - 2 * y * y;
    },
    gradient: (p) => {
      const [x, y] = [p[0] as number, p[1] as number];
      return Float64Array.of(4 * x * x * x + 2 * x * y * y - 4 * x, 4 * y * y * y + 2 * x * x * y - 4 * y);
    },
    hessian: (p) => {
      const [x, y] = [p[0] as number, p[1] as number];
      return fromRows([
        [12 * x * x + 2 * y * y - 4, 4 * x * y],
        [4 * x * y, 12 * y * y + 2 * x * x - 4],
      ]);
    },
  };
}

/** A kind of critical point of h: one of each is enough, the others are its images under the symmetries of the square. */
export type WorkedKind = 'maximum' | 'saddle' | 'minimum';

/** An arc of h with a polynomial that vanishes on it. */
export interface WorkedArc {
  readonly centre: WorkedKind;
  /** The polynomial, in words. */
  readonly curve: string;
  readonly direction: Float64Array;
  readonly polynomial: (x: number, y: number) => number;
}

/** √(2/3): the minima are (±a, ±a). */
export function minimumOfWorked(): number {
  return Math.sqrt(2 / 3);
}

/** Where the critical points of each kind lie, one of each. */
export function workedCentre(kind: WorkedKind): Float64Array {
  const a = minimumOfWorked();
  return Float64Array.from({ maximum: [0, 0], saddle: [1, 0], minimum: [a, a] }[kind]);
}

/**
 * All arcs of h from one critical point of each kind. (x − c) h_y = (y − d) h_x around (c, d) factors: around the
 * maximum into 2xy(y² − x²); around (1, 0) into y and y²(x − 2) − (x − 1)(x² + 2x + 2); around (a, a) into x − y and
 * xy(x + y + 3a) − 2a((x + y)² − 1).
 */
export function workedArcs(): WorkedArc[] {
  const a = minimumOfWorked();
  const half = Math.sqrt(0.5);
  const both = (
    centre: WorkedKind,
    curve: string,
    [u, v]: readonly [number, number],
    polynomial: WorkedArc['polynomial'],
  ) => [1, -1].map((sign) => ({ centre, curve, direction: Float64Array.of(sign * u, sign * v), polynomial }));
  return [
    ...both('maximum', 'y', [1, 0], (_, y) => y),
    ...both('maximum', 'x', [0, 1], (x) => x),
    ...both('maximum', 'x - y', [half, half], (x, y) => x - y),
    ...both('maximum', 'x + y', [half, -half], (x, y) => x + y),
    ...both('saddle', 'y', [1, 0], (_, y) => y),
    ...both(
      'saddle',
      'y^2(x - 2) - (x - 1)(x^2 + 2x + 2)',
      [0, 1],
      (x, y) => y * y * (x - 2) - (x - 1) * (x * x + 2 * x + 2),
    ),
    ...both('minimum', 'x - y', [half, half], (x, y) => x - y),
    ...both(
      'minimum',
      'xy(x + y + 3a) - 2a((x + y)^2 - 1)',
      [half, -half],
      (x, y) => x * y * (x + y + 3 * a) - 2 * a * ((x + y) * (x + y) - 1),
    ),
  ];
}
