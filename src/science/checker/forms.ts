/** Encloses the loss, its slopes and its second derivatives along symmetric directions, row class by row class. */
import type { Arithmetic, Enclosure } from './arithmetic.ts';
import {
  type Angle,
  angleOf,
  kernel,
  mixedCurvature,
  ownCurvature,
  parallel,
  type Shadow,
  slope,
} from './kernel.ts';
import {
  entryAt,
  here,
  type Marks,
  othersOf,
  type Point,
  pointsFor,
  type RowAt,
  type RowClass,
  rowClasses,
  type RowType,
  type Space,
} from './structure.ts';

/** A direction in M(k, d): the integer that it has in a student's row at an input. */
export type Direction = (row: RowAt, point: Point) => number;

/** Directions that span one copy of a component, and the names that they mark. */
export interface Frame {
  readonly marks: Marks;
  readonly directions: readonly Direction[];
}

/** A matrix as rows. */
export type Matrix = Enclosure[][];

/** A space with the norms and angles of its rows, each found once. */
export interface Configuration {
  readonly a: Arithmetic;
  readonly space: Space;
  readonly norms: readonly Enclosure[];
  readonly angles: Map<string, Angle>;
}

const unmarked: Marks = { inputs: [], rows: [] };

/** Prepares a space. */
export function configured(a: Arithmetic, space: Space): Configuration {
  const norms = space.types.map((_, type) => {
    const row = { type, name: here };
    return a.sqrt(entriesDot(a, space, pointsFor(a, space, unmarked, [row]), row, row));
  });
  return { a, space, norms, angles: new Map() };
}

function entriesDot(
  a: Arithmetic,
  space: Space,
  points: readonly Point[],
  left: RowAt,
  right: RowAt,
): Enclosure {
  return points.reduce((sum, point) => {
    const entry = entryAt(space, left, point);
    const product = left === right ? a.square(entry) : a.mul(entry, entryAt(space, right, point));
    return a.add(sum, a.mul(point.count, product));
  }, a.zero);
}

/** The angle between two different rows; equal ones of an extra type are parallel by definition. */
function angleBetween({ a, space, norms, angles }: Configuration, left: RowAt, right: RowAt): Angle {
  const tied = (space.types[left.type] as RowType).block >= 0;
  if (left.type === right.type && !tied) return parallel(a);
  const key = `${left.type},${right.type},${left.name === right.name}`;
  const known = angles.get(key);
  if (known !== undefined) return known;
  const points = pointsFor(a, space, unmarked, [left, right]);
  const product = entriesDot(a, space, points, left, right);
  const area = areaOf(a, space, points, left, right);
  const angle = angleOf(a, norms[left.type] as Enclosure, norms[right.type] as Enclosure, product, area);
  angles.set(key, angle);
  return angle;
}

/** √(|w|²|v|² − (w·v)²) by Lagrange's identity: a sum of squared minors, each as small as the rows are parallel. */
function areaOf(a: Arithmetic, space: Space, points: readonly Point[], left: RowAt, right: RowAt): Enclosure {
  let sum = a.zero;
  points.forEach((p, i) => {
    for (const q of points.slice(i + 1)) {
      const minor = a.sub(
        a.mul(entryAt(space, left, p), entryAt(space, right, q)),
        a.mul(entryAt(space, left, q), entryAt(space, right, p)),
      );
      sum = a.add(sum, a.mul(a.mul(p.count, q.count), a.square(minor)));
    }
  });
  return a.sqrt(sum);
}

/** 2π times the loss: half the signed sum of κ over all pairs of rows; 2πκ(w, w) = π|w|². */
export function lossOf(configuration: Configuration): Enclosure {
  const { a, space, norms } = configuration;
  const classes = rowClasses(a, space, unmarked);
  let twice = a.zero;
  for (const { row, count } of classes) {
    const norm = norms[row.type] as Enclosure;
    let sum = a.mul(a.pi, a.square(norm));
    for (const other of othersOf(a, space, classes, row)) {
      const value = kernel(
        a,
        angleBetween(configuration, row, other.row),
        norm,
        norms[other.row.type] as Enclosure,
      );
      sum = a.add(sum, a.times(sideOf(space, row) * sideOf(space, other.row), a.mul(other.count, value)));
    }
    twice = a.add(twice, a.mul(count, sum));
  }
  return a.div(twice, a.times(2, a.one));
}

function sideOf(space: Space, row: RowAt): 1 | -1 {
  return (space.types[row.type] as RowType).side;
}

/** 2π times the slopes of the loss along the directions of a frame. */
export function slopesOf(configuration: Configuration, { marks, directions }: Frame): Enclosure[] {
  const { a, space, norms } = configuration;
  const classes = rowClasses(a, space, marks);
  const slopes = directions.map(() => a.zero);
  for (const { row, count } of studentsOf(space, classes)) {
    const points = pointsFor(a, space, marks, [row]);
    const own = directions.map((u) => a.mul(a.pi, projection(a, space, points, u, row, row)));
    for (const other of othersOf(a, space, classes, row)) {
      const angle = angleBetween(configuration, row, other.row);
      const shadows = shadowsOf(configuration, marks, directions, row, row, other.row);
      const weight = a.times(sideOf(space, other.row), other.count);
      shadows.forEach((shadow, m) => {
        const value = slope(a, angle, norms[other.row.type] as Enclosure, shadow);
        own[m] = a.add(own[m] as Enclosure, a.mul(weight, value));
      });
    }
    own.forEach((value, m) => (slopes[m] = a.add(slopes[m] as Enclosure, a.mul(count, value))));
  }
  return slopes;
}

