import { describe, expect, it } from 'vitest';
import {
  axisOf,
  drawBelow,
  drawLeft,
  gridLines,
  roomBelow,
  roomLeft,
} from '../../../src/science/figure/axis.ts';
import { colourBar } from '../../../src/science/figure/colour-bar.ts';
import { viridis } from '../../../src/science/figure/colour-map.ts';
import { layoutOf } from '../../../src/science/figure/layout.ts';
import {
  colourOf,
  columnLegend,
  labelColours,
  legendEntries,
  rowLegend,
} from '../../../src/science/figure/legend.ts';
import { type Mark } from '../../../src/science/figure/mark.ts';
import { type PanelSpec, preparePanel } from '../../../src/science/figure/panel.ts';
import { planeOf } from '../../../src/science/figure/plane.ts';
import { scaleFor } from '../../../src/science/figure/scale.ts';
import { type Shape } from '../../../src/science/figure/scene.ts';
import { palette, theme } from '../../../src/science/figure/theme.ts';
import { labelWidth } from '../../../src/science/figure/typeset.ts';

const both = { below: true, left: true };
const prepare = (spec: Partial<PanelSpec>, labelled = both) =>
  preparePanel({ x: { domain: [0, 1] }, y: { domain: [0, 1] }, marks: [], ...spec }, labelled, {
    x: [],
    y: [],
  });
const words = (shapes: readonly Shape[]): string[] =>
  shapes.flatMap((shape) =>
    shape.type === 'group' ? words(shape.children) : shape.type === 'text' ? [shape.words] : [],
  );
const line = (label: string | undefined, colour?: string): Mark => ({
  type: 'line',
  points: [],
  label,
  colour,
});

/** The first row of panels side by side. */
const top = (specs: Partial<PanelSpec>[]) =>
  layoutOf(
    specs.map((spec) => prepare(spec)),
    specs.length,
    0,
    0,
  ).rows[0]!;

describe('the layout of panels', () => {
  it('aligns columns and rows by the panel that needs most room', () => {
    const wide = prepare({ y: { domain: [0, 1], ticks: [{ value: 0, label: 'a very long label' }] } });
    const plain = prepare({});
    const { columns, rows } = layoutOf([plain, plain, wide, plain], 2, 0, 0);
    expect(columns[0]!.left).toBe(wide.left.across);
    expect(columns[0]!.room).toBeGreaterThan(columns[1]!.room);
    expect(rows[1]!.top).toBeGreaterThan(rows[0]!.bottom + rows[0]!.room);
  });

  it('leaves room for titles above a row, higher where an axis has a factor', () => {
    const factor = { y: { domain: [0, 1e7] as const } };
    expect(top([{ title: 'title' }]).top).toBeGreaterThan(top([{}]).top);
    expect(top([{ title: 'title' }, factor]).rise).toBeGreaterThan(top([{ title: 'title' }]).rise);
    expect(top([{ title: 'title' }, factor]).top).toBe(top([{ title: 'title', ...factor }, {}]).top);
  });

  it('ends after the words of the last row and the last labels of the last column', () => {
    const panel = prepare({ x: { domain: [0, 1], title: 'x' } });
    const { right, end, rows, columns } = layoutOf([panel], 1, 10, 20);
    expect(end).toBe(rows[0]!.bottom + panel.below.across);
    expect(right).toBe(columns[0]!.left + 300 + panel.below.pastEnd);
    expect(panel.below.pastEnd).toBeCloseTo(labelWidth('1.0', theme.labelSize) / 2, 10);
  });
});

