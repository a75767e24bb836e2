/** A small experiment, run stage by stage in memory once for all tests of a file. */
import * as classify from '../../stages/classify.ts';
import * as generate from '../../stages/generate.ts';
import type {
  Classified,
  FoundPoint,
  Minimum,
  ReachedPoint,
  RunSummary,
  StartWeights,
} from '../../stages/kinds.ts';
import * as minima from '../../stages/minima.ts';
import * as polish from '../../stages/polish.ts';
import * as spectrum from '../../stages/spectrum.ts';
import * as train from '../../stages/train.ts';
import type { TrainingRun } from '../../src/science/network/train.ts';
import { call, type Called } from './call.ts';

export interface Experiment {
  readonly starts: readonly StartWeights[];
  readonly candidates: readonly TrainingRun[];
  readonly runs: readonly RunSummary[];
  readonly points: readonly ReachedPoint[];
  readonly classified: readonly Classified[];
  readonly minima: readonly Minimum[];
  readonly found: readonly FoundPoint[];
  /** By stage. */
  readonly evidence: Readonly<Record<string, Called['evidence']>>;
}

/** From starts to spectra, with k targets and `runs` runs. */
export async function experiment(k: number, extra: number, runs: number): Promise<Experiment> {
  const drawn = await call(generate, {}, { k, extra, runs }, true);
  const trained = await call(train, drawn.outs, { k, extra });
  const polished = await call(polish, trained.outs, { k });
  const sorted = await call(classify, polished.outs, { k });
  const counted = await call(minima, { ...polished.outs, ...sorted.outs });
  const described = await call(spectrum, counted.outs);
  const steps = { drawn, trained, polished, sorted, counted, described };
  const outs = Object.assign({}, ...Object.values(steps).map((step) => step.outs)) as Omit<
    Experiment,
    'evidence'
  >;
  return {
    ...outs,
    evidence: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, step.evidence])),
  };
}
