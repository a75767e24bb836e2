/** How the statuses of claims are told: their marks, their order, and which are bad news. */
import { groupDigits } from '../base/text.ts';
import type { ClaimStatus } from './claim.ts';

export type ClaimTone = 'good' | 'bad' | 'open';

const tellings: Readonly<Record<ClaimStatus, readonly [tone: ClaimTone, mark: string]>> = {
  fails: ['bad', '✗'],
  broken: ['bad', '✗'],
  undecided: ['open', '?'],
  stale: ['open', '~'],
  unknown: ['open', '·'],
  holds: ['good', '✓'],
};

/** Every status, those first that need attention. */
export const claimStatuses = Object.keys(tellings) as readonly ClaimStatus[];

/** Whether a status is good news, bad news or none yet: decides the colour. */
export const claimTone = (status: ClaimStatus): ClaimTone => tellings[status][0];

/** For those who see no colours. */
export const claimMark = (status: ClaimStatus): string => tellings[status][1];

/** Whether the pipeline contradicts its paper, or the claim cannot be judged as it is written. */
export const isBadNews = ({ status }: { readonly status: ClaimStatus }): boolean =>
  claimTone(status) === 'bad';

/** `41 hold, 1 fails, 2 unknown`. */
export function countClaims(judged: readonly { readonly status: ClaimStatus }[]): string {
  const order: readonly ClaimStatus[] = ['holds', ...claimStatuses.filter((status) => status !== 'holds')];
  return order
    .flatMap((wanted) => {
      const count = judged.filter(({ status }) => status === wanted).length;
      return count === 0
        ? []
        : [`${groupDigits(count)} ${wanted === 'holds' && count > 1 ? 'hold' : wanted}`];
    })
    .join(', ');
}
