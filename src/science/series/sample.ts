/** Computes everything that is expanded, at points of a branch so near to its limit that the series can be read off. */
import { present } from '../../base/invariant.ts';
import type { Branch } from '../family/branch.ts';
import { descend, scalesAt } from '../family/descent.ts';
import { irrepName, irrepsOf } from '../family/irreps.ts';
import { coordinateName } from '../family/space.ts';
import { eigenvaluesAt, lossAt, solveAt } from '../certificate/solve.ts';
import { fixedField } from '../math/precision/fixed-field.ts';
import { scaleByTwo } from '../math/precision/fixed.ts';

/** Where and how finely a branch is sampled: at t = d^{-1/2} = j·2^-step, j = 1 … nodes. */
export interface Grid {
  readonly bits: number;
  readonly step: number;
  readonly nodes: number;
}

/** The d from which branches are followed to their limit. */
const entrance = 1e8;

/** The values of a quantity at the nodes, in order, as fixed-point numbers. */
export type Samples = ReadonlyMap<string, readonly bigint[]>;

/**
 * All entries, the loss, and, unless `only` asks for some quantities without them, the eigenvalues
 * `eig_<irrep>_<n>`, n = 1, 2, … ascending at large d.
 */
export function sampled(branch: Branch, grid: Grid, wanted: (quantity: string) => boolean): Samples {
  const samples = new Map<string, bigint[]>();
  const limit = nearLimit(branch, 2 * grid.step);
  for (let j = 1; j <= grid.nodes; j++) {
    for (const [quantity, value] of valuesAt(branch, limit, grid, j, wanted)) {
      const list = samples.get(quantity) ?? [];
      list.push(value);
      samples.set(quantity, list);
    }
  }
  return samples;
}

/** d is raised by this factor from one start to the next, on the way from where branches are entered to the limit. */
const climb = 1024;

/** Binary digits that suffice to climb with: only some fifty of a start are used. */
const climbBits = 512;

/** The entries, divided by their scale, at d near 2^exponent: followed up from where the branch is entered. */
function nearLimit(branch: Branch, exponent: number): number[] {
  const field = fixedField(climbBits);
  const entered = present(descend(branch, entrance)?.points[0], `the entrance of branch ${branch.name}`);
  let scaled = entered.values.map((value, i) => value / (scalesAt(branch, entrance)[i] as number));
  const top = scaleByTwo(1, exponent);
  for (let d = Math.min(entrance * climb, top); ; d = Math.min(d * climb, top)) {
    const scales = scalesAt(branch, d);
    const start = scaled.map((value, i) => value * (scales[i] as number));
    const solution = present(
      solveAt(field, branch, field.fromNumber(d), start),
      'a critical point on the way up',
    );
    scaled = solution.values.map((value, i) => field.toNumber(value) / (scales[i] as number));
    if (d === top) return scaled;
  }
}

function valuesAt(
  branch: Branch,
  limit: readonly number[],
  { bits, step }: Grid,
  j: number,
  wanted: (quantity: string) => boolean,
): [string, bigint][] {
  const field = fixedField(bits);
  const d = (1n << BigInt(bits + 2 * step)) / BigInt(j * j);
  const start = scalesAt(branch, field.toNumber(d)).map((scale, i) => scale * (limit[i] as number));
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