function studentsOf({ students }: Space, classes: readonly RowClass[]): RowClass[] {
  return classes.filter(({ row }) => row.type < students);
}

/** The inner product of a direction's row with another row. */
function projection(
  a: Arithmetic,
  space: Space,
  points: readonly Point[],
  u: Direction,
  row: RowAt,
  onto: RowAt,
): Enclosure {
  return points.reduce((sum, point) => {
    const value = u(row, point);
    if (value === 0) return sum;
    return a.add(sum, a.times(value, a.mul(point.count, entryAt(space, onto, point))));
  }, a.zero);
}

/** The inner product of two directions' rows. */
function product(
  a: Arithmetic,
  points: readonly Point[],
  u: Direction,
  row: RowAt,
  v: Direction,
  other: RowAt,
): Enclosure {
  return points.reduce(
    (sum, point) => a.add(sum, a.times(u(row, point) * v(other, point), point.count)),
    a.zero,
  );
}

/** What the directions' rows `row` show to the unit vectors along the rows `first` and `second`. */
function shadowsOf(
  { a, space, norms }: Configuration,
  marks: Marks,
  directions: readonly Direction[],
  row: RowAt,
  first: RowAt,
  second: RowAt,
): Shadow[] {
  const points = pointsFor(a, space, marks, [first, second]);
  return directions.map((u) => ({
    onFirst: a.div(projection(a, space, points, u, row, first), norms[first.type] as Enclosure),
    onSecond: a.div(projection(a, space, points, u, row, second), norms[second.type] as Enclosure),
    squared: product(a, points, u, row, u, row),
  }));
}

/** The inner products of a frame's directions. */
export function gramOf({ a, space }: Configuration, { marks, directions }: Frame): Matrix {
  const gram = zeroMatrix(a, directions.length);
  for (const { row, count } of studentsOf(space, rowClasses(a, space, marks))) {
    const points = pointsFor(a, space, marks, [row]);
    increase(a, gram, (m, n) =>
      a.mul(count, product(a, points, directions[m] as Direction, row, directions[n] as Direction, row)),
    );
  }
  return gram;
}

/** 2π times the second derivatives of the loss along the directions of a frame. */
export function hessianOf(configuration: Configuration, frame: Frame): Matrix {
  const { a, space } = configuration;
  const classes = rowClasses(a, space, frame.marks);
  const hessian = zeroMatrix(a, frame.directions.length);
  for (const { row, count } of studentsOf(space, classes)) {
    const points = pointsFor(a, space, frame.marks, [row]);
    const direct = pairing(a, frame, points, row, row);
    increase(a, hessian, (m, n) => a.mul(a.mul(a.pi, count), direct(m, n)));
    for (const other of othersOf(a, space, classes, row))
      addPair(configuration, frame, hessian, { row, count }, other);
  }
  return hessian;
}

/** The inner products U_m(row)·U_n(other). */
function pairing(a: Arithmetic, { directions }: Frame, points: readonly Point[], row: RowAt, other: RowAt) {
  return (m: number, n: number) =>
    product(a, points, directions[m] as Direction, row, directions[n] as Direction, other);
}

/** Adds what a pair of rows contributes: curvature in the first row, and between the two if both are students'. */
function addPair(
  configuration: Configuration,
  frame: Frame,
  hessian: Matrix,
  first: RowClass,
  second: RowClass,
): void {
  const { a, space, norms } = configuration;
  const [row, other] = [first.row, second.row];
  const points = pointsFor(a, space, frame.marks, [row, other]);
  const angle = angleBetween(configuration, row, other);
  const shadows = shadowsOf(configuration, frame.marks, frame.directions, row, row, other);
  const ratio = a.div(norms[other.type] as Enclosure, norms[row.type] as Enclosure);
  const count = a.mul(first.count, second.count);
  const weight = a.times(sideOf(space, other), count);
  const direct = pairing(a, frame, points, row, row);
  increase(a, hessian, (m, n) =>
    a.mul(weight, ownCurvature(a, angle, ratio, direct(m, n), shadows[m] as Shadow, shadows[n] as Shadow)),
  );
  if (other.type >= space.students) return;
  const across = pairing(a, frame, points, row, other);
  const reflected = shadowsOf(configuration, frame.marks, frame.directions, other, row, other);
  increase(a, hessian, (m, n) =>
    a.mul(count, mixedCurvature(a, angle, across(m, n), shadows[m] as Shadow, reflected[n] as Shadow)),
  );
}

function zeroMatrix(a: Arithmetic, size: number): Matrix {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => a.zero));
}

function increase(a: Arithmetic, matrix: Matrix, by: (m: number, n: number) => Enclosure): void {
  matrix.forEach((row, m) => row.forEach((value, n) => (row[n] = a.add(value, by(m, n)))));
}
