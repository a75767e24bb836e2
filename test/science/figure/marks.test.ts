import { rounded } from '../../../src/science/figure/coordinate.ts';
import { describe, expect, it } from 'vitest';
import { clamp, clipLine, clipPolygon, isInside } from '../../../src/science/figure/clip.ts';
import {
  type ColourMap,
  colourAt,
  diverging,
  greys,
  viridis,
} from '../../../src/science/figure/colour-map.ts';
import { drawMark, sampleOf } from '../../../src/science/figure/draw.ts';
import { type Mark } from '../../../src/science/figure/mark.ts';
import { markerAt, markerName } from '../../../src/science/figure/markers.ts';
import { planeOf } from '../../../src/science/figure/plane.ts';
import { scaleFor } from '../../../src/science/figure/scale.ts';
import { type Path, type Shape } from '../../../src/science/figure/scene.ts';
import { palette, paletteColour } from '../../../src/science/figure/theme.ts';

const frame = { width: 100, height: 50 };
const plane = planeOf(100, 50, scaleFor({ domain: [0, 10] }, []), scaleFor({ domain: [0, 5] }, []));
const logPlane = planeOf(
  100,
  50,
  scaleFor({ domain: [0, 10] }, []),
  scaleFor({ kind: 'log', domain: [1e-5, 1] }, []),
);
const draw = (mark: Mark, on = plane) => drawMark(mark, on, '#000000');
const corners = (shape: Shape) =>
  (shape as Path).commands.flatMap((command) =>
    command[0] === 'Z' ? [] : [[rounded(command[1]), rounded(command[2])]],
  );

const light = (map: ColourMap, place: number) => {
  const part = (at: number) => Number.parseInt(colourAt(map, place).slice(at, at + 2), 16);
  return 0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5);
};

const cells = (data: number[], rows: number, columns: number) => {
  const on = planeOf(
    10 * columns,
    10 * rows,
    scaleFor({ domain: [0.5, columns + 0.5] }, []),
    scaleFor({ domain: [rows + 0.5, 0.5] }, []),
  );
  const [map] = draw(
    { type: 'heat-map', matrix: { rows, columns, data }, colours: greys, domain: [0, 1] },
    on,
  );
  return map?.type === 'group' ? map.children : [];
};

const area = (shapes: readonly Shape[]) =>
  shapes.reduce((sum, shape) => {
    const [a, , c] = corners(shape);
    return sum + (c![0]! - a![0]!) * (c![1]! - a![1]!);
  }, 0);

describe('clipping', () => {
  it('keeps what is inside, cuts what crosses and drops what is outside', () => {
    expect(
      clipLine(
        [
          [10, 10],
          [20, 20],
          [90, 40],
        ],
        frame,
      ),
    ).toEqual([
      [
        [10, 10],
        [20, 20],
        [90, 40],
      ],
    ]);
    expect(
      clipLine(
        [
          [-10, 10],
          [110, 10],
        ],
        frame,
      ),
    ).toEqual([
      [
        [0, 10],
        [100, 10],
      ],
    ]);
    expect(
      clipLine(
        [
          [-10, -10],
          [-5, 60],
        ],
        frame,
      ),
    ).toEqual([]);
    expect(
      clipLine(
        [
          [50, 25],
          [50, 75],
          [60, 75],
          [60, 25],
        ],
        frame,
      ),
    ).toEqual([
      [
        [50, 25],
        [50, 50],
      ],
      [
        [60, 50],
        [60, 25],
      ],
    ]);
  });

  it('breaks lines where there is no point', () => {
    expect(
      clipLine(
        [
          [0, 0],
          [10, 10],
          [Number.NaN, 5],
          [20, 20],
          [30, 30],
        ],
        frame,
      ),
    ).toHaveLength(2);
  });

  it('cuts areas to the frame', () => {
    const area = clipPolygon(
      [
        [-50, -50],
        [150, -50],
        [150, 100],
        [-50, 100],
      ],
      frame,
    );
    expect(area).toHaveLength(4);
    for (const [x, y] of area) expect([0, 100].includes(x) && [0, 50].includes(y)).toBe(true);
    expect(
      clipPolygon(
        [
          [-5, 0],
          [-5, 10],
          [-1, 5],
        ],
        frame,
      ),
    ).toEqual([]);
  });

  it('knows the edges', () => {
    expect([clamp(-1, 5), clamp(9, 5), clamp(Number.POSITIVE_INFINITY, 5)]).toEqual([0, 5, 5]);
    expect(isInside([100, 50], frame)).toBe(true);
    expect(isInside([101, 50], frame, 2)).toBe(true);
    expect(isInside([103, 50], frame, 2)).toBe(false);
  });
});

describe('colour maps', () => {
  it('have their samples at evenly spaced places, and blend between', () => {
    expect(colourAt(viridis, 0)).toBe('#440154');
    expect(colourAt(viridis, 1)).toBe('#fde725');
    expect(colourAt(diverging, 0.5)).toBe('#f7f7f7');
    expect(colourAt({ samples: '000000 ff8000' }, 0.5)).toBe('#804000');
    expect(colourAt(greys, -3)).toBe('#ffffff');
    expect(colourAt(greys, 7)).toBe('#1a1a1a');
  });

  it('grow lighter, or darker to both sides, so that they survive a grey copy', () => {
    for (let i = 1; i <= 50; i++) {
      expect(light(viridis, i / 50)).toBeGreaterThan(light(viridis, (i - 1) / 50));
      expect(light(diverging, 0.5 + i / 100)).toBeLessThan(light(diverging, 0.5 + (i - 1) / 100) + 1e-9);
      expect(light(diverging, 0.5 - i / 100)).toBeLessThan(light(diverging, 0.5 - (i - 1) / 100) + 1e-9);
    }
  });

  it('give the palette colours in turn', () => {
    expect(paletteColour(0)).toBe(palette.blue);
    expect(paletteColour(8)).toBe(palette.blue);
    expect(new Set(Object.values(palette)).size).toBe(8);
  });
});

