/** Compares where the same starts end by two ways of training. */
import { frobenius, type Matrix, subtract } from '../math/matrix.ts';

/** Where a run ended. */
export interface End {
  readonly run: number;
  readonly status: string;
  readonly loss: number;
  readonly spurious: boolean;
  readonly weights: Matrix;
}

/** How far two ways agree. */
export interface EndsAgreement {
  /** Runs that both ways began. */
  readonly runs: number;
  /** Of these, runs whose verdict (spurious or not) differs. */
  readonly different: number;
  /** Runs that both ways followed to a critical point, and the farthest that their ends are apart (Frobenius). */
  readonly followed: number;
  readonly farthest: number;
}

/** Endings at a critical point; `settled` and `exhausted` runs stopped on the way to one. */
const atPoint: readonly string[] = ['converged', 'certified'];

/** Compares the ends run by run: no permutation is needed, since both ways began at the same weights. */
export function compareEnds(one: readonly End[], other: readonly End[]): EndsAgreement {
  const byRun = new Map(other.map((end) => [end.run, end]));
  const pairs = one.flatMap((end) => {
    const match = byRun.get(end.run);
    return match === undefined ? [] : [{ end, match }];
  });
  const followed = pairs.filter(
    ({ end, match }) => atPoint.includes(end.status) && atPoint.includes(match.status),
  );
  return {
    runs: pairs.length,
    different: pairs.filter(({ end, match }) => end.spurious !== match.spurious).length,
    followed: followed.length,
    farthest: followed.reduce(
      (most, { end, match }) => Math.max(most, frobenius(subtract(end.weights, match.weights))),
      0,
    ),
  };
}
