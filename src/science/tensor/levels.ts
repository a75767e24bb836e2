/** Gathers the points that runs ended at into levels of loss, and compares index with loss. */
import type { TensorPoint } from './point.ts';

/** Points of one method that agree in all but rounding. */
export interface Level {
  readonly point: TensorPoint;
  readonly count: number;
  /** Over the points of the level. */
  readonly worstGradient: number;
  readonly largestSize: number;
}

/** Losses that are nearer than this are one level. */
const sameLoss = 1e-9;

/** By method, status, loss, index, nullity and isotropy, in this order; runs that did not converge by status alone. */
export function levels(points: readonly TensorPoint[]): Level[] {
  const found: TensorPoint[][] = [];
  for (const point of points.toSorted(byLoss)) {
    const group = found.find((members) => isSame(members[0]!, point));
    if (group === undefined) found.push([point]);
    else group.push(point);
  }
  return found.map((members) => ({
    point: members[0]!,
    count: members.length,
    worstGradient: Math.max(...members.map(({ gradientNorm }) => gradientNorm)),
    largestSize: Math.max(...members.map(({ size }) => size)),
  }));
}

function byLoss(a: TensorPoint, b: TensorPoint): number {
  if (a.method !== b.method) return a.method < b.method ? -1 : 1;
  return a.loss - b.loss;
}

function isSame(a: TensorPoint, b: TensorPoint): boolean {
  if (a.method !== b.method || a.status !== b.status) return false;
  if (a.status !== 'converged') return true;
  const { index, nullity, known } = a.inertia;
  if (index !== b.inertia.index || nullity !== b.inertia.nullity || known !== b.inertia.known) return false;
  return a.isotropy === b.isotropy && Math.abs(a.loss - b.loss) < sameLoss * Math.max(1, a.loss);
}

/** How index and loss go together over pairs of levels of different loss and index. */
export interface Agreement {
  readonly levels: number;
  readonly concordant: number;
  readonly discordant: number;
  /** (concordant − discordant) / (concordant + discordant); 1 where there is no pair. */
  readonly gamma: number;
}

/** Over the distinct (loss, index) of converged points whose nullity is 0. */
export function indexAgainstLoss(
  points: readonly Pick<TensorPoint, 'status' | 'loss' | 'inertia'>[],
): Agreement {
  const distinct: Pick<TensorPoint, 'loss' | 'inertia'>[] = [];
  for (const point of points) {
    const { index, nullity, known } = point.inertia;
    if (point.status !== 'converged' || nullity > 0 || !known) continue;
    const isOld = distinct.some((old) => isNear(old.loss, point.loss) && old.inertia.index === index);
    if (!isOld) distinct.push(point);
  }
  let [concordant, discordant] = [0, 0];
  distinct.forEach((a, i) => {
    for (const b of distinct.slice(i + 1)) {
      const order = (a.loss - b.loss) * (a.inertia.index - b.inertia.index);
      if (isNear(a.loss, b.loss) || order === 0) continue;
      if (order > 0) concordant++;
      else discordant++;
    }
  });
  const pairs = concordant + discordant;
  return {
    levels: distinct.length,
    concordant,
    discordant,
    gamma: pairs === 0 ? 1 : (concordant - discordant) / pairs,
  };
}

const isNear = (a: number, b: number) => Math.abs(a - b) < sameLoss * Math.max(1, a);
