/** Figures of every kind, from made-up data: what the snapshots hold, and examples of how figures are described. */
import { randomStream } from '../../../src/base/random.ts';
import { diverging, viridis } from '../../../src/science/figure/colour-map.ts';
import { type FigureSpec } from '../../../src/science/figure/figure.ts';
import { type Mark } from '../../../src/science/figure/mark.ts';
import { palette } from '../../../src/science/figure/theme.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Scattered points coloured by a class, as of minima by their isotropy. */
export function scatter(): FigureSpec {
  const random = randomStream('11'.repeat(16));
  const classes = ['$\\Delta S_k$', '$\\Delta(S_{k-1}\\times S_1)$', '$\\Delta(S_{k-2}\\times S_2)$'];
  const marks = classes.map((label, c): Mark => {
    const points = range(6, 20).flatMap((k) =>
      range(1, 3).map(
        () => [k + 0.12 * (c - 1), ((0.3 + 0.12 * c) / k) * (1 + 0.03 * random.uniform())] as const,
      ),
    );
    const marker = (['circle', 'square', 'triangle'] as const)[c]!;
    return { type: 'points', label, points, marker, opacity: 0.8 };
  });
  return {
    title: 'Loss of spurious minima',
    description: 'Loss against the number of neurons; one point for each minimum, coloured by isotropy.',
    panels: [
      {
        x: { title: 'neurons $k$', whole: true },
        y: { title: 'loss $L(W)$', zero: true },
        marks: [...marks, { type: 'rule', y: 0.001, dash: [4, 3], colour: palette.grey }],
      },
    ],
  };
}

/** The diameter of a marker, growing slowly with the multiplicity. */
const size = (multiplicity: number) => 2 + 1.4 * Math.sqrt(Math.sqrt(multiplicity));

/** A line of the legend that explains a size. */
const ofSize = (multiplicity: number): Mark => ({
  type: 'points',
  points: [],
  label: `multiplicity ${multiplicity}`,
  size: size(multiplicity),
  colour: palette.blue,
  hollow: true,
});

/** Eigenvalues against k, their multiplicities as sizes. */
export function spectrum(): FigureSpec {
  const levels = range(5, 25).flatMap((k) => [
    { k, value: 0.09085, multiplicity: (k * (k - 1)) / 2 },
    { k, value: 0.25, multiplicity: (k * (k - 3)) / 2 },
    { k, value: 0.5 - 0.3 / k, multiplicity: k - 1 },
    { k, value: 0.125 * k + 0.4, multiplicity: 1 },
  ]);
  return {
    title: 'Spectrum of the Hessian',
    description: 'Eigenvalues against k; the area of a marker grows with the multiplicity.',
    panels: [
      {
        x: { title: 'neurons $k$', whole: true },
        y: { title: 'eigenvalue $\\lambda$', zero: true },
        legend: 'top-left',
        marks: [
          {
            type: 'points',
            colour: palette.blue,
            hollow: true,
            points: levels.map(({ k, value }) => [k, value]),
            size: levels.map(({ multiplicity }) => size(multiplicity)),
          },
          ofSize(1),
          ofSize(20),
          ofSize(250),
        ],
      },
    ],
  };
}

/** Matrices in block form, one panel for each. */
export function heatMaps(): FigureSpec {
  const panels = [6, 10, 20, 40].map((k) => {
    const entry = (i: number, j: number) => {
      if (i === k - 1 || j === k - 1) return i === j ? -0.9 : 0.35 / Math.sqrt(k);
      return i === j ? 0.98 : -0.4 / k;
    };
    const data = range(0, k * k - 1).map((at) => entry(Math.floor(at / k), at % k));
    return {
      title: `$k=${k}$`,
      width: 110,
      height: 110,
      x: { title: 'input $j$' },
      y: { title: 'neuron $i$' },
      marks: [
        { type: 'heat-map', matrix: { rows: k, columns: k, data }, colours: diverging, domain: [-1, 1] },
        { type: 'rule', x: k - 0.5, colour: palette.ink, width: 0.4, dash: [2, 2] },
        { type: 'rule', y: k - 0.5, colour: palette.ink, width: 0.4, dash: [2, 2] },
      ] satisfies Mark[],
    };
  });
  return {
    title: 'Minima of type II',
    description: 'Weights in block form for four sizes.',
    panels,
    columns: 2,
    lettered: true,
    sharedX: false,
    colourBar: { colours: diverging, domain: [-1, 1], title: 'entry $w_{ij}$' },
  };
}

