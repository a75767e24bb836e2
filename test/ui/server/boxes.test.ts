/** The drawing of the graph: boxes that hold their cells, none over another, each below what it needs, parts in rows. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellAt, cellSize } from '../../../src/ui/common/cells.ts';
import { type StageNode, drawBoxes } from '../../../src/ui/server/boxes.ts';
import { componentsOf } from '../../../src/report/components.ts';

/** Graphs whose stages need only those before them. */
const graphs = fc
  .array(fc.record({ needs: fc.array(fc.nat(20), { maxLength: 3 }), steps: fc.nat(200) }), {
    minLength: 1,
    maxLength: 16,
  })
  .map((list) =>
    list.map(({ needs, steps }, i): StageNode => ({
      name: `stage-${i}`,
      needs: [...new Set(needs.filter((j) => j < i).map((j) => `stage-${j}`))],
      steps,
    })),
  );

describe('the drawing', () => {
  test('puts no box over another nor outside', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { boxes, size } = drawBoxes(graph);
        const all = [...boxes.values()];
        expect(all.length).toBe(graph.length);
        for (const [i, a] of all.entries()) {
          expect(
            a.x >= -1e-6 &&
              a.y >= 0 &&
              a.x + a.width <= size.width + 1e-6 &&
              a.y + a.height <= size.height + 1e-6,
          ).toBe(true);
          for (const b of all.slice(i + 1))
            expect(
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
            ).toBe(true);
        }
      }),
    );
  });

  test('puts every stage below what it needs, and leads each edge from box to box', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { boxes, edges } = drawBoxes(graph);
        expect(edges.length).toBe(graph.flatMap(({ needs }) => needs).length);
        for (const { from, to, path } of edges) {
          const [a, b] = [boxes.get(from)!, boxes.get(to)!];
          expect(a.y + a.height).toBeLessThan(b.y);
          expect(path[0]).toEqual({ x: a.x + a.width / 2, y: a.y + a.height });
          expect(path.at(-1)!.x).toBeCloseTo(b.x + b.width / 2, 6);
          expect(path.at(-1)!.y).toBeCloseTo(b.y, 6);
        }
      }),
    );
  });

  test('makes boxes that hold all their cells', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { boxes } = drawBoxes(graph);
        for (const { name, steps } of graph) {
          const box = boxes.get(name)!;
          for (let i = 0; i < steps; i++) {
            const cell = cellAt(box, i);
            expect(cell.x + cellSize <= box.x + box.width && cell.y + cellSize <= box.y + box.height).toBe(
              true,
            );
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('of nothing is nothing', () => {
    expect(drawBoxes([])).toEqual({ boxes: new Map(), edges: [], size: { width: 0, height: 0 } });
  });

  test('of many parts is about as wide as a screen', () => {
    const parts = Array.from({ length: 40 }, (_, i) => ({ name: `s${i}`, needs: [], steps: 1 }));
    const { size } = drawBoxes(parts);
    expect(size.width / size.height).toBeGreaterThan(0.8);
    expect(size.width / size.height).toBeLessThan(3);
  });
});

test('what hangs together stays together', () => {
  const node = (name: string, ...needs: string[]) => ({ name, needs });
  const nodes = [
    node('a'),
    node('x'),
    node('b', 'a'),
    node('y', 'x', 'gone'),
    node('c', 'a'),
    node('d', 'b', 'c'),
  ];
  const parts = componentsOf(nodes).map((part) => part.map(({ name }) => name));
  expect(parts).toEqual([
    ['a', 'b', 'c', 'd'],
    ['x', 'y'],
  ]);
});
