/** Lays out critical points of tensor decompositions as rows of published tables, and as figures. */
import type { FigureSpec } from '../figure/figure.ts';
import type { Mark } from '../figure/mark.ts';
import { type ArcSample, arc } from './arc.ts';
import { tensorNorm, type TensorNormName } from './kernel.ts';
import { indexAgainstLoss, levels } from './levels.ts';
import type { TensorPoint } from './point.ts';

type Row = readonly (string | number | boolean | null)[];

/** The ends of all runs of one norm and size. */
export interface Experiment {
  readonly norm: TensorNormName;
  readonly d: number;
  readonly points: readonly TensorPoint[];
}

export const levelColumns = [
  'norm',
  'd',
  'method',
  'status',
  'loss',
  'index',
  'nullity',
  'inertia_known',
  'isotropy',
  'largest_norm',
  'worst_gradient',
  'count',
];

/** The levels of one experiment; for runs that did not converge loss is the least, and inertia says nothing. */
export function levelRows({ norm, d, points }: Experiment): Row[] {
  return levels(points).map(({ point, count, worstGradient, largestSize }) => {
    const { method, status, loss, isotropy } = point;
    const { index, nullity, known } = point.inertia;
    const counts = status === 'converged' ? [index, nullity, known, isotropy] : [null, null, null, null];
    return [norm, d, method, status, loss, ...counts, largestSize, worstGradient, count];
  });
}

export const summaryColumns = [
  'norm',
  'd',
  'descents',
  'global',
  'spurious',
  'symmetric',
  'undecided',
  'symmetric_share',
  'diverging',
  'stalled',
  'levels',
  'concordant',
  'discordant',
  'gamma',
];

/**
 * What became of the runs of descent: at the global minimum, at other critical points, of these with an isotropy that
 * is not trivial, or undecided, and the share of the former among the decided; and how index goes with loss over all points of nullity 0.
 */
export function summaryRow({ norm, d, points }: Experiment): Row {
  const descents = points.filter(({ method }) => method === 'descent');
  const converged = descents.filter(({ status }) => status === 'converged');
  const spurious = converged.filter(({ loss }) => loss > 1e-9);
  const undecided = spurious.filter(({ isotropy }) => isotropy === 'undecided');
  const symmetric = spurious.filter((point) => point.isotropy !== 'undecided' && !point.isTrivial);
  const decided = spurious.length - undecided.length;
  const ended = (status: string) => descents.filter((point) => point.status === status).length;
  const agreement = indexAgainstLoss(points);
  return [
    norm,
    d,
    descents.length,
    converged.length - spurious.length,
    spurious.length,
    symmetric.length,
    undecided.length,
    decided === 0 ? null : symmetric.length / decided,
    ended('diverging'),
    ended('stalled'),
    agreement.levels,
    agreement.concordant,
    agreement.discordant,
    agreement.gamma,
  ];
}

export const arcColumns = ['norm', 'd', 't', 'loss', 'gradient_norm', 'index', 'nullity', 'inertia_known'];

/** The exact arc of each Frobenius norm at t = 0, 1/count, …, 1. */
export function arcRows(norms: readonly TensorNormName[], d: number, count: number): Row[] {
  return norms.flatMap((name) => arc(tensorNorm(name), d, count).map((sample) => arcRow(name, d, sample)));
}

function arcRow(name: string, d: number, { t, loss, gradientNorm, index, nullity, known }: ArcSample): Row {
  return [name, d, t, loss, gradientNorm, index, nullity, known];
}

const titles: Record<TensorNormName, string> = {
  'frobenius-3': 'Frobenius, $n=3$',
  'frobenius-4': 'Frobenius, $n=4$',
  'frobenius-5': 'Frobenius, $n=5$',
  'gaussian-3': 'cubic Gaussian, $n=3$',
};

/** Index against loss of the points of known inertia, one panel for each norm, a marker for each d. */
export function indexFigure(experiments: readonly Experiment[]): FigureSpec {
  const norms = [...new Set(experiments.map(({ norm }) => norm))];
  return {
    title: 'Index against loss',
    description:
      'Number of negative eigenvalues of the Hessian against the loss at critical points of symmetric tensor ' +
      'decomposition; filled where the Hessian is regular, hollow where it is degenerate.',
    panels: norms.map((norm) => ({
      title: titles[norm],
      width: 190,
      height: 140,
      x: { title: 'loss $L/|T|^2$', domain: [-0.03, 1.05] },
      y: { title: 'index', zero: true, whole: true },
      marks: experiments.filter((one) => one.norm === norm).flatMap(indexMarks),
    })),
    columns: 2,
    legend: 'below',
    lettered: true,
  };
}

const markers = ['circle', 'square', 'triangle'] as const;
const colours = ['#0072b2', '#d55e00', '#009e73'] as const;

function indexMarks({ norm, d, points }: Experiment): Mark[] {
  const marker = markers[d % 3]!;
  const colour = colours[d % 3]!;
  // |T|² = d κ(e, e).
  const whole = d * (norm === 'gaussian-3' ? 15 : 1);
  const of = (degenerate: boolean) =>
    levels(points)
      .map(({ point }) => point)
      .filter(
        ({ status, inertia }) =>
          status === 'converged' && inertia.known && inertia.nullity > 0 === degenerate,
      )
      .map(({ loss, inertia }) => [loss / whole, inertia.index] as const);
  return [
    {
      type: 'points',
      points: of(true),
      marker,
      colour,
      hollow: true,
      size: 4.5,
      label: `$d=${d}$, degenerate`,
    },
    { type: 'points', points: of(false), marker, colour, size: 6, label: `$d=${d}$` },
  ];
}
