/** Draws how often minima conform to least symmetry breaking, and what spurious ones look like. */
import { diverging } from '../figure/colour-map.ts';
import type { FigureSpec } from '../figure/figure.ts';
import type { Mark } from '../figure/mark.ts';
import type { PanelSpec } from '../figure/panel.ts';
import { palette } from '../figure/theme.ts';
import { nameAsMarkup } from '../group/names.ts';
import type { Matrix } from '../math/matrix.ts';
import type { FoundMinimum, Report } from './report.ts';
import type { ShareRow } from './tables.ts';

/** The shares of each scope with their intervals, of all regular minima and of the spurious ones. */
export function sharesFigure(rows: readonly ShareRow[]): FigureSpec {
  const last = rows.length - 1;
  const at = (i: number, shift: number) => last - i + shift;
  const ticks = rows.map(({ scope }, i) => ({ value: at(i, 0), label: scope }));
  return {
    title: 'Shares that conform to least symmetry breaking',
    description:
      'Share of runs at minima that keep all symmetry but for one split, with 95% intervals, by scope.',
    panels: [
      {
        width: 260,
        height: 14 * rows.length,
        x: { title: 'share of runs that conform', domain: [0, 1] },
        y: { ticks, domain: [-0.6, last + 0.6] },
        legend: 'none',
        marks: rows.flatMap((row, i) => [
          ...interval(row.share, row.low, row.high, at(i, 0.15), palette.blue, 'all minima'),
          ...interval(
            row.spurious_share,
            row.spurious_low,
            row.spurious_high,
            at(i, -0.15),
            palette.vermilion,
            'spurious minima',
          ),
        ]),
      },
    ],
    legend: 'below',
  };
}

function interval(
  share: number | null,
  low: number | null,
  high: number | null,
  y: number,
  colour: string,
  label: string,
): Mark[] {
  if (share === null || low === null || high === null) return [];
  return [
    {
      type: 'line',
      points: [
        [low, y],
        [high, y],
      ],
      width: 1.2,
      colour,
      label,
    },
    { type: 'points', points: [[share, y]], size: 4, colour, label },
  ];
}

/**
 * The first layers of spurious minima in block form, up to `most`: of each activation, depth and isotropy the one that
 * most runs of an experiment ended at.
 */
export function weightsFigure(reports: readonly Report[], most: number): FigureSpec {
  const seen = new Set<string>();
  const found = reports.flatMap((report) =>
    report.minima.filter(({ spurious }) => spurious).map((minimum) => ({ report, minimum })),
  );
  const chosen = found
    .toSorted((a, b) => b.minimum.count - a.minimum.count)
    .filter(({ report: { setting }, minimum }) => {
      const kind = `${setting.activation} ${setting.depth} ${minimum.isotropy}`;
      return !seen.has(kind) && seen.add(kind).size > 0;
    })
    .slice(0, most);
  return {
    title: 'First layers of spurious minima',
    description: 'Heat maps of the first layer of spurious minima that were found often, inputs in blocks.',
    panels:
      chosen.length === 0 ? [emptyPanel()] : chosen.map(({ report, minimum }) => panel(report, minimum)),
    columns: 4,
    lettered: true,
    colourBar: { colours: diverging, domain, title: 'weight' },
  };
}

const domain = [-1.5, 1.5] as const;

function emptyPanel(): PanelSpec {
  return { title: 'no spurious minimum', width: 100, height: 100, x: {}, y: {}, marks: [] };
}

function panel({ setting }: Report, { isotropy, layers, count }: FoundMinimum): PanelSpec {
  const first = layers[0] as Matrix;
  const counts = (length: number) => Array.from({ length: Math.floor(length / 2) }, (_, i) => 2 * (i + 1));
  return {
    title: `${setting.activation}: ${nameAsMarkup(isotropy)}`,
    width: 130,
    height: 130,
    x: {
      title: `${setting.input}, depth ${setting.depth}, ${count} ${count === 1 ? 'run' : 'runs'}`,
      ticks: counts(first.columns),
    },
    y: { title: 'neuron', ticks: counts(first.rows) },
    marks: [{ type: 'heat-map', matrix: first, colours: diverging, domain }],
  };
}
