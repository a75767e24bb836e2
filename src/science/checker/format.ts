/**
 * The certificates that the checker reads: plain data, every number a decimal in a string.
 *
 * A decimal with n digits after the point, n ≥ 1, claims that the exact value lies within half a unit of its last
 * digit: to change any digit makes the claim false.
 */

/** `-0.5`, `12.0`: the value of the number it stands for, rounded to the digits shown. */
type Rounded = string;

/**
 * A fixed-point space of M(k, d) for the target I_d. Block sizes sum up to d, and each block has one row per input
 * of it, tied to it; `extra` lists how many equal rows each further row type has, constant on every block.
 */
export interface Structure {
  /** Sizes of the blocks: `d`, `d - 1`, …, or an integer. */
  readonly blocks: readonly string[];
  readonly extra: readonly number[];
}

/**
 * The free entries by name: `diag1` and `off1` on the square of block 1, `row1col2` at the rows of type 1 and the
 * inputs of block 2. Row types count from 1: those tied to the blocks, then the extra ones.
 */
type Entries = Readonly<Record<string, Rounded>>;

/** A component of the Hessian with all its eigenvalues, ascending, each `multiplicity` times in the full spectrum. */
export interface Component {
  /**
   * `t`; `s1`, `x1`, `y1` of block 1; `s1*s2`; `e1`, the standard representation of the equal rows of extra type 1;
   * `e1*s1`. A number may be left out where only one block has more than one input.
   */
  readonly irrep: string;
  readonly multiplicity: string;
  readonly eigenvalues: readonly Rounded[];
}

/**
 * There is exactly one critical point of the loss in the fixed-point space with these entries; its loss and the
 * whole spectrum of the Hessian there are as stated. For integer d it is critical in the full space. For other d
 * the claim is about the reduced equations and blocks.
 */
export interface PointCertificate {
  readonly claim: 'critical point';
  readonly family: string;
  /** A decimal; exact, not rounded. */
  readonly d: string;
  readonly structure: Structure;
  readonly entries: Entries;
  readonly loss: Rounded;
  readonly components: readonly Component[];
  /** The number of negative eigenvalues in the full spectrum. */
  readonly index: string;
}

/** W = V is a global minimum, and the whole spectrum of the Hessian there is as stated. */
export interface TargetCertificate {
  readonly claim: 'global minimum';
  readonly d: string;
  readonly components: readonly Component[];
}

/**
 * For each real d within half a unit of `d` there is exactly one critical point with these entries, continuous in
 * d; at the lower end the block of `irrep` has `below` negative eigenvalues, at the upper end `above`.
 */
export interface ThresholdCertificate {
  readonly claim: 'threshold';
  readonly family: string;
  readonly d: Rounded;
  readonly structure: Structure;
  readonly entries: Entries;
  readonly irrep: string;
  readonly below: number;
  readonly above: number;
}

/**
 * The branch turns back in d. For each value of the entry `pivot` within half a unit of what is shown there is exactly
 * one critical point with the other entries and d within half a unit of theirs, so that these points form a curve over
 * that entry; at its lower end the block of t has `below` negative eigenvalues, at its upper end `above`. Where they
 * change, d is largest or least along the curve.
 */
export interface FoldCertificate {
  readonly claim: 'fold';
  readonly family: string;
  readonly d: Rounded;
  readonly structure: Structure;
  readonly entries: Entries;
  readonly pivot: string;
  readonly below: number;
  readonly above: number;
}

/** A critical point at exactly this d. */
export interface Node {
  readonly d: string;
  readonly entries: Entries;
}

/**
 * For every real d from that of the first node to that of the last there is a critical point, continuous in d, and
 * that of each node at its d; all eigenvalues of all blocks of the Hessian are positive at each of them.
 */
export interface RangeCertificate {
  readonly claim: 'minimum over a range';
  readonly family: string;
  readonly structure: Structure;
  readonly nodes: readonly Node[];
}

/** Certificates at one d, or about one. */
export type SingleCertificate = PointCertificate | TargetCertificate | ThresholdCertificate | FoldCertificate;

export type Certificate = SingleCertificate | RangeCertificate;
