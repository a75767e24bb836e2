/** Trains many networks from random starts, takes each to a minimum, and finds its isotropy. */
import type { RandomStream } from '../../base/random.ts';
import { layeredIsotropy, type LayeredOutcome } from '../group/layered-isotropy.ts';
import { type Matrix, matrix } from '../math/matrix.ts';
import { isSmooth } from './activation.ts';
import { closedForm, hasClosedForm } from './closed-form.ts';
import { descend, type Descent, randomWeights } from './descent.ts';
import { gaussianRoot, type InputName, isGaussian, pointSet } from './input.ts';
import { marquardt } from './marquardt.ts';
import { minimise, type Minimised } from './minimise.ts';
import { type Architecture, withSigns } from './network.ts';
import type { Objective } from './objective.ts';
import { sampledObjective } from './sampled.ts';
import { targetNetwork, type TargetSpec } from './target.ts';

/** What is trained on what. */
export interface Setting extends TargetSpec {
  readonly input: InputName;
  /** Neurons of each hidden layer beyond those of the target. */
  readonly extra: number;
  /** Points drawn for the symmetric sample that stands for the distribution where there is no closed form. */
  readonly base: number;
}

/** How one run ended. */
export interface Ran {
  readonly run: number;
  readonly restarts: number;
  readonly end: Minimised;
  /** Its weights by layer, signs chosen (`withSigns`). */
  readonly layers: readonly Matrix[];
  readonly isotropy: LayeredOutcome;
}

/** Numbers of the child streams of an experiment: its sample, and its runs. */
const [sampleStream, runStream] = [0, 1];

/** |∇L| at which a critical point counts as reached. */
const minimising = { gradient: 1e-13, iterations: 40 };
/** How far valleys are followed before. */
const following = { gradient: 1e-9, iterations: 600 };
/** A point whose gradient stays above this was not reached. */
export const reached = 1e-11;

/** How the loss is known: by formula, or by a finite set of points with all the symmetry of the distribution. */
export type Method = 'closed form' | 'all corners' | 'symmetric sample';

/** The exact loss of a setting. Throws RangeError for ReLU where there is no closed form: its kinks are no minima's place. */
export function objectiveOf(
  setting: Setting,
  stream: RandomStream,
): { objective: Objective; method: Method } {
  const { input, activation, d, depth, base } = setting;
  const student = architectureOf(setting);
  const teacher = targetNetwork(setting);
  const root = gaussianRoot(input, d);
  const gaussianLike = isSmooth(activation) ? isGaussian(input) : root !== undefined;
  if (depth === 2 && root !== undefined && gaussianLike && hasClosedForm(activation)) {
    const target = matrix(teacher.architecture.widths[1] as number, d, teacher.weights);
    const neurons = student.widths[1] as number;
    return { objective: closedForm(activation, target, root, neurons), method: 'closed form' };
  }
  if (!isSmooth(activation))
    throw new RangeError(`no exact loss of ${activation} for ${input}, ${depth} layers`);
  const points = pointSet(input, d, base, stream.split(sampleStream));
  const method = input.endsWith('signs') ? 'all corners' : 'symmetric sample';
  return { objective: sampledObjective(student, teacher, points), method };
}

/** The student's widths: d, then those of the target and `extra` more. */
export function architectureOf(setting: Setting): Architecture {
  const { widths, activation } = targetNetwork(setting).architecture;
  return { widths: widths.map((width, l) => (l === 0 ? width : width + setting.extra)), activation };
}

/** What a whole experiment gives. */
export interface Outcome {
  readonly method: Method;
  /** The isotropy of the target network itself. */
  readonly target: LayeredOutcome;
  /** The runs in order, without those that diverged. */
  readonly ran: readonly Ran[];
}

/** Runs with numbers 0 … runs − 1, each from its own child of the stream. Throws as `objectiveOf`. */
export function experiment(setting: Setting, runs: number, descent: Descent, stream: RandomStream): Outcome {
  const { objective, method } = objectiveOf(setting, stream);
  const student = architectureOf(setting);
  const teacher = targetNetwork(setting);
  const ran = Array.from({ length: runs }, (_, run) => run).flatMap((run) => {
    const own = stream.split(runStream).split(run);
    const start = randomWeights(student, own.split(0));
    const descended = descend(student, teacher, setting.input, start, descent, own.split(1));
    if (descended === undefined) return [];
    const end = bottomOf(objective, descended.weights);
    const layers = withSigns(student, end.weights);
    return [
      { run, restarts: descended.restarts, end, layers, isotropy: layeredIsotropy(layers, teacher.layers) },
    ];
  });
  return { method, target: layeredIsotropy(teacher.layers, teacher.layers), ran };
}

/** The critical point below the weights. */
function bottomOf(objective: Objective, weights: Float64Array): Minimised {
  const { linearised } = objective;
  return minimise(
    objective,
    linearised === undefined ? weights : marquardt(linearised, weights, following),
    minimising,
  );
}
