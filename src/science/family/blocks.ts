/** Gives the Hessian of the loss as one small symmetric matrix for each irrep, in orthonormal coordinates. */
import { unreachable } from '../../base/invariant.ts';
import type { Irrep } from './irreps.ts';
import { fixedModes, normalized, standardModes, type WeighedMode } from './modes.ts';
import type { State } from './problem.ts';
import { hessianOn } from './quadratic.ts';
import {
  blankBlock,
  blankFreeBlock,
  blankStandardBlock,
  freeBlock,
  freeStandardBlock,
  productBlock,
  squareBlock,
} from './simple-blocks.ts';

/**
 * The matrix of ∂²(2πL) on one copy of an irrep: its eigenvalues are 2π times those of the Hessian, each repeated
 * `dimensionOf(irrep)` times. For `t` its rows are the problem's coordinates, scaled to unit length.
 */
export function blockOf<T>(state: State<T>, irrep: Irrep): T[][] {
  switch (irrep.kind) {
    case 't':
      return blockOn(state, -1, fixedModes(state.problem));
    case 's':
      return blockOn(state, irrep.block, standardModes(state.problem, irrep.block));
    case 'x':
      return squareBlock(state, irrep.block, -1);
    case 'y':
      return squareBlock(state, irrep.block, 1);
    case 'product':
      return productBlock(state, irrep.block, irrep.other);
    case 'free':
      return freeBlock(state, irrep.family);
    case 'free*s':
      return freeStandardBlock(state, irrep.family, irrep.block);
    case 'blank':
      return blankOf(state, irrep);
    default:
      return unreachable(irrep);
  }
}

function blockOn<T>(state: State<T>, block: number, modes: readonly WeighedMode<T>[]): T[][] {
  const matrix = hessianOn(
    state,
    block,
    modes.map(({ mode }) => mode),
  );
  return normalized(
    state.problem.field,
    matrix,
    modes.map(({ weight }) => weight),
  );
}

function blankOf<T>(state: State<T>, { rows }: Extract<Irrep, { kind: 'blank' }>): T[][] {
  switch (rows.kind) {
    case 't':
      return blankBlock(state);
    case 's':
      return blankStandardBlock(state, rows.block);
    case 'free':
      return blankFreeBlock(state, rows.family);
    default:
      return unreachable(rows);
  }
}