/** Half the width of a 95% interval for a count out of 1000. */
const half = (count: number) => 1.96 * Math.sqrt(((count / 1000) * (1 - count / 1000)) / 1000);
const shares = (counts: readonly number[]) => counts.map((count, i) => [6 + i, count / 1000] as const);

/** A fraction with intervals, against published values. */
export function fractions(): FigureSpec {
  const counts = [3, 55, 126, 218, 346, 455, 585, 730, 736, 803, 851, 897, 900, 934, 949];
  const ours = [6, 49, 140, 231, 322, 470, 575, 705, 751, 811, 842, 880, 911, 929, 955];
  const bars = ours.map(
    (count, i) => [6 + i, count / 1000 - half(count), count / 1000 + half(count)] as const,
  );
  return {
    title: 'Fraction of spurious runs',
    description:
      'Share of 1000 runs that end in a spurious minimum, against k, with 95% intervals, and published values.',
    panels: [
      {
        x: { title: 'neurons $k=n$', whole: true },
        y: { title: 'spurious fraction', domain: [0, 1] },
        marks: [
          { type: 'band', band: bars, label: '95% band', colour: palette.sky },
          { type: 'error-bars', bars, label: 'this rerun', colour: palette.blue },
          { type: 'points', points: shares(ours), label: 'this rerun', colour: palette.blue },
          {
            type: 'points',
            points: shares(counts),
            label: 'published (2018)',
            colour: palette.vermilion,
            marker: 'diamond',
            hollow: true,
            size: 6,
          },
        ],
      },
    ],
  };
}

/** A made-up eigenvalue that is zero at `at`. */
const curve = (label: string, at: number, slope: number, dash?: number[]): Mark => ({
  type: 'line',
  label,
  dash,
  points: range(0, 120).map((i) => [3 + i / 20, slope * (1 - at / (3 + i / 20)) * 0.3] as const),
});

/** Curves through zero with a shaded region and notes. */
export function crossings(): FigureSpec {
  return {
    title: 'Eigenvalues across their thresholds',
    description: 'The least eigenvalue of each representation against real d; zero crossings are marked.',
    panels: [
      {
        x: { title: 'dimension $d$ (real)' },
        y: { title: 'least eigenvalue' },
        marks: [
          { type: 'region', x: [3, 5.574], colour: palette.grey },
          { type: 'rule', y: 0, colour: palette.ink },
          curve('$s$ (standard)', 5.574, 1),
          curve('$x=(p-2,1^2)$', 4.2, 0.7, [5, 2]),
          curve('$y=(p-2,2)$', 3.4, 0.4, [1.5, 2]),
          { type: 'points', points: [[5.574, 0]], colour: palette.ink, marker: 'circle', size: 4 },
          { type: 'note', at: [5.574, 0], text: '$d_*=5.574$', dx: 5, dy: 10 },
        ],
      },
    ],
  };
}

/** Decay on logarithmic axes. */
export function logarithmic(): FigureSpec {
  const sizes = [6, 8, 10, 15, 20, 50, 100, 1000, 1e4, 1e5, 1e6];
  return {
    title: 'Loss of the families',
    description: 'Loss against d on logarithmic axes.',
    panels: [
      {
        x: { kind: 'log', title: 'input dimension $d$' },
        y: { kind: 'log', title: 'loss $L$' },
        marks: [
          {
            type: 'line',
            label: 'type II, $\\sim 0.3\\,d^{-1}$',
            points: sizes.map((d) => [d, 0.3 / d] as const),
          },
          {
            type: 'points',
            label: 'type II, $\\sim 0.3\\,d^{-1}$',
            points: sizes.map((d) => [d, 0.3 / d] as const),
          },
          {
            type: 'line',
            label: 'type A',
            points: sizes.map((d) => [d, 0.16 + 0.1 / Math.sqrt(d)] as const),
          },
          {
            type: 'points',
            label: 'type A',
            marker: 'square',
            points: sizes.map((d) => [d, 0.16 + 0.1 / Math.sqrt(d)] as const),
          },
          { type: 'note', at: [1000, 0.0003], text: 'slope $-1$', dx: -6, dy: 8, anchor: 'end' },
        ],
      },
    ],
  };
}

