/** The layout of the graph: below what it needs, beside and not over one another, few crossings, always the same. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GraphNode, layOut } from '../../src/report/layout.ts';

const node = (name: string, ...needs: string[]): GraphNode => ({ name, needs });

/** Graphs whose nodes need only those before them. */
const graphs = fc
  .array(fc.array(fc.nat(20), { maxLength: 4 }), { minLength: 1, maxLength: 14 })
  .map((lists) =>
    lists.map((needs, i) => node(`n${i}`, ...new Set(needs.filter((j) => j < i).map((j) => `n${j}`)))),
  );

describe('the layout', () => {
  test('of a chain is a straight line down', () => {
    const { nodes, width, layers } = layOut([node('a'), node('b', 'a'), node('c', 'b')]);
    expect([...nodes.values()]).toEqual([0, 1, 2].map((layer) => ({ layer, across: 0.5 })));
    expect([width, layers]).toEqual([1, 3]);
  });

  test('puts every node below all it needs, whatever the graph', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes } = layOut(graph);
        for (const { name, needs } of graph)
          for (const need of needs) expect(nodes.get(need)!.layer).toBeLessThan(nodes.get(name)!.layer);
      }),
    );
  });

  test('puts no node over another nor outside the figure', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, width } = layOut(graph);
        const rows = Map.groupBy(nodes.values(), ({ layer }) => layer);
        for (const row of rows.values()) {
          const places = row.map(({ across }) => across).sort((a, b) => a - b);
          expect(places[0]).toBeGreaterThan(0.5 - 1e-9);
          expect(places.at(-1)).toBeLessThan(width - 0.5 + 1e-9);
          for (let i = 1; i < places.length; i++)
            expect(places[i]! - places[i - 1]!).toBeGreaterThan(1 - 1e-9);
        }
      }),
    );
  });

  test('gives every edge a place on each layer from end to end', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, edges } = layOut(graph);
        expect(edges.length).toBe(graph.flatMap(({ needs }) => needs).length);
        for (const { from, to, way } of edges) {
          expect([way[0], way.at(-1)]).toEqual([nodes.get(from), nodes.get(to)]);
          expect(way.map(({ layer }) => layer)).toEqual(way.map((_, i) => nodes.get(from)!.layer + i));
        }
      }),
    );
  });

  test('untangles two chains that are given crosswise', () => {
    const { nodes } = layOut([node('a'), node('b'), node('d', 'b'), node('c', 'a')]);
    const across = (name: string) => nodes.get(name)!.across;
    expect(Math.sign(across('a') - across('b'))).toBe(Math.sign(across('c') - across('d')));
  });

  test('leaves out needs that are no node, and survives a cycle', () => {
    const { nodes, edges } = layOut([node('a', 'b', 'gone'), node('b', 'a')]);
    expect(nodes.size).toBe(2);
    expect(edges.length).toBe(1);
  });
});
