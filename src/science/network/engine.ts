/** Says what takes steps of gradient descent, whichever way it is computed. */
import type { Matrix } from '../math/matrix.ts';

/** How a lane descends: W ← W − step·2π∇L, until its largest row ‖2π∇_{w_i}L‖ is at or under `stop`. */
export interface LaneSettings {
  readonly step: number;
  readonly stop: number;
  /** A largest row that is not under this ends the descent too. */
  readonly ceiling: number;
}

/** Descends in one or more lanes at once, each a run of its own against one target. */
export interface Engine {
  readonly lanes: number;
  /** Puts weights into a lane. Throws RangeError unless they fit the engine's shape. */
  load(lane: number, weights: Matrix, settings: LaneSettings): void;
  /** Leaves a lane without a run. */
  rest(lane: number): void;
  /**
   * Takes up to `limit` steps in all lanes, and stops before the step at which some lane is done. Returns the steps
   * taken, the same for all lanes.
   */
  descend(limit: number): number;
  /** max_i ‖2π∇_{w_i}L‖ at the lane's weights, after a descent; NaN where a row is zero. */
  largestRow(lane: number): number;
  /** A copy of the lane's weights. */
  weights(lane: number): Matrix;
}

/** What an engine is made for. */
export interface Shape {
  readonly neurons: number;
  readonly target: Matrix;
}

/** Whether a target is the identity, for which the products with it need not be computed. */
export function isIdentity({ rows, columns, data }: Matrix): boolean {
  if (rows !== columns) return false;
  return data.every((x, at) => x === (at % (columns + 1) === 0 ? 1 : 0));
}
