import { describe, expect, it } from 'vitest';
import { Cells } from '../../../src/science/group/cells.ts';
import { stabilizerChain } from '../../../src/science/group/chain.ts';
import { type ColouredGraph, Refiner } from '../../../src/science/group/refine.ts';
import { automorphisms, isAutomorphism } from '../../../src/science/group/search.ts';
import { allPermutations, below, shuffle, stream } from './samples.ts';

function graphBy(size: number, colour: (u: number, v: number) => number, labels?: number[]): ColouredGraph {
  const colours = Int32Array.from({ length: size * size }, (_, at) =>
    colour(Math.min(Math.floor(at / size), at % size), Math.max(Math.floor(at / size), at % size)),
  );
  return { size, colours, labels: labels ?? Array.from({ length: size }, () => 0) };
}

function relabelled(graph: ColouredGraph, p: readonly number[]): ColouredGraph {
  const { size } = graph;
  const colours = new Int32Array(size * size);
  const labels = [...graph.labels];
  for (let u = 0; u < size; u++) {
    labels[p[u]!] = graph.labels[u]!;
    for (let v = 0; v < size; v++) colours[p[u]! * size + p[v]!] = graph.colours[u * size + v]!;
  }
  return { size, colours, labels };
}

function complete(graph: ColouredGraph) {
  const found = automorphisms(graph);
  if (found.status === 'limit') throw new Error('the search met its limit');
  return found;
}

/** Vertices are pairs; edges join pairs in one row, in one column or with equal symbol of the Latin square. */
function latinSquareGraph(order: number, symbol: (i: number, j: number) => number): ColouredGraph {
  return graphBy(order * order, (u, v) => {
    const [a, b, c, d] = [Math.floor(u / order), u % order, Math.floor(v / order), v % order];
    return u !== v && (a === c || b === d || symbol(a, b) === symbol(c, d)) ? 1 : 0;
  });
}

/** A 12-cycle, two 6-cycles (refinement cannot part them), and vertices without edges. */
function threeCycles(u: number, v: number): number {
  if (v >= 24) return 0;
  if (v < 12) return v - u === 1 || v - u === 11 ? 1 : 0;
  const [a, b] = [u - 12, v - 12];
  return a >= 0 && Math.floor(a / 6) === Math.floor(b / 6) && (b - a === 1 || b - a === 5) ? 1 : 0;
}

const bits = (x: number) => [0, 1, 2, 3, 4, 5].filter((i) => (x >> i) & 1).length;

