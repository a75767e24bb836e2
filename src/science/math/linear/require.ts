/** What factorisations ask of their operands. */
import type { Matrix } from '../matrix/entries.ts';

/** Throws RangeError unless a is square. */
export function requireSquare(a: Matrix): void {
  if (a.rows !== a.columns) throw new RangeError(`a square matrix is needed, not ${a.rows}x${a.columns}`);
}

/** Throws RangeError, naming the first entry that is not finite, unless a is square and finite. */
export function requireFiniteSquare(a: Matrix): void {
  requireSquare(a);
  const { data, columns } = a;
  for (let i = 0; i < data.length; i++)
    if (!(Math.abs(data[i] as number) < Infinity))
      throw new RangeError(
        `entry (${Math.floor(i / columns)}, ${i % columns}) is ${data[i]}: only finite matrices`,
      );
}

/** Throws RangeError unless b has n entries. */
export function requireRightSide(n: number, b: Float64Array): void {
  if (b.length !== n) throw new RangeError(`a ${n}x${n} system has no right side of ${b.length} entries`);
}
