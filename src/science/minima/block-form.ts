/** Reads the few free entries of a matrix that a product of symmetric groups fixes. */
import { type Branch, spaceOf } from '../family/branch.ts';
import { type Coordinate, coordinatesOf } from '../family/space.ts';
import { type Matrix, matrix } from '../math/matrix.ts';

/** The matrix with entry (i, j) = W[rowOrder[i]][columnOrder[j]]. Throws RangeError for orders of other lengths. */
export function inOrder(
  { columns, data }: Matrix,
  rowOrder: readonly number[],
  columnOrder: readonly number[],
): Matrix {
  const entries = rowOrder.flatMap((i) => columnOrder.map((j) => data[i * columns + j] as number));
  if (entries.length !== data.length)
    throw new RangeError(
      `${rowOrder.length} rows and ${columnOrder.length} columns are not those of the matrix`,
    );
  return matrix(rowOrder.length, columnOrder.length, Float64Array.from(entries));
}

/** A matrix of a fixed-point space by its structure and its free entries. */
export interface BlockForm {
  readonly structure: Pick<Branch, 'minorities' | 'extras'>;
  /** One for each coordinate of the space: the mean of the entries that share it. */
  readonly values: readonly number[];
  /** The largest difference between an entry of the matrix and the mean that stands for it. */
  readonly deviation: number;
}

/** Rows that differ by no more than this are copies of one row. */
const equalRows = 1e-8;

/**
 * The block form of weights (n x d, n ≥ d) whose rows and columns lie in the order of the blocks, matched rows first
 * and any others after them. `sizes`, the numbers of inputs of the blocks, must add up to d. Undefined where the
 * first block has fewer than two inputs: the space then is that of all matrices. Nothing is said about whether the
 * matrix does lie in the space: look at `deviation`.
 */
export function blockForm(weights: Matrix, sizes: readonly number[]): BlockForm | undefined {
  const [first = 0, ...minorities] = sizes;
  const inputs = sizes.reduce((sum, size) => sum + size, 0);
  if (first < 2 || inputs !== weights.columns || weights.rows < inputs) return undefined;
  const families = [...consecutive(0, sizes), ...consecutive(inputs, copiesOf(weights, inputs))];
  const blocks = consecutive(0, sizes);
  const extras = families.slice(sizes.length).map(({ size }) => size);
  const structure = { minorities, extras };
  const groups = coordinatesOf(spaceOf(structure)).map((at) =>
    entriesAt(weights, families[at.family] as Span, blocks[at.block] as Span, at),
  );
  const values = groups.map((entries) => entries.reduce((sum, entry) => sum + entry, 0) / entries.length);
  const deviation = groups.reduce(
    (largest, entries, i) =>
      entries.reduce((worst, entry) => Math.max(worst, Math.abs(entry - (values[i] as number))), largest),
    0,
  );
  return { structure, values, deviation };
}

interface Span {
  readonly start: number;
  readonly size: number;
}

function consecutive(from: number, sizes: readonly number[]): Span[] {
  let start = from;
  return sizes.map((size) => {
    const span = { start, size };
    start += size;
    return span;
  });
}

/** How many equal rows follow each other, from row `from` on. */
function copiesOf(weights: Matrix, from: number): number[] {
  const copies: number[] = [];
  for (let row = from; row < weights.rows; row++) {
    if (row > from && rowsAgree(weights, row - 1, row)) copies.push((copies.pop() as number) + 1);
    else copies.push(1);
  }
  return copies;
}

function rowsAgree({ columns, data }: Matrix, a: number, b: number): boolean {
  const row = (i: number) => data.subarray(i * columns, (i + 1) * columns);
  return row(a).every((entry, j) => Math.abs(entry - (row(b)[j] as number)) <= equalRows);
}

function entriesAt({ columns, data }: Matrix, rows: Span, block: Span, { role }: Coordinate): number[] {
  const entries: number[] = [];
  for (let i = 0; i < rows.size; i++)
    for (let j = 0; j < block.size; j++)
      if (role === 'level' || (role === 'diag') === (i === j))
        entries.push(data[(rows.start + i) * columns + block.start + j] as number);
  return entries;
}
