/** Brings a point near an arc onto it by Newton's method, and gives the arc's tangent there. */
import { luFactor, luSolve } from '../math/linear.ts';
import { matrix, type Matrix } from '../math/matrix.ts';
import { attempt, type Landscape } from './landscape.ts';
import { type ArcPoint, type Linearised, linearise } from './tangency.ts';

/** Units in which lengths along an arc are measured: |du|² + (dμ/σ)² + (dr/ρ)². */
export interface Units {
  readonly mu: number;
  readonly radius: number;
}

/** A direction of (u, μ, r), of length 1 in the units of the arc. */
export type Tangent = Float64Array;

/** A point of an arc with its tangent. */
export interface Station {
  readonly point: ArcPoint;
  readonly tangent: Tangent;
  /** |∇L/r − μu|, the largest entry. */
  readonly residual: number;
  readonly iterations: number;
}

/** What all points of one arc share. */
export interface Setting {
  readonly landscape: Landscape;
  readonly centre: Float64Array;
  readonly units: Units;
}

const mostIterations = 7;
/** A correction under this, in the units of the arc, is squared by the next: that one is the last. */
const small = 1e-7;

/** (u, μ, r) as one vector. */
export function flat({ u, mu, r }: ArcPoint): Float64Array {
  return Float64Array.from([...u, mu, r]);
}

function unflat(z: Float64Array): ArcPoint {
  const n = z.length - 2;
  return { u: z.slice(0, n), mu: z[n] as number, r: z[n + 1] as number };
}

/** The scalar product in the units of the arc. */
export function product(x: Float64Array, y: Float64Array, units: Units): number {
  const n = x.length - 2;
  return x.reduce((sum, value, i) => sum + (value * (y[i] as number)) / weight(i, n, units), 0);
}

function weight(i: number, n: number, { mu, radius }: Units): number {
  return i < n ? 1 : i === n ? mu * mu : radius * radius;
}

/** The point `length` farther along the tangent. */
export function ahead({ point, tangent }: Station, length: number): ArcPoint {
  return unflat(flat(point).map((value, i) => value + length * (tangent[i] as number)));
}

/**
 * The point of the arc near `guess` in the plane through it across `direction`, with the tangent that goes along
 * with `direction`. Undefined if Newton's method does not settle in 7 steps.
 */
export function correct(setting: Setting, guess: ArcPoint, direction: Tangent): Station | undefined {
  let z = flat(guess);
  let last = false;
  for (let iterations = 1; iterations <= mostIterations; iterations++) {
    const bordered = borderedAt(setting, z, direction);
    if (bordered === undefined) return undefined;
    const { lu, residual } = bordered;
    if (last) return station(setting, z, direction, { ...bordered, iterations });
    const change = luSolve(lu, Float64Array.from([...residual, 0]));
    z = z.map((value, i) => value - (change[i] as number));
    const size = Math.sqrt(product(change, change, setting.units));
    if (!(size < 1)) return undefined;
    last = size <= small;
  }
  return undefined;
}

type Bordered = { readonly lu: Extract<ReturnType<typeof luFactor>, { status: 'regular' }> } & Pick<
  Linearised,
  'residual'
>;

/** The equations at z with the condition to stay across `direction`, factored. */
function borderedAt(setting: Setting, z: Float64Array, direction: Tangent): Bordered | undefined {
  if (!z.every(Number.isFinite)) return undefined;
  const equations = attempt(() => linearise(setting.landscape, setting.centre, unflat(z)));
  if (equations === undefined || !equations.jacobian.data.every(Number.isFinite)) return undefined;
  const lu = luFactor(withRow(equations.jacobian, direction, setting.units));
  return lu.status === 'regular' ? { lu, residual: equations.residual } : undefined;
}

function withRow(jacobian: Matrix, direction: Tangent, units: Units): Matrix {
  const n = jacobian.columns;
  const full = matrix(n, n);
  full.data.set(jacobian.data);
  for (let i = 0; i < n; i++) full.data[(n - 1) * n + i] = (direction[i] as number) / weight(i, n - 2, units);
  return full;
}

function station(
  { units }: Setting,
  z: Float64Array,
  direction: Tangent,
  { lu, residual, iterations }: Bordered & { readonly iterations: number },
): Station {
  const unit = new Float64Array(direction.length);
  unit[unit.length - 1] = 1;
  const along = luSolve(lu, unit);
  const length = Math.sqrt(product(along, along, units));
  const worst = residual.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { point: unflat(z), tangent: along.map((value) => value / length), residual: worst, iterations };
}

/** The first point of the arc that leaves in the direction `u` with eigenvalue `mu`: the one at radius r. */
export function begin(setting: Setting, u: Float64Array, mu: number, r: number): Station | undefined {
  const outwards = new Float64Array(u.length + 2);
  outwards[u.length + 1] = setting.units.radius;
  return correct(setting, { u, mu, r }, outwards);
}
