/** Runs the searches for critical points of one tensor norm and size. */
import type { RandomStream } from '../../base/random.ts';
import { type TensorNormName, tensorNorm } from './kernel.ts';
import { describe } from './point.ts';
import { search, type SearchSettings } from './search.ts';
import { partitions, randomStart, symmetricStart } from './starts.ts';
import type { Experiment } from './tables.ts';

export interface ExperimentSettings extends SearchSettings {
  readonly d: number;
  /** Starts without symmetry, each used by descent and by Newton's method. */
  readonly runs: number;
  /** Starts for each Young subgroup of at most three blocks, for Newton's method. */
  readonly symmetricRuns: number;
}

/** All runs, in order; each start is drawn from a child of its own of the stream. */
export function experiment(
  name: TensorNormName,
  settings: ExperimentSettings,
  stream: RandomStream,
): Experiment {
  const { d, runs, symmetricRuns } = settings;
  const norm = tensorNorm(name);
  const points = Array.from({ length: runs }, (_, run) => run).flatMap((run) => {
    const start = randomStart(stream.split(run), d);
    return (['descent', 'newton'] as const).map((method) =>
      describe(norm, search(norm, start, method, settings), method),
    );
  });
  const symmetric = partitions(d, 3).flatMap((parts, at) =>
    Array.from({ length: symmetricRuns }, (_, run) => {
      const start = symmetricStart(stream.split(runs + at * symmetricRuns + run), parts);
      return describe(norm, search(norm, start, 'newton', settings), 'symmetric');
    }),
  );
  return { norm: name, d, points: [...points, ...symmetric] };
}
