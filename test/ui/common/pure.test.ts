/** What server and page share: addresses, views, cells, orders, walks, times. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { between, fit, pan, toDrawing, zoomAt } from '../../../src/ui/common/camera.ts';
import { cellAt, cellSize, cellUnder } from '../../../src/ui/common/cells.ts';
import { colourOf, inkOn } from '../../../src/ui/common/colours.ts';
import { inLanes } from '../../../src/ui/common/lanes.ts';
import { compareCells, sortedRows } from '../../../src/ui/common/order.ts';
import { hashOf, parseRoute } from '../../../src/ui/common/route.ts';
import { search } from '../../../src/ui/common/search.ts';
import { dependents, reached } from '../../../src/ui/common/walk.ts';

describe('an address inside the page', () => {
  test('is read back as it was written, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
        expect(parseRoute(hashOf('step', name))).toEqual({ page: 'step', names: [name] });
      }),
    );
  });

  test('that names nothing or cannot be read is the overview', () => {
    for (const hash of ['', '#', '#/', '#/%E0%A4%A'])
      expect(parseRoute(hash)).toEqual({ page: 'overview', names: [] });
  });
});

const cameras = fc.record({
  x: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  y: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  scale: fc.double({ min: 0.05, max: 6, noNaN: true }),
});

describe('the view', () => {
  test('keeps the point under the pointer where it is when it zooms', () => {
    fc.assert(
      fc.property(cameras, fc.double({ min: 0.5, max: 2, noNaN: true }), (camera, factor) => {
        const [before, after] = [camera, zoomAt(camera, factor, 300, 200)].map((each) =>
          toDrawing(each, 300, 200),
        );
        expect(after?.x).toBeCloseTo(before?.x ?? NaN, 6);
        expect(after?.y).toBeCloseTo(before?.y ?? NaN, 6);
      }),
    );
  });

  test('never zooms beyond its bounds', () => {
    const far = zoomAt({ x: 0, y: 0, scale: 1 }, 1e-9, 0, 0);
    const near = zoomAt({ x: 0, y: 0, scale: 1 }, 1e9, 0, 0);
    expect([far.scale, near.scale]).toEqual([0.02, 8]);
  });

  test('follows the hand', () => {
    const moved = pan({ x: 0, y: 0, scale: 2 }, 30, -10);
    expect(toDrawing(moved, 30, -10)).toEqual({ x: 0, y: 0 });
  });

  test('fits a drawing into the middle of the screen', () => {
    const screen = { width: 800, height: 600 };
    const camera = fit({ width: 4000, height: 1000 }, screen);
    expect(toDrawing(camera, 400, 300)).toEqual({ x: 2000, y: 500 });
    expect(4000 * camera.scale).toBeLessThanOrEqual(800);
  });

  test('flies from one to the other', () => {
    const screen = { width: 800, height: 600 };
    const [from, to] = [
      { x: 0, y: 0, scale: 1 },
      { x: 100, y: 50, scale: 4 },
    ];
    expect(between(from, to, 0, screen)).toEqual(from);
    const end = between(from, to, 1, screen);
    expect(end.x).toBeCloseTo(100);
    expect(between(from, to, 0.5, screen).scale).toBeCloseTo(2);
  });
});

describe('cells', () => {
  const box = { x: 40, y: 70, columns: 7 };

  test('are found again under their own middle', () => {
    fc.assert(
      fc.property(fc.nat(500), (index) => {
        const { x, y } = cellAt(box, index);
        expect(cellUnder(box, 501, x + cellSize / 2, y + cellSize / 2)).toBe(index);
      }),
    );
  });

  test('are nowhere in the head, beside the box or past the last', () => {
    expect(cellUnder(box, 10, box.x + 12, box.y + 5)).toBeUndefined();
    expect(cellUnder(box, 10, box.x - 1, box.y + 50)).toBeUndefined();
    const { x, y } = cellAt(box, 10);
    expect(cellUnder(box, 10, x + 1, y + 1)).toBeUndefined();
  });
});

describe('sorting', () => {
  const rows = [['10'], ['9'], [''], ['-1e3'], ['Infinity']];

  test('puts numbers by size and the empty last, in both directions', () => {
    expect(sortedRows(rows, 0, 'ascending')).toEqual([3, 1, 0, 4, 2]);
    expect(sortedRows(rows, 0, 'descending')).toEqual([4, 0, 1, 3, 2]);
  });

  test('keeps the order of equals', () => {
    expect(
      sortedRows(
        [
          ['1', 'b'],
          ['1.0', 'a'],
          ['0', 'c'],
        ],
        0,
        'ascending',
      ),
    ).toEqual([2, 0, 1]);
  });

  test('compares text by its letters', () => {
    expect(compareCells('II', 'A')).toBe(1);
    expect(compareCells('a', 'a')).toBe(0);
    expect(compareCells('10x', '9x')).toBe(-1);
  });
});

describe('search', () => {
  const names = ['train@k=6', 'constrain', 'spectrum@k=6', 'spectrum@k=16'].map((name) => ({ name }));
  const found = (query: string) => search(query, names, 10).map(({ name }) => name);

  test('finds every word, the beginning of a name first', () => {
    expect(found('train')).toEqual(['train@k=6', 'constrain']);
    expect(found('k=6 spec')).toEqual(['spectrum@k=6']);
    expect(found('SPECTRUM')).toEqual(['spectrum@k=6', 'spectrum@k=16']);
  });

  test('finds nothing for nothing, and not more than asked', () => {
    expect(found('  ')).toEqual([]);
    expect(search('k', names, 2).length).toBe(2);
  });
});

describe('the walk', () => {
  const steps = [[], [0], [0], [1, 2], []].map((needs, i) => ({
    id: `s${i}`,
    stage: 0,
    state: 'new' as const,
    needs,
  }));

  test('goes up and down', () => {
    const below = dependents(steps);
    expect(below).toEqual([[1, 2], [3], [3], [], []]);
    expect(reached([3], (i) => steps[i]?.needs ?? [])).toEqual(new Set([3, 1, 2, 0]));
    expect(reached([0], (i) => below[i] ?? [])).toEqual(new Set([0, 1, 2, 3]));
  });
});

describe('lanes', () => {
  test('hold spans that do not overlap, as few as ran at once', () => {
    const spans = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 50 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(spans, (list) => {
        const { spans: placed, lanes } = inLanes(
          list.map(([from, long], i) => ({ step: `s${i}`, from, to: from + long })),
        );
        for (const a of placed)
          for (const b of placed)
            if (a !== b && a.lane === b.lane) expect(a.to <= b.from || b.to <= a.from).toBe(true);
        const most = Math.max(
          ...placed.map(({ from }) => placed.filter((each) => each.from <= from && from < each.to).length),
        );
        expect(lanes).toBe(most);
      }),
      { numRuns: 40 },
    );
  });
});

describe('colours', () => {
  test('are white at zero where both signs occur, and strongest at the end that is farther', () => {
    expect(colourOf(0, -1, 2)).toEqual([247, 247, 247]);
    expect(colourOf(2, -1, 2)).toEqual([103, 0, 31]);
    expect(colourOf(-2, -2, 1)).toEqual([5, 48, 97]);
  });

  test('are written on in black or white, by which is easier to read', () => {
    expect(['#ffffff', '#dba12c', '#37a065', '#777777'].map(inkOn)).toEqual(Array(4).fill('#000000'));
    expect(['#000000', '#4a515c', '#0b57a4', '#6a3fc0'].map(inkOn)).toEqual(Array(4).fill('#ffffff'));
  });

  test('are colours for every value, beyond the ends and of a constant too', () => {
    for (const value of [-5, 0, 3, 99]) {
      for (const part of colourOf(value, 0, 3)) expect(part >= 0 && part <= 255).toBe(true);
    }
    expect(colourOf(4, 4, 4)).toHaveLength(3);
  });
});
