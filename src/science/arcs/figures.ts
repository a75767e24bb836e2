/** Draws arcs: loss against distance, index along them, the ladder of minima, and the arcs of the worked example. */
import type { FigureSpec } from '../figure/figure.ts';
import type { Mark } from '../figure/mark.ts';
import { palette } from '../figure/theme.ts';
import { familyMarkup, irrepMarkup } from './labels.ts';
import type { TracedArc } from './arcs-from.ts';
import type { Rung } from './tables.ts';

type Panel = FigureSpec['panels'][number];

const size = { width: 190, height: 140 };

/** The arcs of least loss of several families at each of some d: loss above the start against the distance. */
export function minimalPanels(arcs: readonly TracedArc[], sizes: readonly number[]): Panel[] {
  return sizes.map((d) => ({
    ...size,
    title: `arcs of least loss, $d=${d}$`,
    x: { title: 'distance $r$', zero: true },
    y: { title: '$L-L(C)$' },
    marks: [
      { type: 'rule', y: 0, colour: palette.grey, width: 0.6 },
      ...arcs.filter((arc) => arc.d === d).flatMap((arc) => climb(arc, familyMarkup(arc.from))),
    ],
  }));
}

/** The line of an arc with its critical points, as heights above its start. */
function climb(arc: TracedArc, label: string): Mark[] {
  const line = arc.samples.map(({ r, loss }) => [r, loss - arc.loss] as const);
  const points = arc.encounters.map(({ r, loss }) => [r, loss - arc.loss] as const);
  return [
    { type: 'line', label, points: [[0, 0], ...line] },
    { type: 'points', label, points, size: 4.5 },
  ];
}

/** Of all arcs from one critical point the loss, and below it the index, against the distance. */
export function allPanels(arcs: readonly TracedArc[], from: string, d: number): [Panel, Panel] {
  const own = arcs.filter(
    (arc) => arc.from === from && arc.d === d && arc.irrep !== 'y' && arc.irrep !== 'y1',
  );
  const ends = own.flatMap(({ encounters }) => encounters.map(({ r, loss }) => [r, loss] as const));
  const title = `all arcs of ${familyMarkup(from)}, $d=${d}$`;
  const x = { title: 'distance $r$', zero: true } as const;
  return [
    {
      ...size,
      title,
      x,
      y: { title: 'loss $L$' },
      marks: [
        ...own.map((arc) =>
          line(
            arc,
            arc.samples.map(({ r, loss }) => [r, loss] as const),
          ),
        ),
        { type: 'points', points: ends, colour: palette.ink, size: 3.2 },
      ],
    },
    {
      ...size,
      title,
      x,
      y: { title: 'index on the sphere', zero: true, whole: true },
      marks: own.map((arc) => line(arc, stairs(arc))),
    },
  ];
}

/** The index as a line that is level from one point to the next. */
function stairs({ samples }: TracedArc): (readonly [number, number])[] {
  return samples.flatMap(({ r, index }, i) => {
    const next = samples[i + 1];
    return next === undefined
      ? [[r, index] as const]
      : ([
          [r, index],
          [next.r, index],
        ] as const);
  });
}

/** The second of two directions is dashed. */
function line({ irrep, sign }: TracedArc, points: readonly (readonly [number, number])[]): Mark {
  const label = irrepMarkup(irrep);
  return { type: 'line', label, points, width: 1, dash: sign === -1 ? [4, 2] : undefined };
}

/** Minima by the number of aligned neurons, with the saddles of index 1 between neighbours. */
export function ladderPanels(rungs: readonly Rung[], sizes: readonly number[]): Panel[] {
  return sizes.map((d) => {
    const own = rungs.filter((rung) => rung.d === d);
    const at = (wanted: (rung: Rung) => boolean) =>
      own.filter(wanted).map(({ aligned, loss }) => [aligned, loss] as const);
    const passes = own.flatMap(({ aligned, link }) =>
      link === undefined ? [] : [[aligned + 0.5, link.loss] as const],
    );
    const ways = own.flatMap((rung, i): Mark[] => {
      const next = own[i + 1];
      if (rung.link === undefined || next === undefined) return [];
      const points = [
        [rung.aligned, rung.loss],
        [rung.aligned + 0.5, rung.link.loss],
        [next.aligned, next.loss],
      ] as const;
      return [{ type: 'line', points, colour: palette.grey, width: 0.9 }];
    });
    return {
      ...size,
      title: `$d=${d}$`,
      x: { title: 'aligned neurons $j$', whole: true, domain: [-0.7, own.length - 0.3] },
      y: { title: 'loss $L$' },
      marks: [
        ...ways,
        {
          type: 'points',
          label: 'minimum',
          points: at(({ index }) => index === 0),
          colour: palette.blue,
          size: 5,
        },
        {
          type: 'points',
          label: 'critical point of higher index',
          points: at(({ index }) => index !== 0),
          colour: palette.blue,
          hollow: true,
          size: 5,
        },
        {
          type: 'points',
          label: 'saddle of index 1',
          points: passes,
          marker: 'triangle',
          colour: palette.vermilion,
          size: 4.5,
        },
      ],
    };
  });
}
