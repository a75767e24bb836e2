/** Computes everything that is expanded, at points of a branch so near to its limit that the series can be read off. */
import { present } from '../../base/invariant.ts';
import type { Branch } from '../family/branch.ts';
import { irrepName, irrepsOf } from '../family/irreps.ts';
import { coordinateName } from '../family/space.ts';
import { eigenvaluesAt, lossAt, solveAt } from '../certificate/solve.ts';
import { fixedField } from '../math/precision/fixed-field.ts';
import { scaleByTwo } from '../math/precision/fixed.ts';
import { type Approach, approach, startAt } from './approach.ts';

/** Where and how finely a branch is sampled: at t = d^{-1/2} = j·2^-step, j = 1 … nodes. */
export interface Grid {
  readonly bits: number;
  readonly step: number;
  readonly nodes: number;
}

/** The values of a quantity at the nodes, in order, as fixed-point numbers. */
export type Samples = ReadonlyMap<string, readonly bigint[]>;

/**
 * All entries, the loss, and, unless `only` asks for some quantities without them, the eigenvalues
 * `eig_<irrep>_<n>`, n = 1, 2, … ascending at large d.
 */
export function sampled(branch: Branch, grid: Grid, wanted: (quantity: string) => boolean): Samples {
  const samples = new Map<string, bigint[]>();
  const near = approach(branch, grid.step);
  for (let j = 1; j <= grid.nodes; j++) {
    for (const [quantity, value] of valuesAt(branch, near, grid, j, wanted)) {
      const list = samples.get(quantity) ?? [];
      list.push(value);
      samples.set(quantity, list);
    }
  }
  return samples;
}

function valuesAt(
  branch: Branch,
  near: Approach,
  { bits, step }: Grid,
  j: number,
  wanted: (quantity: string) => boolean,
): [string, bigint][] {
  const field = fixedField(bits);
  const d = (1n << BigInt(bits + 2 * step)) / BigInt(j * j);
  const start = startAt(near, scaleByTwo(j, -step));
  const solution = present(solveAt(field, branch, d, start), 'a critical point near the limit');
  const { space, coordinates } = solution.state.problem;
  const values = coordinates.map((coordinate, i): [string, bigint] => [
    coordinateName(coordinate),
    solution.values[i] as bigint,
  ]);
  if (wanted('loss')) values.push(['loss', lossAt(solution)]);
  const sizes = solution.state.problem.sizes.map((s) => field.toNumber(s));
  for (const irrep of irrepsOf(space, sizes)) {
    const name = irrepName(irrep, space);
    if (!wanted(`eig_${name}`)) continue;
    eigenvaluesAt(solution, irrep).forEach((value, n) => values.push([`eig_${name}_${n + 1}`, value]));
  }
  return values;
}
