/** Sums up the runs of an experiment: which minima were found how often, and how much symmetry they kept. */
import type { LayeredIsotropy } from '../group/layered-isotropy.ts';
import type { Matrix } from '../math/matrix.ts';
import { distinct } from '../minima/distinct.ts';
import { isSmooth } from './activation.ts';
import { blockOrder } from './block-order.ts';
import { type Method, type Outcome, type Ran, reached, type Setting } from './experiment.ts';

/** A regular minimum: its Hessian has positive eigenvalues only, and its isotropy is known. */
export interface FoundMinimum {
  readonly isotropy: string;
  /** How often the target's orbits of inputs were split; null where the group is not the product of S_p over orbits. */
  readonly splits: number | null;
  /** Number of permutations of the inputs that some permutation of neurons makes up for, in decimal digits. */
  readonly inputOrder: string;
  readonly loss: number;
  readonly spurious: boolean;
  /** The least eigenvalue of the Hessian, and |∇L|. */
  readonly least: number;
  readonly gradientNorm: number;
  readonly count: number;
  /** Each layer in block form. */
  readonly layers: readonly Matrix[];
}

/** What one setting gave. Runs that are in no minimum: at points where the Hessian is singular, saddles, not at a point. */
export interface Report {
  readonly setting: Setting;
  readonly method: Method;
  /** The target's own isotropy. */
  readonly targetIsotropy: string;
  readonly runs: number;
  readonly degenerate: number;
  readonly saddles: number;
  /** Descent diverged, or the gradient could not be made small. */
  readonly unreached: number;
  /** At regular minima whose weights are neither clearly equal nor clearly different. */
  readonly undecided: number;
  readonly minima: readonly FoundMinimum[];
}

/** Runs at one minimum agree this well. */
const likeness = { loss: 1e-10, entry: 1e-6 };
/**
 * With ReLU the Hessian of the loss has kinks where neurons are parallel: next to a continuum of minima, such as that
 * of a split neuron, eigenvalues are small, not 0. Below this they say nothing.
 */
const clearCurvature = 1e-4;
/** From this loss on a minimum is spurious (where the target can be reached at all). */
const spuriousLoss = 1e-9;

/** The report of an experiment of so many runs. */
export function reportOf(setting: Setting, runs: number, { method, target, ran }: Outcome): Report {
  const at = ran.filter(({ end }) => end.gradientNorm <= reached);
  const low = at.filter(({ end }) => end.index === 0);
  const floor = isSmooth(setting.activation) ? 0 : clearCurvature;
  const regular = low.filter(({ end }) => end.nullity === 0 && (end.eigenvalues[0] as number) >= floor);
  const decided = regular.flatMap(({ isotropy, ...run }) =>
    isotropy.status === 'decided' ? [{ ...run, isotropy }] : [],
  );
  const goal = target.status === 'decided' ? target : undefined;
  return {
    ...{ setting, method, runs, targetIsotropy: goal?.name ?? 'undecided' },
    degenerate: low.length - regular.length,
    saddles: at.length - low.length,
    unreached: runs - at.length,
    undecided: regular.length - decided.length,
    minima: minimaOf(decided, goal),
  };
}

type Decided = Omit<Ran, 'isotropy'> & { readonly isotropy: LayeredIsotropy };

function minimaOf(runs: readonly Decided[], target: LayeredIsotropy | undefined): FoundMinimum[] {
  const points = runs.map((each) => ({
    run: each.run,
    loss: each.end.loss,
    isotropy: each.isotropy.name,
    weights: flat(each.layers),
    each,
  }));
  return distinct(points, likeness).map(({ representative: { each, isotropy, loss }, count }) => ({
    isotropy,
    splits: target === undefined ? null : splitsOf(each.isotropy, target),
    inputOrder: String(each.isotropy.inputOrder),
    loss,
    spurious: loss >= spuriousLoss,
    least: each.end.eigenvalues[0] as number,
    gradientNorm: each.end.gradientNorm,
    count,
    layers: blockOrder(each.layers, each.isotropy),
  }));
}

function flat(layers: readonly Matrix[]): Matrix {
  const data = Float64Array.from(layers.flatMap((layer) => [...layer.data]));
  return { rows: 1, columns: data.length, data };
}

/** Orbits of inputs beyond those of the target; null where one of the groups is no product of symmetric groups. */
function splitsOf(found: LayeredIsotropy, target: LayeredIsotropy): number | null {
  if (!found.young || !target.young) return null;
  return found.inputOrbits.length - target.inputOrbits.length;
}

/**
 * Whether a minimum conforms to least symmetry breaking: its isotropy, as a group of permutations of the inputs, is
 * that of the target or a product of symmetric groups with one orbit more, such as S_p × S_{d−p} for the target I:
 * a maximal subgroup of its kind. So it keeps all the target's symmetry but for one split into two.
 */
export function conforms({ splits }: Pick<FoundMinimum, 'splits'>): boolean {
  return splits !== null && splits <= 1;
}
