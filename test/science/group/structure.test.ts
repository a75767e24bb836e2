import { describe, expect, it } from 'vitest';
import { Cells } from '../../../src/science/group/cells.ts';
import { type Isotropy, isotropy } from '../../../src/science/group/isotropy.ts';
import { type MatrixLike, matrixGraph, signedGraph } from '../../../src/science/group/matrix-graph.ts';
import { type Letters, nameOf, youngFactors } from '../../../src/science/group/names.ts';
import { DisjointSets } from '../../../src/science/group/orbits.ts';
import { isAutomorphism } from '../../../src/science/group/search.ts';
import { liftsWithSigns, signsCanBeBalanced, supportComponents } from '../../../src/science/group/signs.ts';
import { matrixBy, matrixOf, youngPoint } from './samples.ts';

function decided(matrix: MatrixLike): Extract<Isotropy, { status: 'decided' }> {
  const found = isotropy(matrix);
  if (found.status !== 'decided') throw new Error(`undecided: ${found.reason}`);
  return found;
}

describe('the matching of rows with columns', () => {
  it('takes the largest entry as the diagonal where two rows and columns leave the choice', () => {
    const small = matrixOf([
      [0.1, -0.9],
      [-0.9, 0.1],
    ]);
    expect(decided(small).blocks).toEqual([{ rows: [1, 0], columns: [0, 1] }]);
  });

  it('takes the row orbit of largest entries where several move with the columns, and lets the others follow', () => {
    const weak = matrixBy(6, 3, (i, j) => (i % 3 === j ? (i < 3 ? 0.4 : 1) : 0.05 * (1 + Math.floor(i / 3))));
    expect(decided(weak).blocks).toEqual([{ rows: [3, 4, 5], columns: [0, 1, 2] }]);
    expect(decided(weak).rowOrder).toEqual([3, 4, 5, 0, 1, 2]);
    expect(decided(weak).name).toBe('ΔS_3');
  });

  it('leaves columns alone that no row is left for', () => {
    const found = decided(matrixBy(3, 5, (i, j) => (i === j ? 1 : j < 3 ? 0.1 : j)));
    expect(found.name).toBe('Δ(S_3×S_1×S_1)');
    expect(found.blocks.map((block) => block.rows.length)).toEqual([3, 0, 0]);
    expect(found.columnOrder).toEqual([0, 1, 2, 4, 3]);
  });

  it('orders blocks of one size by their entries', () => {
    const found = decided(youngPoint([2, 2]));
    expect(found.blocks.map((block) => block.columns)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    const swapped = decided(
      matrixBy(4, 4, (i, j) => youngPoint([2, 2]).data[((i + 2) % 4) * 4 + ((j + 2) % 4)]!),
    );
    expect(swapped.blocks.map((block) => block.columns)).toEqual([
      [2, 3],
      [0, 1],
    ]);
  });

  it('orders all rows and all columns once, whatever the group', () => {
    for (const matrix of [
      youngPoint([3, 1], [[1, 2]]),
      matrixBy(6, 3, (i, j) => (i >> 1 === j ? 1 : 0)),
      matrixBy(4, 7, (i, j) => (i * j) % 3),
    ]) {
      const { rowOrder, columnOrder } = decided(matrix);
      expect(rowOrder.toSorted((a, b) => a - b)).toEqual(Array.from({ length: matrix.rows }, (_, i) => i));
      expect(columnOrder.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: matrix.columns }, (_, j) => j),
      );
    }
  });
});

describe('names', () => {
  const plan = {
    blocks: [
      { rows: [0], columns: [0] },
      { rows: [1, 2], columns: [1, 2] },
    ],
    riders: [],
    equalRows: [
      [3, 4],
      [5, 6, 7],
    ],
    equalColumns: [[3, 4]],
  };

  it('list factors in descending order, the diagonal one first', () => {
    const letters: Letters = { block: () => 'S', rows: () => 'S', columns: () => 'S' };
    expect(youngFactors(plan, letters)).toEqual(['Δ(S_2×S_1)', 'S_3', 'S_2', 'S_2(columns)']);
    const signed: Letters = {
      ...letters,
      block: (columns: readonly number[]) => (columns.length > 1 ? 'B' : 'S'),
    };
    expect(youngFactors({ ...plan, equalRows: [], equalColumns: [] }, signed)).toEqual(['Δ(B_2×S_1)']);
  });

  it('of other groups say what conjugation leaves alone', () => {
    const group = { young: undefined, order: 12n, rowOrbits: [[0], [1, 2, 3]], columnOrbits: [[0, 1]] };
    expect(nameOf(group)).toBe('order 12 (rows 3+1, columns 2)');
    expect(nameOf({ ...group, young: { ...plan, blocks: [], equalRows: [], equalColumns: [] } })).toBe('1');
  });
});

