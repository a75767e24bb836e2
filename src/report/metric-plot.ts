/** Draws a quantity over runs as an SVG of its own: a point each run, joined in the order of time. */
import { type Html, html, trusted } from './html.ts';

interface MetricPoint {
  readonly run: string;
  readonly profile: string;
  /** Undefined where the run has none: the line is broken there. */
  readonly value: number | undefined;
}

const size = { width: 640, height: 320 };
const margin = { top: 44, right: 24, bottom: 64, left: 84 };

const right = size.width - margin.right;

/** The figure's text, the same for the same points; at least one has a value. */
export function plotMetric(name: string, points: readonly MetricPoint[]): string {
  const scales = scalesOf(points);
  const told = points.flatMap(({ run, value }) => (value === undefined ? [] : [`${run}: ${value}`]));
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${size.width}"
    height="${size.height}"
    viewBox="0 0 ${size.width} ${size.height}"
    role="img"
    font-family="system-ui, sans-serif"
    font-size="12"
  >
    <title>${name} over ${points.length} runs</title>
    <desc>${told.join('; ')}</desc>
    <rect width="100%" height="100%" fill="#ffffff" />
    <text x="${margin.left}" y="24" font-size="14" font-weight="600" fill="#1b1e23">${name}</text>
    ${gridOf(scales)}
    <path d="${trusted(pathOf(points, scales))}" fill="none" stroke="#0b57a4" stroke-width="1.6" />
    ${dotsOf(points, scales)}${labelsOf(points, scales)}
    <text x="${right}" y="${size.height - 12}" text-anchor="end" fill="#565d68">
      runs, in the order of time
    </text>
  </svg> `.html;
}

interface Scales {
  readonly low: number;
  readonly high: number;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
}

function scalesOf(points: readonly MetricPoint[]): Scales {
  const values = points.flatMap(({ value }) => value ?? []);
  const [low, high] = widened(Math.min(...values), Math.max(...values));
  const width = size.width - margin.left - margin.right;
  const height = size.height - margin.top - margin.bottom;
  return {
    low,
    high,
    x: (i) => rounded(margin.left + ((i + 0.5) * width) / points.length),
    y: (value) => rounded(margin.top + height * (1 - (value - low) / (high - low))),
  };
}

function gridOf({ low, high, y }: Scales): Html[] {
  const ticks = ticksOf(low, high);
  return ticks.map(
    (tick) =>
      html`<path d="M${margin.left} ${y(tick)}H${right}" stroke="#d5d9df" />
        <text x="${margin.left - 8}" y="${y(tick) + 4}" text-anchor="end" fill="#565d68"
          >${spell(tick, ticks)}</text
        > `,
  );
}

function dotsOf(points: readonly MetricPoint[], { x, y }: Scales): Html[] {
  return points.flatMap(({ run, profile, value }, i) =>
    value === undefined
      ? []
      : [
          html`<circle cx="${x(i)}" cy="${y(value)}" r="3.5" fill="#0b57a4"
            ><title>${run} (${profile}): ${value}</title></circle
          > `,
        ],
  );
}

/** The names of some ten runs. */
function labelsOf(points: readonly MetricPoint[], { x }: Scales): Html[] {
  const every = Math.ceil(points.length / 10);
  return points.flatMap(({ run }, i) =>
    i % every === 0
      ? [
          html`<text
            x="${x(i)}"
            y="${size.height - margin.bottom + 18}"
            text-anchor="middle"
            fill="#565d68"
            font-size="10"
            >${label(run)}</text
          > `,
        ]
      : [],
  );
}

const rounded = (value: number) => Math.round(100 * value) / 100;

/** Room above and below, and around a single value. */
function widened(low: number, high: number): [number, number] {
  const room = high > low ? (high - low) * 0.08 : Math.abs(low) * 0.1 || 1;
  return [low - room, high + room];
}

/** Some four to eight multiples of 1, 2 or 5 times a power of ten. */
function ticksOf(low: number, high: number): number[] {
  const raw = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((times) => times * power >= raw) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push(i * step);
  return ticks;
}

function spell(tick: number, ticks: readonly number[]): string {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0)) || 1;
  const most = Math.max(...ticks.map(Math.abs));
  if (most >= 1e6 || (most > 0 && most < 1e-3)) return tick === 0 ? '0' : tick.toExponential(2);
  return tick.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/** A gap where a run has no value. */
function pathOf(points: readonly MetricPoint[], { x, y }: Scales): string {
  let open = false;
  return points
    .map(({ value }, i) => {
      if (value === undefined) {
        open = false;
        return '';
      }
      const command = open ? 'L' : 'M';
      open = true;
      return `${command}${x(i)} ${y(value)}`;
    })
    .join('');
}

/** `1122 0115` of `20261122T011526-76e651`. */
function label(run: string): string {
  const found = /^\d{4}(\d{4})T(\d{4})/.exec(run);
  return found === null ? run.slice(0, 9) : `${found[1]} ${found[2]}`;
}
