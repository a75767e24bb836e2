/** Spans one copy of each irreducible component of M(k, d) by directions with small integer entries. */
import { type Arithmetic, type Enclosure, Undecided } from './arithmetic.ts';
import type { Direction, Frame } from './forms.ts';
import type { Point, RowAt, Space } from './structure.ts';

/** A component: `t`; `s`, `x`, `y` of a block; `s*s` of two; `e` of an extra row type; `e*s`. */
export interface Irrep {
  readonly kind: 't' | 's' | 'x' | 'y' | 's*s' | 'e' | 'e*s';
  /** Blocks and then row types that it names, counted from 0. */
  readonly of: readonly number[];
}

/** The names that the directions mark: inputs of a first block, of a second one, and equal extra rows. */
const first = [0, 1, 2, 3] as const;
const second = [10, 11] as const;
const equals = [20, 21] as const;

/** The components of a space; sizes decide which of x and y a block has. Throws Undecided where they do not. */
export function irrepsOf(a: Arithmetic, space: Space): Irrep[] {
  const blocks = space.sizes.map((_, block) => block).filter((block) => space.single[block] !== true);
  const extra = extraTypes(space).filter((type) =>
    exceeds(a, (space.types[type] as Space['types'][0]).count, 1),
  );
  const larger = (than: number) =>
    blocks.filter((block) => exceeds(a, space.sizes[block] as Enclosure, than));
  return [
    { kind: 't', of: [] },
    ...blocks.map((block): Irrep => ({ kind: 's', of: [block] })),
    ...larger(2).map((block): Irrep => ({ kind: 'x', of: [block] })),
    ...larger(3).map((block): Irrep => ({ kind: 'y', of: [block] })),
    ...blocks.flatMap((b) => blocks.filter((c) => b < c).map((c): Irrep => ({ kind: 's*s', of: [b, c] }))),
    ...extra.map((type): Irrep => ({ kind: 'e', of: [type] })),
    ...extra.flatMap((type) => blocks.map((block): Irrep => ({ kind: 'e*s', of: [block, type] }))),
  ];
}

/** Whether all members of x exceed n; throws where only some do. */
function exceeds(a: Arithmetic, x: Enclosure, n: number): boolean {
  const bound = a.times(n, a.one);
  if (x.lo > bound.hi) return true;
  if (x.hi > bound.lo) throw new Undecided(`whether a size exceeds ${n}`);
  return false;
}

function extraTypes({ types, students }: Space): number[] {
  return types.flatMap(({ block }, type) => (type < students && block < 0 ? [type] : []));
}

/** The dimension of a component: how often each of its eigenvalues occurs. */
export function dimensionOf(a: Arithmetic, space: Space, { kind, of }: Irrep): Enclosure {
  const less = (x: Enclosure, n: number) => a.sub(x, a.times(n, a.one));
  const size = (i: number) => space.sizes[of[i] as number] as Enclosure;
  const copies = (i: number) => (space.types[of[i] as number] as Space['types'][0]).count;
  const half = (x: Enclosure) => a.div(x, a.times(2, a.one));
  switch (kind) {
    case 't':
      return a.one;
    case 's':
      return less(size(0), 1);
    case 'x':
      return half(a.mul(less(size(0), 1), less(size(0), 2)));
    case 'y':
      return half(a.mul(size(0), less(size(0), 3)));
    case 's*s':
      return a.mul(less(size(0), 1), less(size(1), 1));
    case 'e':
      return less(copies(0), 1);
    case 'e*s':
      return a.mul(less(size(0), 1), less(copies(1), 1));
  }
}

function inputs(names: readonly number[], block: number): { name: number; block: number }[] {
  return names.map((name) => ({ name, block }));
}

function rows(type: number): { name: number; type: number }[] {
  return equals.map((name) => ({ name, type }));
}

/** Directions that span the copies of a component, one vector of each. */
export function frameOf(a: Arithmetic, space: Space, irrep: Irrep): Frame {
  const [b, c] = irrep.of as [number, number];
  switch (irrep.kind) {
    case 't':
      return { marks: { inputs: [], rows: [] }, directions: fixed(space) };
    case 's':
      return { marks: { inputs: inputs(first.slice(0, 2), b), rows: [] }, directions: standard(a, space, b) };
    case 'x':
      return {
        marks: { inputs: inputs(first.slice(0, 3), b), rows: [] },
        directions: [between(b, b, cycle)],
      };
    case 'y':
      return { marks: { inputs: inputs(first, b), rows: [] }, directions: [between(b, b, square)] };
    case 's*s':
      return {
        marks: { inputs: [...inputs(first.slice(0, 2), b), ...inputs(second, c)], rows: [] },
        directions: [between(b, c, sign), between(c, b, sign)],
      };
    case 'e':
      return { marks: { inputs: [], rows: rows(b) }, directions: alongBlocks(space, b) };
    case 'e*s':
      return {
        marks: { inputs: inputs(first.slice(0, 2), b), rows: rows(c) },
        directions: [between(c, b, sign)],
      };
  }
}

