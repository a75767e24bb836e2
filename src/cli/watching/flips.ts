/** Says which claims stand otherwise than before. */
import { claimTone } from '../../model/claim-status.ts';
import type { ClaimStatus, Judgement } from '../../model/claim.ts';
import { type Style, toned } from '../view/style.ts';

/** A line for each claim whose status or value changed; those whose status flipped first. */
export function flipLines(before: readonly Judgement[], after: readonly Judgement[], style: Style): string[] {
  const old = new Map(before.map((judgement) => [judgement.claim, judgement]));
  const moved = after.filter(({ claim, status, found }) => {
    const was = old.get(claim);
    return was !== undefined && (was.status !== status || was.found !== found);
  });
  const isFlip = ({ claim, status }: Judgement) => old.get(claim)?.status !== status;
  const flipped = moved.filter(isFlip);
  const others = moved.filter((judgement) => !isFlip(judgement));
  return [...flipped, ...others].map((judgement) =>
    flipLine(old.get(judgement.claim) as Judgement, judgement, style),
  );
}

function flipLine(before: Judgement, after: Judgement, style: Style): string {
  const values = `${before.found ?? 'nothing'} → ${after.found ?? 'nothing'}`;
  if (before.status === after.status) return style.dim(`  ${after.claim} still ${after.status}: ${values}`);
  const statuses = `${painted(before.status, style)} → ${painted(after.status, style)}`;
  return `  ${style.strong(after.claim)} ${statuses}${before.found === after.found ? '' : `: ${values}`}`;
}

const painted = (status: ClaimStatus, style: Style) => toned(status, claimTone(status), style);
