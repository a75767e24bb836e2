/** Guesses how a group of symmetries of a matrix moves rows and columns together. */
import { type ClassMatrix } from './matrix-graph.ts';
import { type Permutation } from './permutation.ts';

/** An element of S_k × S_d, acting by W ↦ P_π W P_ρᵀ: entry (i, j) goes to (rows[i], columns[j]). */
export interface Symmetry {
  readonly rows: Permutation;
  readonly columns: Permutation;
}

/** A group of symmetries of `matrix`, as the search reports it. */
export interface Action {
  readonly matrix: ClassMatrix;
  readonly order: bigint;
  readonly rowOrbits: readonly (readonly number[])[];
  readonly columnOrbits: readonly (readonly number[])[];
  /** Whether the group has this element. */
  readonly holds: (symmetry: Symmetry) => boolean;
  /** By class, how far its value is from zero: rows are matched with columns where entries are large. */
  readonly weight: (entryClass: number) => number;
}

/** An orbit of columns with the rows that move as they do: rows[i] belongs to columns[i]. `rows` may be empty. */
export interface Block {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** A row orbit that an orbit of columns may be matched with. */
interface Link extends Block {
  readonly entry: number;
  readonly weight: number;
}

/** What a diagonal Young group would look like here. */
export interface Plan {
  readonly blocks: readonly Block[];
  /** Further row orbits that move along with the columns of a block. */
  readonly riders: readonly Block[];
  readonly equalRows: readonly (readonly number[])[];
  readonly equalColumns: readonly (readonly number[])[];
}

/** A plan that fits the orbits, undefined where none does. Whether the group is really so is left to the caller. */
export function youngPlan(action: Action): Plan | undefined {
  const { rowOrbits, columnOrbits, matrix } = action;
  const equalRows = rowOrbits.filter((orbit) => orbit.length > 1 && rowsAreEqual(matrix, orbit));
  const equalColumns = columnOrbits.filter((orbit) => orbit.length > 1 && columnsAreEqual(matrix, orbit));
  const freeRows = rowOrbits.filter((orbit) => !equalRows.includes(orbit));
  const freeColumns = columnOrbits.filter((orbit) => !equalColumns.includes(orbit));
  const links = allLinks(action, freeRows, freeColumns);
  const chosen = choose(links);
  const taken = new Set(chosen.flatMap((link) => link.rows));
  const spare = freeRows.filter((orbit) => orbit.length > 1 && !taken.has(orbit[0]!));
  const riders = choose(
    links.filter((link) => spare.some((orbit) => orbit.includes(link.rows[0]!))),
    false,
  );
  const matched = new Set(chosen.flatMap((link) => link.columns));
  const lonely = freeColumns.filter((orbit) => !matched.has(orbit[0]!));
  if (riders.length < spare.length || lonely.some((orbit) => orbit.length > 1)) return undefined;
  if (lonely.length > 0 && riders.length > 0) return undefined;
  return {
    blocks: [...chosen, ...lonely.map((columns) => ({ rows: [], columns }))],
    riders,
    equalRows,
    equalColumns,
  };
}

/** Every way to match a row orbit with a column orbit so that the group could move both alike, best first. */
function allLinks(
  action: Action,
  rowOrbits: readonly (readonly number[])[],
  columnOrbits: readonly (readonly number[])[],
): Link[] {
  const links: Link[] = [];
  for (const columns of columnOrbits)
    for (const rows of rowOrbits) {
      const link = rows.length === columns.length ? linkOf(action, rows, columns) : undefined;
      if (link !== undefined) links.push(link);
    }
  return links.sort(
    (a, b) =>
      b.columns.length - a.columns.length ||
      b.weight - a.weight ||
      b.entry - a.entry ||
      a.columns[0]! - b.columns[0]! ||
      a.rows[0]! - b.rows[0]!,
  );
}

/** The bijection along the one class that each row of the orbits' rectangle has once, if there is one. */
function linkOf(action: Action, rows: readonly number[], columns: readonly number[]): Link | undefined {
  const { matrix, weight } = action;
  const entry = diagonalClass(action, rows[0]!, columns);
  if (entry === undefined) return undefined;
  const partners = columns.map((column) => rows.filter((row) => classAt(matrix, row, column) === entry));
  if (partners.some((found) => found.length !== 1)) return undefined;
  const matched = partners.map((found) => found[0]!);
  if (new Set(matched).size !== rows.length) return undefined;
  return { rows: matched, columns, entry, weight: weight(entry) };
}

/** The class that occurs once in the row over these columns; of several (two columns), that of the largest entry. */
function diagonalClass(action: Action, row: number, columns: readonly number[]): number | undefined {
  const classes = columns.map((column) => classAt(action.matrix, row, column));
  const single = classes.filter((entry) => classes.indexOf(entry) === classes.lastIndexOf(entry));
  if (single.length !== 1 && columns.length > 2) return undefined;
  return single.sort((a, b) => action.weight(b) - action.weight(a) || b - a)[0];
}

/** The best links that share no row orbit and, if `columnsOnce`, no column orbit. */
function choose(links: readonly Link[], columnsOnce = true): Link[] {
  const [rows, columns] = [new Set<number>(), new Set<number>()];
  return links.filter((link) => {
    if (link.rows.some((row) => rows.has(row))) return false;
    if (columnsOnce && columns.has(link.columns[0]!)) return false;
    for (const row of link.rows) rows.add(row);
    columns.add(link.columns[0]!);
    return true;
  });
}

/** Column orbits with the row orbits that can be matched to them, where the group is no Young group. */
export function looseBlocks(action: Action): Block[] {
  const chosen = choose(allLinks(action, action.rowOrbits, action.columnOrbits));
  const matched = new Set(chosen.map((link) => link.columns[0]!));
  const rest = action.columnOrbits.filter((orbit) => !matched.has(orbit[0]!));
  return [...chosen, ...rest.map((columns) => ({ rows: [], columns }))];
}

/** The class of one entry. */
export function classAt(matrix: ClassMatrix, row: number, column: number): number {
  return matrix.data[row * matrix.columns + column]!;
}

function rowsAreEqual(matrix: ClassMatrix, rows: readonly number[]): boolean {
  const range = Array.from({ length: matrix.columns }, (_, j) => j);
  return rows.every((row) => range.every((j) => classAt(matrix, row, j) === classAt(matrix, rows[0]!, j)));
}

function columnsAreEqual(matrix: ClassMatrix, columns: readonly number[]): boolean {
  const range = Array.from({ length: matrix.rows }, (_, i) => i);
  return columns.every((column) =>
    range.every((i) => classAt(matrix, i, column) === classAt(matrix, i, columns[0]!)),
  );
}