/** 1 and −1 on the two names of each pair, else 0. */
function single(name: number): number {
  if (name === 0 || name === 10 || name === 20) return 1;
  return name === 1 || name === 11 || name === 21 ? -1 : 0;
}

/** The product u ⊗ u′ of two differences of marked names. */
function sign(row: number, point: number): number {
  return single(row) * single(point);
}

/** The antisymmetric matrix with 1 along the cycle 012: rows and columns sum to 0. */
function cycle(row: number, point: number): number {
  if (row < 0 || point < 0 || row > 2 || point > 2 || row === point) return 0;
  return (row + 1) % 3 === point ? 1 : -1;
}

/** The symmetric matrix with 1, −1, 1, −1 along the cycle 0123: no diagonal, rows and columns sum to 0. */
function square(row: number, point: number): number {
  if (row < 0 || point < 0 || row > 3 || point > 3 || (row + point) % 2 === 0) return 0;
  return Math.min(row, point) % 2 === 0 && Math.abs(row - point) === 1 ? 1 : -1;
}

/** A direction that moves the rows of a type at the inputs of a block, by a matrix between names. */
function between(type: number, block: number, matrix: (row: number, point: number) => number): Direction {
  return (row, point) => (row.type === type && point.block === block ? matrix(row.name, point.name) : 0);
}

/** One direction for each free entry: 1 wherever it stands. Their order is that of `entriesOf`. */
function fixed(space: Space): Direction[] {
  return entriesOf(space).map(({ type, block, isDiagonal }): Direction => (row, point) => {
    if (row.type !== type || point.block !== block) return 0;
    const own = (space.types[type] as Space['types'][0]).block === block && row.name === point.name;
    return own === isDiagonal ? 1 : 0;
  });
}

/** A free entry of the fixed-point space. */
export interface Entry {
  readonly type: number;
  readonly block: number;
  readonly isDiagonal: boolean;
}

/** What the free entries depend on. */
interface Layout {
  readonly types: readonly { readonly block: number }[];
  readonly students: number;
  readonly single: readonly boolean[];
}

/** The free entries: row type by row type, block by block, the diagonal before the rest of its square. */
export function entriesOf({ types, students, single: isSingle }: Layout): Entry[] {
  return types.slice(0, students).flatMap(({ block: own }, type) =>
    isSingle.flatMap((one, block): Entry[] => {
      if (block !== own) return [{ type, block, isDiagonal: false }];
      const diagonal = { type, block, isDiagonal: true };
      return one ? [diagonal] : [diagonal, { type, block, isDiagonal: false }];
    }),
  );
}

/**
 * For u = e_0 − e_1 on a block: u on its diagonal; u_i off it; u_j off it (the same but for its sign where the block
 * has two inputs); u_i on each other block; and u along the rows of every other type.
 */
function standard(a: Arithmetic, space: Space, block: number): Direction[] {
  const size = space.sizes[block] as Enclosure;
  const isPair = size.lo === size.hi && size.lo === a.times(2, a.one).lo;
  const tied =
    (use: (row: RowAt, point: Point) => number): Direction =>
    (row, point) =>
      row.type === block ? use(row, point) : 0;
  const off = (use: (row: RowAt, point: Point) => number) =>
    tied((row, point) => (point.block === block && point.name !== row.name ? use(row, point) : 0));
  return [
    tied((row, point) => (point.name === row.name ? single(row.name) : 0)),
    off((row) => single(row.name)),
    ...(isPair ? [] : [off((_, point) => single(point.name))]),
    ...space.sizes.flatMap((_, other) =>
      other === block ? [] : [tied((row, point) => (point.block === other ? single(row.name) : 0))],
    ),
    ...space.types
      .slice(0, space.students)
      .flatMap((_, type): Direction[] =>
        type === block ? [] : [(row, point) => (row.type === type ? single(point.name) : 0)],
      ),
  ];
}

/** The difference of two equal rows, one direction for each block of inputs. */
function alongBlocks(space: Space, type: number): Direction[] {
  return space.sizes.map(
    (_, block): Direction =>
      (row, point) =>
        row.type === type && point.block === block ? single(row.name) : 0,
  );
}