describe('marks', () => {
  it('put data where the scales say', () => {
    expect(
      draw({
        type: 'points',
        points: [
          [5, 2.5],
          [20, 2],
        ],
      }),
    ).toMatchObject([{ type: 'circle', x: 50, y: 25, radius: 2.5 }]);
    expect(
      corners(
        draw({
          type: 'line',
          points: [
            [0, 0],
            [10, 5],
          ],
        })[0]!,
      ),
    ).toEqual([
      [0, 50],
      [100, 0],
    ]);
  });

  it('size markers one by one, and fall back on one size', () => {
    const shapes = draw({
      type: 'points',
      points: [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      size: [2, 10],
    });
    expect(shapes.map((shape) => shape.type === 'circle' && shape.radius)).toEqual([1, 5, 2.5]);
  });

  it('draw error bars to the frame where an end has no place, without a cap there', () => {
    expect(draw({ type: 'error-bars', bars: [[5, 1, 4]] })).toHaveLength(3);
    const open = draw({ type: 'error-bars', bars: [[5, 0, 0.1]] }, logPlane);
    expect(open).toHaveLength(2);
    expect(corners(open[0]!)).toEqual([
      [50, 50],
      [50, 10],
    ]);
    expect(draw({ type: 'error-bars', bars: [[50, 1, 4]] })).toEqual([]);
  });

  it('fill bands between their edges, cut to the panel', () => {
    const [band] = draw({
      type: 'band',
      band: [
        [-5, 1, 2],
        [15, 1, 2],
      ],
    });
    expect(corners(band!).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!)).toEqual([
      [0, 30],
      [0, 40],
      [100, 30],
      [100, 40],
    ]);
    expect(
      draw({
        type: 'band',
        band: [
          [0, 8, 9],
          [10, 8, 9],
        ],
      })
        .flatMap((shape) => corners(shape))
        .every(([, y]) => y === 0),
    ).toBe(true);
  });

  it('stand histograms on their base, on logarithmic axes on the frame', () => {
    const [areas, outline] = draw({ type: 'steps', edges: [0, 5, 10], heights: [1, 4] });
    expect(areas).toMatchObject({ type: 'group', crisp: true });
    expect(corners(outline!)).toEqual([
      [0, 50],
      [0, 40],
      [50, 40],
      [50, 10],
      [100, 10],
      [100, 50],
    ]);
    expect(corners(draw({ type: 'steps', edges: [0, 10], heights: [1e-3] }, logPlane)[1]!)[0]).toEqual([
      0, 50,
    ]);
    expect(() => draw({ type: 'steps', edges: [0, 1], heights: [1, 2] })).toThrow(/one edge more/);
  });

  it('merge equal cells of heat maps, losing none', () => {
    expect(
      cells(
        Array.from({ length: 12 }, () => 1),
        3,
        4,
      ),
    ).toHaveLength(1);
    const identity = Array.from({ length: 25 }, (_, at) => (at % 6 === 0 ? 1 : 0));
    expect(area(cells(identity, 5, 5))).toBeCloseTo(2500, 9);
    const checks = Array.from({ length: 20 }, (_, at) => (Math.floor(at / 4) + at) % 2);
    expect(cells(checks, 5, 4)).toHaveLength(20);
    expect(area(cells(checks, 5, 4))).toBeCloseTo(2000, 9);
  });

  it('rule and shade across the panel, only inside it', () => {
    expect(corners(draw({ type: 'rule', y: 1 })[0]!)).toEqual([
      [0, 40],
      [100, 40],
    ]);
    expect(draw({ type: 'rule', x: 11 })).toEqual([]);
    expect(draw({ type: 'region', x: [8, 20] })).toMatchObject([{ x: 80, y: 0, w: 20, h: 50 }]);
    expect(draw({ type: 'region', y: [7, 9] })).toEqual([]);
  });

  it('write notes beside their points, and none where there is no place', () => {
    expect(draw({ type: 'note', at: [5, 2.5], text: 'here', dx: 4 })).toMatchObject([
      { type: 'text', x: 54, words: 'here' },
    ]);
    expect(draw({ type: 'note', at: [5, 0], text: 'nowhere' }, logPlane)).toEqual([]);
  });

  it('have samples for legends in a box of 18 × 9 points', () => {
    const marks: Mark[] = [
      { type: 'line', points: [] },
      { type: 'points', points: [], marker: 'diamond' },
      { type: 'error-bars', bars: [] },
      { type: 'steps', edges: [0], heights: [] },
      { type: 'rule', y: 1 },
    ];
    for (const mark of marks) {
      const shapes = sampleOf(mark, '#000000');
      expect(shapes.length).toBeGreaterThan(0);
      for (const [x, y] of shapes.filter((shape) => shape.type === 'path').flatMap(corners)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(18);
        expect(Math.abs(y!)).toBeLessThanOrEqual(4.5);
      }
    }
  });
});

describe('markers', () => {
  it('lie around their point and come in six filled kinds', () => {
    const names = Array.from({ length: 6 }, (_, i) => markerName(i));
    expect(new Set(names).size).toBe(6);
    for (const name of [...names, 'plus', 'cross', 'dash'] as const) {
      const shapes = markerAt(10, 20, { name, size: 6, colour: '#000000' });
      for (const [x, y] of shapes.filter((shape) => shape.type === 'path').flatMap(corners))
        expect(Math.max(Math.abs(x! - 10), Math.abs(y! - 20))).toBeLessThanOrEqual(4);
    }
  });
});
