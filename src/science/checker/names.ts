/** Reads the names in a certificate: block sizes, entries, components. */
import { type Arithmetic, type Enclosure } from './arithmetic.ts';
import { type Entry, type Irrep } from './frames.ts';
import type { Space } from './structure.ts';

/** A block size: `d`, `d - 2` or `3`. Throws SyntaxError otherwise. */
export function sizeOf(a: Arithmetic, text: string, d: Enclosure): Enclosure {
  const match = /^(?:(d)(?: - (\d+))?|(\d+))$/.exec(text);
  if (match === null) throw new SyntaxError(`${JSON.stringify(text)} is no block size`);
  const [, relative, less = '0', size] = match;
  return relative === undefined ? a.times(Number(size), a.one) : a.sub(d, a.times(Number(less), a.one));
}

/** The name of an entry: `diag1`, `off1` on the square of block 1, else `row1col2`. */
export function entryName({ type, block, isDiagonal }: Entry, blocks: number): string {
  if (isDiagonal) return `diag${block + 1}`;
  return type === block && type < blocks ? `off${block + 1}` : `row${type + 1}col${block + 1}`;
}

/** The name of a component, with block numbers only where several blocks have more than one input. */
export function irrepName({ single, sizes }: Space, { kind, of }: Irrep): string {
  const several = single.filter((one) => !one).length > 1;
  const on = (letter: string, block: number) => (several ? `${letter}${block + 1}` : letter);
  const [b, c] = of as [number, number];
  switch (kind) {
    case 't':
      return 't';
    case 's':
    case 'x':
    case 'y':
      return on(kind, b);
    case 's*s':
      return `${on('s', b)}*${on('s', c)}`;
    case 'e':
      return `e${b - sizes.length + 1}`;
    case 'e*s':
      return `e${c - sizes.length + 1}*${on('s', b)}`;
  }
}

/**
 * Whether structure and signs of the diagonals are those that a family's name stands for: `A`, `I`, `II`, `2`, `3`, …,
 * each with `+n` for n further rows; names that begin with `other` claim nothing. That the point lies on the branch
 * with the stated limit, no certificate of one point can say.
 */
export function fitsFamily(
  family: string,
  blocks: readonly string[],
  extra: number,
  diagonals: readonly number[],
): boolean {
  if (family.startsWith('other')) return true;
  const match = /^(A|II?|\d+)(?:\+(\d+))?$/.exec(family);
  if (match === null || Number(match[2] ?? 0) !== extra) return false;
  const [sizes, signs] = shapeOf(match[1] as string);
  return blocks.join() === sizes.join() && signs.every((sign, i) => sign * (diagonals[i] ?? 0) > 0);
}

function shapeOf(family: string): [readonly string[], readonly number[]] {
  if (family === 'A') return [['d'], [-1]];
  if (family === 'I')
    return [
      ['d - 1', '1'],
      [-1, 1],
    ];
  const size = family === 'II' ? '1' : family;
  return [
    [`d - ${size}`, size],
    [1, -1],
  ];
}
