/** Computes all that is published about the families of a tensor decomposition in one fixed-point space. */
import type { RandomStream } from '../../base/random.ts';
import { type DenseCheck, denseCheck } from './dense-family.ts';
import { type DescribedPoint, describePoint, findFamilies, type TensorFamily } from './families.ts';
import { crossings, lostAt, type TensorCrossing } from './family-crossings.ts';
import { type FamilyPath, followFamily } from './family-path.ts';
import { tensorNorm, type TensorNormName } from './kernel.ts';
import { type Leading, leading } from './leading.ts';

/** What is computed of each family. */
export interface FamilySettings {
  /** Isotropy Δ(S_{d−m}×S_m); 0 for ΔS_d. */
  readonly m: number;
  /** Where the search is, and from how many starts. */
  readonly searchAt: number;
  readonly starts: number;
  /** Values of d above and below that, away from it. */
  readonly above: readonly number[];
  readonly below: readonly number[];
  /** Values of d in geometric progression from which leading powers are estimated. */
  readonly far: readonly number[];
  /** Integers d at which the dense Hessian is the check. */
  readonly dense: readonly number[];
}

/** The leading power of a quantity as d → ∞. */
export interface Limit extends Leading {
  readonly quantity: string;
  /** The largest d that it was estimated from. */
  readonly upTo: number;
}

/** What came out for one family. */
export interface FamilyReport {
  readonly norm: TensorNormName;
  readonly m: number;
  readonly name: string;
  /** Ascending in d. */
  readonly points: readonly DescribedPoint[];
  readonly crossings: readonly TensorCrossing[];
  readonly limits: readonly Limit[];
  readonly dense: readonly DenseCheck[];
}

/** The families of one space, and what else the starts led to. */
export interface SpaceReport {
  readonly norm: TensorNormName;
  readonly m: number;
  readonly searchAt: number;
  readonly starts: number;
  readonly onSets: number;
  readonly lost: number;
  readonly families: readonly FamilyReport[];
}

/** The report of one space. */
export function spaceReport(
  name: TensorNormName,
  settings: FamilySettings,
  stream: RandomStream,
): SpaceReport {
  const { m, searchAt, starts } = settings;
  const found = findFamilies({ norm: tensorNorm(name), m }, searchAt, starts, stream);
  const { onSets, lost } = found.findings;
  const families = found.families.map((family) => familyReport(name, family, settings));
  return { norm: name, m, searchAt, starts, onSets, lost, families };
}

/** What is published about one family. */
function familyReport(norm: TensorNormName, family: TensorFamily, settings: FamilySettings): FamilyReport {
  const { setting, start, name } = family;
  // Two blocks of two inputs or more; splitting one off as 2 < p < 3 would leave less than one input.
  const below = settings.below.filter((d) => d - setting.m >= 3 || d - setting.m === 2);
  const [down, up] = [followFamily(setting, start, below), followFamily(setting, start, settings.above)];
  const points = [...down.points.toReversed(), start, ...up.points].map((point) =>
    describePoint(family, point),
  );
  return {
    norm,
    m: setting.m,
    name,
    points,
    crossings: [...losses(family, down), ...crossings(family, points), ...losses(family, up)],
    limits: limitsOf(family, settings.far),
    dense: settings.dense.flatMap((d) => {
      const point = points.find((one) => one.d === d);
      return point === undefined ? [] : [denseCheck(setting, point)];
    }),
  };
}

function losses(family: TensorFamily, { last }: FamilyPath): TensorCrossing[] {
  return last === undefined ? [] : [lostAt(describePoint(family, last))];
}

/** Entries are trusted for a leading power where the last correction is below this part of them. */
const settled = 1e-8;

function limitsOf(family: TensorFamily, far: readonly number[]): Limit[] {
  const path = followFamily(family.setting, family.start, far);
  const points = path.points.map((point) => describePoint(family, point));
  const { entries, levels } = describePoint(family, family.start);
  const of = (quantity: string, value: (point: DescribedPoint) => number, isKnown = settledAt) =>
    limitOf(quantity, value, points, isKnown);
  return [
    ...of('loss', ({ loss }) => loss),
    ...of('gain', ({ gain }) => gain),
    ...entries.flatMap((entry, i) => (entry === 0 ? [] : of(entryNames[i]!, (point) => point.entries[i]!))),
    ...levels.flatMap(({ irrep }) =>
      of(
        `eig_${irrep}`,
        (point) => leastNonzero(point, irrep),
        (point) => point.known && settledAt(point),
      ),
    ),
  ];
}

const settledAt = ({ correction }: DescribedPoint) => correction < settled;

/** The entries in the order of the coordinates, as in the tables of the other families. */
const entryNames = ['diag1', 'off1', 'row1col2', 'row2col1', 'diag2', 'off2'] as const;

function leastNonzero({ levels }: DescribedPoint, irrep: string): number {
  return levels.find((level) => level.irrep === irrep)?.values.find((value) => value !== 0) ?? 0;
}

/** From the four largest d where the quantity is known. */
function limitOf(
  quantity: string,
  value: (point: DescribedPoint) => number,
  points: readonly DescribedPoint[],
  isKnown: (point: DescribedPoint) => boolean,
): Limit[] {
  const until = points.findIndex((point) => !isKnown(point));
  const used = points.slice(0, until < 0 ? points.length : until).slice(-4);
  const found = leading(
    used.map(({ d }) => d),
    used.map(value),
  );
  return found === undefined ? [] : [{ quantity, upTo: used.at(-1)!.d, ...found }];
}