describe('the automorphism search', () => {
  it('finds as many automorphisms as there are, by trying every permutation', () => {
    const random = stream(4);
    for (let round = 0; round < 150; round++) {
      const size = 1 + below(random, 6);
      const kinds = 1 + below(random, 3);
      const table = Array.from({ length: 36 }, () => below(random, kinds));
      const labels = Array.from({ length: size }, () => below(random, 2));
      const graph = graphBy(size, (u, v) => table[u * 6 + v]!, labels);
      const { order, generators } = complete(graph);
      expect(order).toBe(BigInt(allPermutations(size).filter((p) => isAutomorphism(graph, p)).length));
      expect(stabilizerChain(generators, size).order).toBe(order);
    }
  });

  it('knows the groups of graphs that refinement alone cannot part', () => {
    const petersen = graphBy(10, (u, v) => {
      const pairs = [0, 1, 2, 3, 4].flatMap((a) => [0, 1, 2, 3, 4].filter((b) => b > a).map((b) => [a, b]));
      return pairs[u]!.some((point) => pairs[v]!.includes(point)) ? 0 : 1;
    });
    const cube = graphBy(64, (u, v) => (bits(u ^ v) === 1 ? 1 : 0));
    const shrikhande = graphBy(16, (u, v) => {
      const [x, y] = [(4 + (v >> 2) - (u >> 2)) % 4, (4 + (v & 3) - (u & 3)) % 4];
      return ['0,1', '0,3', '1,0', '3,0', '1,1', '3,3'].includes(`${x},${y}`) ? 1 : 0;
    });
    const paley = graphBy(37, (u, v) =>
      Array.from({ length: 18 }, (_, i) => ((i + 1) * (i + 1)) % 37).includes((v - u) % 37) ? 1 : 0,
    );
    expect(complete(petersen).order).toBe(120n);
    expect(complete(cube).order).toBe(46080n);
    expect(complete(graphBy(16, (u, v) => (u >> 2 === v >> 2 || (u & 3) === (v & 3) ? 1 : 0))).order).toBe(
      1152n,
    );
    expect(complete(shrikhande).order).toBe(192n);
    expect(complete(paley).order).toBe(666n);
  });

  it('opens large cells first, so that the points of one line do not trap it in a projective plane', () => {
    const points = [0, 1, 2, 3, 4].flatMap((a) => [0, 1, 2, 3, 4].map((b) => [1, a, b]));
    points.push(...[0, 1, 2, 3, 4].map((a) => [0, 1, a]), [0, 0, 1]);
    const onLine = (u: number, v: number) =>
      points[u]!.reduce((sum, x, i) => sum + x * points[v]![i]!, 0) % 5 === 0;
    const plane = graphBy(62, (u, v) => (u < 31 && v >= 31 && onLine(u, v - 31) ? 1 : 0));
    const found = complete(plane);
    expect(found.order).toBe(2n * 372000n);
    expect(found.nodes).toBeLessThan(200);
  });

  it('gives up with word of it, rather than a wrong group', () => {
    const cube = graphBy(64, (u, v) => (bits(u ^ v) === 1 ? 1 : 0));
    expect(automorphisms(cube, 3).status).toBe('limit');
  });

  it('does not depend on the names of the vertices', () => {
    const random = stream(5);
    const square = latinSquareGraph(6, (i, j) => (i + j) % 6);
    const { order } = complete(square);
    expect(order).toBe(BigInt(6 * 6 * 2 * 6));
    for (let round = 0; round < 10; round++)
      expect(complete(relabelled(square, shuffle(random, 36))).order).toBe(order);
  });

  it('does not drown where a part without symmetry that refinement misses stands beside a large symmetric one', () => {
    const found = complete(graphBy(54, threeCycles));
    expect(found.order).toBe(24n * 288n * complete(graphBy(30, () => 0)).order);
    expect(found.nodes).toBeLessThan(3000);
  });
});

describe('refinement', () => {
  it('stops where every two vertices of a cell see every cell alike', () => {
    const random = stream(6);
    for (let round = 0; round < 50; round++) {
      const size = 12;
      const table = Array.from({ length: 144 }, () => below(random, 8) >> 2);
      const graph = graphBy(size, (u, v) => table[u * 12 + v]!);
      const cells = Cells.byLabel(graph.labels);
      new Refiner(graph).refine(cells, [0]);
      const starts = [...new Set(cells.start)];
      for (const from of starts)
        for (const splitter of starts) {
          const counts = [...cells.members(from)].map((v) =>
            [...cells.members(splitter)]
              .filter((u) => u !== v)
              .map((u) => graph.colours[u * size + v]!)
              .sort((a, b) => a - b)
              .join(),
          );
          if (from !== splitter) expect(new Set(counts).size).toBe(1);
        }
    }
  });

  it('sees the same in a graph with other names', () => {
    const random = stream(7);
    const table = Array.from({ length: 400 }, () => below(random, 8) >> 2);
    const graph = graphBy(20, (u, v) => table[u * 20 + v]!);
    const traces = Array.from({ length: 10 }, () => {
      const other = relabelled(graph, shuffle(random, 20));
      return new Refiner(other).refine(Cells.byLabel(other.labels), [0]);
    });
    expect(new Set(traces).size).toBe(1);
  });
});
