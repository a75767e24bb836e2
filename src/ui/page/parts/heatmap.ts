/** Matrices as heat maps, each with its range; what a cell holds is told under the pointer. */
import type { Grid } from '../../common/api.ts';
import { type Colour, colourOf, cssColour } from '../../common/colours.ts';
import { el } from '../dom.ts';

/** Pixels along the longer side, and of one cell at most. */
const longest = 300;
const largestCell = 26;

export function heatMap(grid: Grid): HTMLElement {
  const { drawnRows, drawnColumns, rows, columns, low, high, label } = grid;
  const cell = Math.max(1, Math.min(largestCell, Math.floor(longest / Math.max(drawnRows, drawnColumns))));
  const told = `${label === '' ? 'Matrix' : label}: ${rows} × ${columns}, from ${short(low)} to ${short(high)}`;
  const canvas = el('canvas', {
    role: 'img',
    'aria-label': told,
    width: drawnColumns * cell,
    height: drawnRows * cell,
  });
  paint(canvas, grid, cell);
  const under = el('span', { class: 'under' });
  canvas.addEventListener('pointermove', (event) => (under.textContent = valueUnder(grid, canvas, event)));
  canvas.addEventListener('pointerleave', () => (under.textContent = ''));
  return el(
    'figure',
    { class: 'heat' },
    canvas,
    el(
      'figcaption',
      {},
      label !== '' && el('strong', {}, label),
      el('span', { class: 'range' }, short(low), ramp(low, high), short(high)),
      under,
    ),
  );
}

const short = (value: number) => String(Number(value.toPrecision(4)));

function paint(
  canvas: HTMLCanvasElement,
  { drawnRows, drawnColumns, cells, low, high }: Grid,
  cell: number,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  for (let i = 0; i < drawnRows; i++) {
    for (let j = 0; j < drawnColumns; j++) {
      const value = cells[i * drawnColumns + j] ?? null;
      if (value === null) continue;
      context.fillStyle = cssColour(colourOf(value, low, high));
      context.fillRect(j * cell, i * cell, cell, cell);
    }
  }
}

/** The colours from the least value to the largest. */
function ramp(low: number, high: number): HTMLElement {
  const strip = el('canvas', { width: 80, height: 8, 'aria-hidden': 'true' });
  const context = strip.getContext('2d');
  if (context === null) return strip;
  for (let i = 0; i < 80; i++) {
    const colour: Colour = colourOf(low + ((high - low) * i) / 79, low, high);
    context.fillStyle = cssColour(colour);
    context.fillRect(i, 0, 1, 8);
  }
  return strip;
}

function valueUnder(grid: Grid, canvas: HTMLCanvasElement, event: PointerEvent): string {
  const { drawnRows, drawnColumns, rows, columns, cells } = grid;
  const i = Math.floor((event.offsetY / canvas.clientHeight) * drawnRows);
  const j = Math.floor((event.offsetX / canvas.clientWidth) * drawnColumns);
  const value = cells[i * drawnColumns + j] ?? null;
  const isWhole = drawnRows === rows && drawnColumns === columns;
  return `[${Math.floor((i * rows) / drawnRows)}, ${Math.floor((j * columns) / drawnColumns)}] ${isWhole ? '' : 'about '}${value === null ? 'not finite' : value}`;
}
