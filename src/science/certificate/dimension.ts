/** Writes the dimension of a component exactly, for block sizes that are decimals. */
import { unreachable } from '../../base/invariant.ts';
import type { Irrep } from '../family/irreps.ts';
import type { Space } from '../family/space.ts';
import { type Decimal, decimalText, powerOfTen } from './decimal.ts';

/**
 * The dimension of an irrep as an exact decimal; `d` is the dimension of the space, all blocks but the first have
 * the integer sizes `minorities`. Throws RangeError for components on blank inputs.
 */
export function exactDimension(
  irrep: Irrep,
  space: Space,
  minorities: readonly number[],
  d: Decimal,
): string {
  const unit = powerOfTen(d.places);
  const sizes = [
    d.units - unit * BigInt(minorities.reduce((sum, size) => sum + size, 0)),
    ...minorities.map((size) => unit * BigInt(size)),
  ];
  const size = (block: number) => sizes[block] as bigint;
  const less = (block: number, n: bigint) => size(block) - n * unit;
  const others = (family: number) => {
    const student = space.students[family];
    return student?.kind === 'free' ? BigInt(student.copies - 1) : 0n;
  };
  switch (irrep.kind) {
    case 't':
      return '1';
    case 's':
      return trimmed(less(irrep.block, 1n), d.places);
    case 'x':
      return trimmed(5n * less(irrep.block, 1n) * less(irrep.block, 2n), 2 * d.places + 1);
    case 'y':
      return trimmed(5n * size(irrep.block) * less(irrep.block, 3n), 2 * d.places + 1);
    case 'product':
      return trimmed(less(irrep.block, 1n) * less(irrep.other, 1n), 2 * d.places);
    case 'free':
      return String(others(irrep.family));
    case 'free*s':
      return trimmed(others(irrep.family) * less(irrep.block, 1n), d.places);
    case 'blank':
      throw new RangeError('no certificate covers blank inputs');
    default:
      return unreachable(irrep);
  }
}

/** units·10^-places without needless zeros. */
function trimmed(units: bigint, places: number): string {
  let [left, kept] = [units, places];
  for (; kept > 0 && left % 10n === 0n; kept--) left /= 10n;
  return decimalText(left, kept);
}
