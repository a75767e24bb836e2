/** What is wrong with a bundle: which check found it, where, found against expected. */

/**
 * `archive`: the zip file itself; `bytes`: an entry's content; `manifest`: entries missing or too many; `record`: what
 * is recorded contradicts itself; `signature`; `claims`; `descriptions`: metadata that tells something else.
 */
type Check = 'archive' | 'bytes' | 'manifest' | 'record' | 'signature' | 'claims' | 'descriptions';

export interface Finding {
  readonly check: Check;
  /** An entry, a step, a claim, or the bundle. */
  readonly where: string;
  readonly message: string;
}
