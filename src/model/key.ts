/** Keys: the digest of all that may decide a step's outs, with the parts it was made of. */
import { type Digest, digestOfValue } from '../base/digest.ts';
import { type Case, formatCase } from './case.ts';
import type { Json } from './json.ts';

/** Raised when the same parts would mean something else. */
export const protocol = 1;

/** An input as the key sees it: an artifact's digest, or for a gather the digests by case, sorted by case. */
export type InputDigest = Digest | readonly (readonly [caseText: string, digest: Digest])[];

export interface KeyParts {
  readonly protocol: number;
  readonly code: Digest;
  readonly params: Readonly<Record<string, Json>>;
  readonly case: Case;
  readonly inputs: Readonly<Record<string, InputDigest>>;
  /** Role to `kind/version`. */
  readonly outs: Readonly<Record<string, string>>;
  /** Seed of the random stream; present only where the stage declares `random: true`. */
  readonly stream?: Digest | undefined;
  /** Probe answers, declared variables (`env.NAME`), and for declared effects the versions they depend on. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The key of a step. Throws CanonicalError where a param cannot be encoded. */
export function keyOf(parts: KeyParts): Digest {
  return digestOfValue({ ...parts });
}

/** The random stream of a step: a stage's seed for one case. Adding a case moves no other. */
export function streamOf(seed: number | string, stage: string, binding: Case): Digest {
  return digestOfValue(['stream', seed, stage, formatCase(binding)]);
}
