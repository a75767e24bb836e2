import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { digestOf } from '../../../src/base/digest.ts';
import { type FigureSpec, figure } from '../../../src/science/figure/figure.ts';
import { type Scene, type Shape } from '../../../src/science/figure/scene.ts';
import { toPdf } from '../../../src/science/figure/pdf.ts';
import { toSvg } from '../../../src/science/figure/svg.ts';
import { gallery, heatMaps, logarithmic } from './gallery.ts';

const kinds = Object.keys(gallery());
const sceneOf = (name: string): Scene => figure(gallery()[name]!);

function shapesIn(shapes: readonly Shape[]): Shape[] {
  return shapes.flatMap((shape) => (shape.type === 'group' ? [shape, ...shapesIn(shape.children)] : [shape]));
}

const wordsIn = (scene: Scene) =>
  shapesIn(scene.shapes).flatMap((shape) => (shape.type === 'text' ? [shape.words] : []));

function panel(
  marks: FigureSpec['panels'][number]['marks'],
  more: Partial<FigureSpec['panels'][number]> = {},
): FigureSpec {
  return { title: 't', description: 'd', panels: [{ x: {}, y: {}, marks, ...more }] };
}

describe('figures', () => {
  it.each(kinds)('are drawn as the snapshot shows: %s', async (name) => {
    await expect(toSvg(sceneOf(name))).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  it.each(kinds)('have the same bytes as PDF as when they were last looked at: %s', (name) => {
    expect(digestOf(toPdf(sceneOf(name)))).toMatchSnapshot();
  });

  it('carry their words for readers that do not see', () => {
    const svg = toSvg(sceneOf('crossings'));
    expect(svg).toContain('<title>Eigenvalues across their thresholds</title>');
    expect(svg).toContain('aria-label="least eigenvalue"');
    expect(svg).toContain('aria-label="x=(p−2,1^2)"');
  });

  it('give shared axes one domain and write their words once', () => {
    const scene = sceneOf('assorted');
    expect(wordsIn(scene).filter((word) => word === 'count')).toHaveLength(2);
    expect(wordsIn(scene).filter((word) => word.startsWith('eigenvalue'))).toHaveLength(2);
    expect(wordsIn(scene).filter((word) => word === 'spurious')).toHaveLength(1);
    expect(wordsIn(scene)).toEqual(expect.arrayContaining(['(a)', '(b)', '(c)', '(d)']));
  });

  it('align the panels of a column and of a row', () => {
    const panels = shapesIn(figure(heatMaps()).shapes).filter(
      (shape) => shape.type === 'group' && shape.label === 'panel',
    );
    const places = panels.map((shape) => [
      shape.type === 'group' && shape.x,
      shape.type === 'group' && shape.y,
    ]);
    expect(places[0]![0]).toBe(places[2]![0]);
    expect(places[1]![0]).toBe(places[3]![0]);
    expect(places[0]![1]).toBe(places[1]![1]);
    expect(places[2]![1]).toBe(places[3]![1]);
  });

  it('keep everything inside their edges', () => {
    for (const name of kinds) {
      const scene = sceneOf(name);
      for (const [x, y] of outline(scene)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(scene.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(scene.height);
      }
    }
  });

  it('refuse domains and words that cannot be drawn, by name', () => {
    expect(() => figure(panel([], { x: { kind: 'log', domain: [0, 1] } }))).toThrow(
      'no log scale from 0 to 1',
    );
    expect(() => figure(panel([], { x: { title: '$\\nosuch$' } }))).toThrow(/no symbol \\nosuch/);
    expect(() => figure(panel([], { title: 'née' }))).toThrow(/no outline for é \(U\+00E9\)/);
  });
});

/** Points that shapes reach, in page coordinates; of text both ends of the baseline. */
function outline(scene: Scene): (readonly [number, number])[] {
  const visit = (shape: Shape, x: number, y: number): (readonly [number, number])[] => {
    switch (shape.type) {
      case 'group':
        return shape.children.flatMap((child) => visit(child, x + shape.x, y + shape.y));
      case 'path':
        return shape.commands.flatMap((command) =>
          command[0] === 'Z' ? [] : [[x + command[1], y + command[2]] as const],
        );
      case 'rectangle':
        return [
          [x + shape.x, y + shape.y],
          [x + shape.x + shape.w, y + shape.y + shape.h],
        ];
      case 'circle':
        return [[x + shape.x, y + shape.y]];
      case 'text': {
        const last = shape.glyphs.at(-1)!;
        const length = (last.x * shape.size) / 1000;
        return [
          [x + shape.x, y + shape.y],
          shape.upright ? [x + shape.x, y + shape.y - length] : [x + shape.x + length, y + shape.y],
        ];
      }
    }
  };
  return scene.shapes.flatMap((shape) => visit(shape, 0, 0));
}

/** Where the legend of these points lies in their panel. */
const corner = (points: readonly (readonly [number, number])[]) => {
  const scene = figure(
    panel([{ type: 'points', label: 'data', points }], {
      x: { domain: [0, 10] },
      y: { domain: [0, 10] },
    }),
  );
  const found = shapesIn(scene.shapes).find((shape) => shape.type === 'group' && shape.label === 'legend');
  if (found?.type !== 'group') throw new Error('no legend');
  return `${found.y < 100 ? 'top' : 'bottom'} ${found.x < 150 ? 'left' : 'right'}`;
};

describe('legends', () => {
  it('go to the corner where they cover the fewest data', () => {
    expect(
      corner([
        [1, 9.5],
        [9, 9.5],
        [1, 0.5],
      ]),
    ).toBe('bottom right');
    expect(
      corner([
        [9, 9.5],
        [9, 0.5],
        [1, 0.5],
      ]),
    ).toBe('top left');
    expect(corner([])).toBe('top right');
  });

  it('have one line for the marks of one label, and none for marks without', () => {
    const scene = figure(logarithmic());
    expect(wordsIn(scene).filter((word) => word === 'type A')).toHaveLength(1);
    expect(
      wordsIn(
        figure(
          panel([
            {
              type: 'line',
              points: [
                [0, 0],
                [1, 1],
              ],
            },
          ]),
        ),
      ),
    ).not.toContain('');
  });
});

describe('the drawing of figures', () => {
  afterEach(() => vi.restoreAllMocks());

  it('calls no function of the platform whose last bit differs between machines', () => {
    const banned = [
      'acos',
      'asin',
      'atan',
      'atan2',
      'sin',
      'cos',
      'tan',
      'exp',
      'log',
      'log10',
      'log2',
      'pow',
      'hypot',
      'cbrt',
      'random',
    ] as const;
    for (const name of banned)
      vi.spyOn(Math, name).mockImplementation(() => {
        throw new Error(`Math.${name} was called`);
      });
    for (const name of kinds) expect(() => toPdf(sceneOf(name))).not.toThrow();
  });
});

describe('the snapshots', () => {
  it('are well-formed, need no font, and keep to three decimals', () => {
    for (const name of kinds) {
      const path = join(import.meta.dirname, 'snapshots', `${name}.svg`);
      const svg = readFileSync(path, 'utf8');
      expect(unbalanced(svg)).toBe('');
      expect(svg).not.toMatch(
        /<text|font-family|NaN|Infinity|undefined|https?:(?!\/\/www\.w3\.org\/2000\/svg)/,
      );
      const ids = new Set(Array.from(svg.matchAll(/ id="([^"]+)"/g), ([, id]) => id));
      for (const [, used] of svg.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(used);
      for (const [number] of svg.replace(/scale\([^)]*\)/g, '').matchAll(/\d+\.\d+/g))
        expect(number.split('.')[1]!.length).toBeLessThanOrEqual(3);
    }
  });
});

/** The first tag that is not closed as it should, or nothing. */
function unbalanced(xml: string): string {
  const open: string[] = [];
  for (const [tag, slash, name, rest] of xml.matchAll(/<(\/?)([a-z]+)((?:"[^"]*"|[^">])*)>/g)) {
    if (slash === '/') {
      if (open.pop() !== name) return tag;
    } else if (!rest!.endsWith('/')) open.push(name!);
  }
  return open.join();
}
