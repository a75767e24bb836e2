/** Gathers what the runs of every k and n found: counts, means, and the minima by isotropy. */
import { z } from 'zod';
import type { Case } from '../src/model/case.ts';
import { gather, type Gathered, type Run } from '../src/model/stage.ts';
import {
  type Counted,
  countsRow,
  type Experiment,
  familiesRows,
  saddleRuns,
} from '../src/science/minima/counts.ts';
import {
  experimentList,
  type FoundPoint,
  foundList,
  resultTable,
  runList,
  type RunSummary,
} from './kinds.ts';
import { tableOf } from './table.ts';

export const params = () => z.object({ protocol: z.string() });
export const deps = () => ({ runs: gather(runList), found: gather(foundList) });
export const outs = () => ({ experiments: experimentList, counts: resultTable, families: resultTable });

export const run: Run<typeof params, typeof deps, typeof outs> = (
  { runs, found },
  { protocol },
  { evidence },
) => {
  const experiments = runs.map((member) => experiment(protocol, member, pointsAt(found, member.case)));
  evidence('spurious runs at saddles', saddleRuns(experiments));
  return {
    experiments,
    counts: tableOf(
      ['protocol', 'k', 'n', 'runs', 'spurious', 'mean_loss', 'mean_min_eigenvalue'],
      experiments.map(countsRow),
    ),
    families: tableOf(
      ['protocol', 'k', 'n', 'isotropy', 'loss', 'min_eigenvalue', 'count'],
      experiments.flatMap(familiesRows),
    ),
  };
};

function experiment(
  protocol: string,
  { case: { k, extra }, value }: Gathered<readonly RunSummary[]>,
  points: readonly Counted[],
): Experiment {
  const spurious = value.filter((one) => one.spurious).length;
  return { protocol, k: Number(k), n: Number(k) + Number(extra), runs: value.length, spurious, points };
}

function pointsAt(found: readonly Gathered<readonly FoundPoint[]>[], { k, extra }: Case): Counted[] {
  const here = found.find((member) => member.case['k'] === k && member.case['extra'] === extra);
  return (here?.value ?? []).map(({ point, isotropy, loss, count, spurious }) => {
    return { isotropy, loss, least: point.least, count, spurious };
  });
}