/** Histograms, bars, many small panels with shared axes, one legend, a square root scale and a common factor. */
export function assorted(): FigureSpec {
  const random = randomStream('22'.repeat(16));
  const edges = range(0, 20).map((i) => i / 20);
  const sample = () => {
    const heights = edges.slice(1).map(() => 0);
    for (let i = 0; i < 4000; i++)
      heights[Math.floor((20 * (random.uniform() + random.uniform())) / 2)]! += 1;
    return heights;
  };
  const histogram = (title: string): FigureSpec['panels'][number] => ({
    title,
    width: 130,
    height: 90,
    x: { title: 'eigenvalue $\\lambda/k$' },
    y: { title: 'count', zero: true },
    marks: [
      { type: 'steps', label: 'spurious', edges, heights: sample() },
      { type: 'steps', label: 'global', edges, heights: sample(), filled: false },
    ],
  });
  return {
    title: 'Small multiples',
    description: 'Four histograms with shared axes.',
    heading: 'Spectral densities $\\rho_k(\\lambda)$ for four sizes',
    panels: ['$k=10$', '$k=20$', '$k=50$', '$k=100$'].map(histogram),
    columns: 2,
    sharedX: true,
    sharedY: true,
    legend: 'below',
    lettered: true,
  };
}

/** Bars on a square root scale, and numbers that need a common factor. */
export function scales(): FigureSpec {
  const bars = range(1, 8).map((i) => [i - 0.35, i + 0.35, 0, i * i * 12] as const);
  return {
    title: 'Scales',
    description: 'A square root axis and axes with common factors.',
    lettered: true,
    panels: [
      {
        title: 'square root',
        width: 160,
        height: 120,
        x: { title: 'class', whole: true, grid: false },
        y: { kind: 'sqrt', zero: true, title: 'count' },
        marks: [{ type: 'bars', bars, colour: palette.green }],
      },
      {
        title: 'factors',
        width: 160,
        height: 120,
        x: { title: '$d$' },
        y: { title: 'error $\\|\\nabla L\\|_F$' },
        marks: [
          {
            type: 'line',
            points: range(0, 40).map((i) => [i * 25000, 3e-14 * (1 + (i / 40) * (i / 40))] as const),
            colour: palette.purple,
          },
        ],
      },
    ],
  };
}

/** A smooth matrix in a sequential map. */
export function smoothHeatMap(): FigureSpec {
  const [rows, columns] = [12, 20];
  const data = range(0, rows * columns - 1).map((at) => {
    const [y, x] = [Math.floor(at / columns) / rows - 0.5, (at % columns) / columns - 0.5];
    return 1 / (1 + 12 * x * x + 20 * (y + x * x) * (y + x * x));
  });
  return {
    title: 'A landscape',
    description: 'A smooth function as a heat map.',
    panels: [
      {
        width: 250,
        height: 150,
        x: { title: 'column' },
        y: { title: 'row' },
        marks: [{ type: 'heat-map', matrix: { rows, columns, data }, colours: viridis, domain: [0, 1] }],
      },
    ],
    colourBar: { colours: viridis, domain: [0, 1], title: 'value' },
  };
}

/** All of them, by the names of their snapshots. */
export function gallery(): Record<string, FigureSpec> {
  return {
    scatter: scatter(),
    spectrum: spectrum(),
    'heat-maps': heatMaps(),
    fractions: fractions(),
    crossings: crossings(),
    logarithmic: logarithmic(),
    assorted: assorted(),
    scales: scales(),
    'smooth-heat-map': smoothHeatMap(),
  };
}
