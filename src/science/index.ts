/** The computations as a library: families of critical points in closed reduced form, for any real d. */
export {
  type CriticalPoint,
  criticalPoint,
  type Entry,
  type FamilyQuery,
  NoSuchPoint,
  type PointEvidence,
} from './family/critical-point.ts';
export {
  branchOf,
  type FamilyName,
  familyNames,
  globalBranch,
  type SpuriousName,
} from './family/families.ts';
export { spectrum, type Spectrum, type SpectrumLine } from './family/spectrum.ts';
export { foldOf, threshold, type Threshold, type ThresholdQuery, thresholds } from './family/threshold.ts';
export { catalogue, type CatalogueEntry, type CatalogueQuery } from './family/catalogue.ts';
export { denseMatrix } from './family/dense.ts';
export { discover, type Discoveries, type Discovery, type DiscoveryQuery } from './family/discovery.ts';
export { leakyPath, type LeakyPath, type LeakyPoint } from './family/leaky.ts';
export { type Over, overparametrised, type OverQuery } from './family/overparametrised.ts';
export { perturbed, type Perturbation, type PerturbationQuery } from './family/perturbed.ts';
export { certify, certifyPoint, type Certification, type ProofEvidence } from './certificate/certify.ts';
export { certifyFold, type FoldEvidence } from './certificate/fold.ts';
export { certifyRange, type RangeEvidence, type RangeQuery } from './certificate/range.ts';
export { certifyThreshold, type Crossing } from './certificate/threshold.ts';
export { check } from './checker/check.ts';
export type { Certificate } from './checker/format.ts';
export type { Verdict } from './checker/verdict.ts';
export { series, type SeriesEvidence, type SeriesQuery, type SeriesRow } from './series/series.ts';