const matrix = (rows: readonly (readonly number[])[]) => ({
  rows: rows.length,
  columns: rows[0]!.length,
  data: Int32Array.from(rows.flat()),
});

describe('signs', () => {
  const swap = { rows: [1, 0], columns: [1, 0] };

  it('may change on each connected part of the support', () => {
    expect(
      supportComponents(
        matrix([
          [1, 0, 0],
          [0, 2, 3],
        ]),
      ),
    ).toEqual([
      [0, 2],
      [1, 3, 4],
    ]);
    expect(supportComponents(matrix([[0]]))).toEqual([[0], [1]]);
  });

  it('lift a permutation where they can be chosen, without contradiction round a cycle', () => {
    expect(
      liftsWithSigns(
        matrix([
          [1, 2],
          [-2, -1],
        ]),
        swap,
      ),
    ).toBe(true);
    expect(
      liftsWithSigns(
        matrix([
          [1, 2],
          [2, 3],
        ]),
        swap,
      ),
    ).toBe(false);
    expect(
      liftsWithSigns(
        matrix([
          [1, 1, 1],
          [1, 1, -1],
        ]),
        { rows: [0, 1], columns: [0, 2, 1] },
      ),
    ).toBe(false);
  });

  it('can be balanced unless the symmetry is of another kind', () => {
    expect(
      signsCanBeBalanced(
        matrix([
          [1, -2],
          [-2, 1],
        ]),
        [swap],
      ),
    ).toBe(true);
    expect(
      signsCanBeBalanced(
        matrix([
          [1, 2],
          [-2, 1],
        ]),
        [swap],
      ),
    ).toBe(false);
  });
});

describe('graphs of matrices', () => {
  const classes = { rows: 2, columns: 2, data: Int32Array.from([0, 1, 1, 0]) };

  it('keep rows from columns', () => {
    const graph = matrixGraph(classes);
    expect(isAutomorphism(graph, [1, 0, 3, 2])).toBe(true);
    expect(isAutomorphism(graph, [2, 3, 0, 1])).toBe(false);
    expect(isAutomorphism(graph, [1, 0, 2, 3])).toBe(false);
  });

  it('tie each row to its negative', () => {
    const doubled = { rows: 2, columns: 2, data: Int32Array.from([0, 0, 0, 0]) };
    expect(isAutomorphism(signedGraph(doubled), [1, 0, 2, 3])).toBe(true);
    const two = { rows: 4, columns: 2, data: new Int32Array(8) };
    expect(isAutomorphism(signedGraph(two), [1, 0, 3, 2, 4, 5])).toBe(true);
    expect(isAutomorphism(signedGraph(two), [1, 0, 2, 3, 4, 5])).toBe(false);
  });
});

describe('cells', () => {
  it('are cut, and opened for one vertex, without touching their copy', () => {
    const cells = Cells.byLabel([1, 0, 1, 0, 1]);
    expect([...cells.order]).toEqual([1, 3, 0, 2, 4]);
    expect(cells.largestOpenCell()).toBe(2);
    const copy = cells.clone();
    expect(copy.individualize(4)).toBe(2);
    expect([...copy.members(2)]).toEqual([4]);
    expect([...copy.members(3)].toSorted((a, b) => a - b)).toEqual([0, 2]);
    expect([cells.count, copy.count, copy.discrete]).toEqual([2, 3, false]);
  });

  it('are single in the end', () => {
    const cells = Cells.byLabel([2, 0, 1]);
    expect([cells.discrete, cells.largestOpenCell(), cells.individualize(0)]).toEqual([true, -1, 2]);
  });
});

describe('disjoint sets', () => {
  it('have their least element as root, and count', () => {
    const sets = new DisjointSets(6);
    sets.join(5, 3);
    sets.join(3, 4);
    sets.join(4, 5);
    expect([sets.root(5), sets.size(4), sets.size(0)]).toEqual([3, 3, 1]);
    expect(sets.classes()).toEqual([[0], [1], [2], [3, 4, 5]]);
  });
});
