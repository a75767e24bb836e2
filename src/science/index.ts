/** The computations as a library: families of critical points in closed reduced form, for any real d. */
export {
  type CriticalPoint,
  criticalPoint,
  type Entry,
  type FamilyQuery,
  NoSuchPoint,
  type PointEvidence,
} from './family/critical-point.ts';
export { type FamilyName, familyNames, type SpuriousName } from './family/families.ts';
export { spectrum, type Spectrum, type SpectrumLine } from './family/spectrum.ts';
export { threshold, type Threshold, type ThresholdQuery, thresholds } from './family/threshold.ts';