describe('axes', () => {
  const plane = planeOf(200, 100, scaleFor({ domain: [0, 10] }, []), scaleFor({ domain: [0, 2e6] }, []));
  const below = axisOf({ title: 'time' }, plane.horizontal, 200, false);
  const left = axisOf({ title: 'size' }, plane.vertical, 100, true);

  it('write ticks, titles and the factor that their labels leave out', () => {
    expect(words(drawBelow(plane, below, true, 20))).toEqual(['0', '2', '4', '6', '8', '10', 'time']);
    expect(words(drawLeft(plane, left, true, 20))).toEqual(['0', '1', '2', '×10^6', 'size']);
    expect(words(drawLeft(plane, left, false, 20))).toEqual([]);
  });

  it('need no room where they write nothing', () => {
    expect(roomBelow(below, false, 200)).toEqual({ across: 0, pastEnd: 0 });
    expect(roomLeft(left, false)).toEqual({ across: 0, pastEnd: 0 });
    expect(roomLeft(left, true).across).toBeGreaterThan(labelWidth('2', theme.labelSize));
  });

  it('take fewer ticks rather than let labels touch', () => {
    const scale = scaleFor({ domain: [99_999, 99_999.2] }, []);
    const { ticks } = axisOf({}, scale, 120, false);
    const total = ticks.reduce((sum, { label }) => sum + labelWidth(label, theme.labelSize) + 5, 0);
    expect(total).toBeLessThan(2 * 120);
    expect(ticks.length).toBeGreaterThan(0);
  });

  it('show the ticks that they are given, with a real minus sign', () => {
    const own = axisOf({ ticks: [-0.5, { value: 1, label: 'one' }] }, plane.horizontal, 200, false);
    expect(own.ticks.map(({ label }) => label)).toEqual(['−0.5', 'one']);
    expect(own.factor).toBeUndefined();
    expect(words(drawBelow(plane, own, true, 20))).toEqual(['one']);
  });

  it('draw a grid unless told not to', () => {
    expect(gridLines(plane, below, left)).toHaveLength(below.ticks.length + left.ticks.length);
    const bare = axisOf({ grid: false }, plane.horizontal, 200, false);
    expect(gridLines(plane, bare, left)).toHaveLength(left.ticks.length);
  });
});

describe('the lines of a legend', () => {
  const marks = [line('b'), line('a'), line(undefined), line('b'), line('c', '#123456')];

  it('come in the order of first use, with palette colours for labels without their own', () => {
    const colours = labelColours(marks);
    expect([...colours]).toEqual([
      ['b', palette.blue],
      ['a', palette.vermilion],
    ]);
    expect(legendEntries(marks).map(({ label }) => label)).toEqual(['b', 'a', 'c']);
    expect(colourOf(marks[4]!, colours)).toBe('#123456');
    expect(colourOf(marks[2]!, colours)).toBe(theme.ink);
  });

  it('show one sample of each type of mark', () => {
    const entries = legendEntries([line('a'), { type: 'points', points: [], label: 'a' }, line('a')]);
    expect(entries[0]!.marks.map((mark) => mark.type)).toEqual(['line', 'points']);
  });

  it('stand below each other, or in rows that break where room ends', () => {
    const entries = legendEntries(marks);
    const colours = labelColours(marks);
    const column = columnLegend(entries, colours);
    expect(column.height).toBe(39);
    expect(rowLegend(entries, colours, 500).height).toBe(13);
    const narrow = rowLegend(entries, colours, 70);
    expect(narrow.height).toBe(39);
    const wide = rowLegend(entries, colours, 500).shapes.map((shape) =>
      shape.type === 'group' ? shape.x : 0,
    );
    const last = wide[2]! + columnLegend(entries.slice(2), colours).width;
    expect(wide[0]! + last).toBeCloseTo(500, 9);
  });
});

describe('a colour bar', () => {
  it('runs from the first colour at the foot to the last at the head, with ticks and a title', () => {
    const bar = colourBar({ colours: viridis, domain: [-2, 2], title: 'value' }, 150);
    expect(words(bar.shapes)).toEqual(['−2', '−1', '0', '1', '2', 'value']);
    const cells = bar.shapes[0]!.type === 'group' ? bar.shapes[0]!.children : [];
    expect(cells).toHaveLength(100);
    expect(cells[0]).toMatchObject({ fill: '#fae723' });
    expect(bar.width).toBeGreaterThan(colourBar({ colours: viridis, domain: [-2, 2] }, 150).width);
  });
});
