/** The flags of `colophon run`, and the exit codes that claims and the lock lead to. */
import type { LockDifference } from '../engine/lock.ts';
import { isBadNews } from '../model/claim-status.ts';
import type { Judgement } from '../model/claim.ts';
import { type ExitCode, exits } from './exit.ts';
import type { ProjectFlags } from './site.ts';

export interface RunFlags extends ProjectFlags {
  readonly jobs?: string;
  readonly dryRun?: boolean;
  readonly keepGoing?: boolean;
  readonly force?: boolean;
  readonly singleItem?: boolean;
  readonly locked?: boolean;
  readonly restore?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
  /** End by writing the report. */
  readonly report?: boolean;
}

/** How claims and lock stand after a run. */
export interface Standing {
  readonly differences: readonly LockDifference[];
  readonly judgements: readonly Judgement[];
}

/** What the claims and the lock lead to, whatever was executed. */
export function standingCodes({ judgements, differences }: Standing, { locked }: RunFlags): ExitCode[] {
  const codes: ExitCode[] = [];
  if (judgements.some(isBadNews)) codes.push(exits.failed);
  if (differences.some(({ status }) => locked === true || status === 'irreproducible'))
    codes.push(exits.bytes);
  return codes;
}
