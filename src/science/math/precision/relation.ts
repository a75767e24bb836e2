/** Finds small integers that make a combination of real numbers vanish. */
import { bitLength } from './fixed.ts';
import { reduceLattice } from './lattice.ts';

/** Σ coefficients[i]·values[i] = 0 to `bits` binary digits, `spent` of which the coefficients could account for. */
export interface Relation {
  readonly coefficients: readonly bigint[];
  /** Binary digits to which the combination vanishes, relative to its largest term. */
  readonly bits: number;
  /** Binary digits that a chance relation with coefficients of this size would reach: n·log₂ max |coefficient|. */
  readonly spent: number;
}

/** Binary digits per value, and besides, that are enough for the search: coefficients up to 2^28 are found. */
const enough = { each: 28, besides: 64 };

/** Binary digits beyond those spent that a relation must have to be believed: a chance of 2^-50 to be false. */
const surplus = 50;

/**
 * A relation between fixed-point numbers that are right to `bits` binary digits, or undefined.
 *
 * At most two thirds of the digits are shown to the lattice reduction; the relation it proposes must hold on the
 * others, which it has not seen, and hold to `surplus` digits more than its coefficients spend. `undefined` does not say
 * that there is no relation: only that none this small is supported by these digits.
 */
export function findRelation(values: readonly bigint[], bits: number): Relation | undefined {
  const shown = Math.min(Math.floor((2 * bits) / 3), enough.each * values.length + enough.besides);
  const hidden = BigInt(bits - shown);
  const rows = values.map((value, i) => [...values.map((_, j) => (i === j ? 1n : 0n)), value >> hidden]);
  const shortest = reduceLattice(rows)[0] as bigint[];
  const coefficients = shortest.slice(0, values.length);
  return judge(values, coefficients);
}

/** Accepts a proposed relation if the numbers support it. */
function judge(values: readonly bigint[], coefficients: readonly bigint[]): Relation | undefined {
  const terms = coefficients.map((coefficient, i) => coefficient * (values[i] as bigint));
  const rest = terms.reduce((sum, term) => sum + term, 0n);
  const widest = Math.max(...terms.map((term) => bitLength(term)));
  const height = Math.max(...coefficients.map((coefficient) => bitLength(coefficient)));
  const agreed = widest - Math.max(bitLength(rest), height + 2);
  const spent = values.length * height;
  const isExact = bitLength(rest) <= height + 6;
  return isExact && agreed >= spent + surplus ? { coefficients, bits: agreed, spent } : undefined;
}
