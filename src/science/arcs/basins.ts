/** Counts where gradient descent ends that starts at a given distance from a critical point, in random directions. */
import type { RandomStream } from '../../base/random.ts';
import { criticalPoint } from '../family/critical-point.ts';
import { denseMatrix } from '../family/dense.ts';
import type { SpuriousName } from '../family/families.ts';
import { identity, matrix, type Matrix } from '../math/matrix.ts';
import { fillNormals } from '../math/normal.ts';
import type { Protocol } from '../network/protocol.ts';
import { train } from '../network/train.ts';
import { wasmEngine } from '../network/wasm-engine.ts';
import { shortcuts } from '../network/watch.ts';
import { type FamilyLosses, familyLosses } from './meetings.ts';

/** What became of the runs from one sphere. */
export interface BasinRow {
  readonly family: SpuriousName;
  readonly d: number;
  /** The distance of the starts from the critical point (Frobenius). */
  readonly radius: number;
  readonly runs: number;
  /** How many ended where they came from (at its loss), at the global minimum, and at another family, elsewhere. */
  readonly returned: number;
  readonly global: number;
  readonly others: number;
  readonly elsewhere: number;
}

/** Losses at the ends of runs are right to this. */
const sameLoss = 1e-8;

/** The fates of `runs` starts on each of the spheres. */
export function basinRows(
  family: SpuriousName,
  d: number,
  radii: readonly number[],
  runs: number,
  protocol: Protocol,
  stream: RandomStream,
): BasinRow[] {
  const centre = denseMatrix(criticalPoint({ family, d }));
  const known = familyLosses(d);
  const target = identity(d);
  return radii.map((radius, at) => {
    const starts = Array.from({ length: runs }, (_, run) => ({
      run,
      weights: beside(centre, radius, stream.split(at).split(run)),
    }));
    const ends = train(
      wasmEngine({ neurons: d, target }),
      target,
      starts,
      protocol,
      shortcuts(d, target, protocol),
    );
    const names = ends.map(({ loss, spurious }) => (spurious ? nameOf(known, loss) : 'global'));
    const count = (holds: (name: string) => boolean) => names.filter(holds).length;
    return {
      family,
      d,
      radius,
      runs,
      returned: count((name) => name === family),
      global: count((name) => name === 'global'),
      others: count((name) => name !== family && name !== 'global' && name !== ''),
      elsewhere: count((name) => name === ''),
    };
  });
}

function beside(centre: Matrix, radius: number, stream: RandomStream): Matrix {
  const away = fillNormals(stream, centre.data.length);
  const length = Math.sqrt(away.reduce((sum, entry) => sum + entry * entry, 0));
  return matrix(
    centre.rows,
    centre.columns,
    centre.data.map((entry, i) => entry + (radius * (away[i] as number)) / length),
  );
}

function nameOf(known: FamilyLosses, loss: number): string {
  return known.find((one) => Math.abs(one.loss - loss) < sameLoss)?.family ?? '';
}
