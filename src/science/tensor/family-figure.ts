/** Draws families of tensor decompositions: loss and least eigenvalue against real d. */
import type { FigureSpec } from '../figure/figure.ts';
import type { Mark } from '../figure/mark.ts';
import { leastOf } from './families.ts';
import type { FamilyReport } from './family-report.ts';
import { tensorNorm, type TensorNormName } from './kernel.ts';

const titles: Record<TensorNormName, string> = {
  'frobenius-3': 'Frobenius, $n=3$',
  'frobenius-4': 'Frobenius, $n=4$',
  'frobenius-5': 'Frobenius, $n=5$',
  'gaussian-3': 'cubic Gaussian, $n=3$',
};
/** By m: the space that a family was found in. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9'] as const;

/** L/|T|² above, the least eigenvalue over the largest below, one column for each norm. */
export function familyFigure(reports: readonly FamilyReport[]): FigureSpec {
  const norms = [...new Set(reports.map(({ norm }) => norm))];
  const of = (norm: TensorNormName) => reports.filter((report) => report.norm === norm);
  const x = { kind: 'log' as const, title: 'input dimension $d$' };
  const panel = (norm: TensorNormName, title: string, domain: readonly [number, number], height: Height) => ({
    title: titles[norm],
    width: 150,
    height: 130,
    x,
    y: { title, domain },
    marks: of(norm).map((report) => line(report, height)),
  });
  return {
    title: 'Families of critical points of tensor decompositions',
    description:
      'Loss over the squared norm of the target, and least eigenvalue of the Hessian over the largest, against real d; ' +
      'one line for each family, coloured by the fixed-point space that it was found in.',
    panels: [
      ...norms.map((norm) => panel(norm, 'loss $L/|T|^2$', [-0.03, 1.05], lossOf)),
      ...norms.map((norm) => panel(norm, 'least / largest eigenvalue', [-1.05, 0.65], leastPart)),
    ],
    columns: norms.length,
    legend: 'below',
    lettered: true,
  };
}

type Point = FamilyReport['points'][number];
type Height = (point: Point, norm: TensorNormName) => number;

const lossOf: Height = ({ d, loss }, norm) => {
  const { a, b } = tensorNorm(norm);
  return loss / (d * (a + b));
};

const leastPart: Height = (point) => {
  const largest = Math.max(...point.levels.flatMap(({ values }) => values.map(Math.abs)));
  return largest === 0 ? 0 : leastOf(point).value / largest;
};

function line({ norm, m, points }: FamilyReport, height: Height): Mark {
  const label = m === 0 ? '$\\Delta S_d$' : `$\\Delta(S_{d-${m}}\\times S_${m})$`;
  return {
    type: 'line',
    label,
    colour: colours[m % colours.length]!,
    width: 1.1,
    points: points.map((point) => [point.d, height(point, norm)]),
  };
}
