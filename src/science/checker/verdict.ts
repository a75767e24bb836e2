/** Says how a check came out. */

/** `refused` says that the proof did not succeed, not that the claim is false. */
export type Verdict = { readonly status: 'valid' } | { readonly status: 'refused'; readonly reason: string };

/** A claim was not proved, or the certificate contradicts itself. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Refuses the certificate unless `condition` holds; `reason` names the claim. */
export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refusal(reason);
}
