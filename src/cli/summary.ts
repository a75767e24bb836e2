/** The last lines of a run: what was done, what is wrong, how the claims stand. */
import { counted, groupDigits, listed } from '../base/text.ts';
import { duration } from '../base/time.ts';
import type { LockDifference } from '../engine/lock.ts';
import type { Tally } from '../engine/schedule.ts';
import { claimMark, claimTone, countClaims, isBadNews } from '../model/claim-status.ts';
import type { ClaimDeclaration, Judgement } from '../model/claim.ts';
import type { RunCounts } from '../model/run.ts';
import type { Trust } from '../provenance/trust.ts';
import type { RunFlags, Standing } from './run-flags.ts';
import { trustText } from './trust-lines.ts';
import { type Style, toned } from './view/style.ts';

/** `142 steps: 119 hits, 23 executed in 41.2 s`. */
export function countLine(counts: RunCounts, open: number, wall: number, style: Style): string {
  const total = counts.hits + counts.executed + counts.failed + counts.skipped + open;
  if (counts.hits === total)
    return `${style.good('✓')} up to date: ${counted(total, 'step')}, none executed ${style.dim(`(${duration(wall)})`)}`;
  const parts = [
    counts.hits > 0 ? counted(counts.hits, 'hit') : '',
    `${groupDigits(counts.executed)} executed`,
    counts.failed > 0 ? style.bad(`${groupDigits(counts.failed)} failed`) : '',
    counts.skipped > 0 ? `${groupDigits(counts.skipped)} skipped` : '',
    open > 0 ? `${groupDigits(open)} not started` : '',
  ].filter((part) => part !== '');
  const mark = counts.failed > 0 ? style.bad('✗') : open > 0 ? style.warn('!') : style.good('✓');
  return `${mark} ${counted(total, 'step')}: ${parts.join(', ')} ${style.dim(`in ${duration(wall)}`)}`;
}

/** One line a claim: status, sentence, value against relation, and how far the value can be trusted. */
export function claimLine(
  claim: ClaimDeclaration,
  judgement: Judgement,
  style: Style,
  trust?: Trust,
): string {
  const { status, found, because } = judgement;
  const value = found === undefined ? '' : `: ${found} ${style.dim(`(${claim.holds})`)}`;
  const worth = trust === undefined || found === undefined ? '' : `  ${trustText(trust, style)}`;
  return `${toned(`${claimMark(status)} ${status}`, claimTone(status), style)}  ${claim.id}${value}${worth}${because === '' ? '' : `  ${style.dim(because)}`}\n    ${style.dim(`${claim.says} — ${claim.source}`)}`;
}

/** `claims: 41 hold, 1 fails, 2 unknown`. */
export function claimsLine(judgements: readonly Judgement[], style: Style): string {
  const mark = judgements.some(isBadNews) ? style.bad('✗') : style.good('✓');
  return `${mark} claims: ${countClaims(judgements)}`;
}

/** The lock's differences in a line or two; absences are counted, not listed. */
export function lockLines(differences: readonly LockDifference[], strict: boolean, style: Style): string[] {
  const of = (status: LockDifference['status']) => differences.filter((each) => each.status === status);
  const [wrong, old, absent] = [of('irreproducible'), of('out of date'), of('absent')];
  const paint = strict ? style.bad : style.warn;
  const lines = wrong.map(({ message }) => `${style.bad('≠')} ${message}`);
  if (old.length > 0) {
    lines.push(
      `${paint('!')} pipeline.lock is out of date for ${counted(old.length, 'step')}: ${listed(
        old.map(({ step }) => step),
        5,
      )}; \`colophon lock\` accepts the new results`,
    );
  }
  if (absent.length > 0 && (strict || old.length + wrong.length > 0)) {
    lines.push(
      `${paint('!')} ${counted(absent.length, 'step')} not in pipeline.lock: ${listed(
        absent.map(({ step }) => step),
        5,
      )}`,
    );
  }
  return lines;
}

/** How a run ended. */
export interface Ended {
  readonly claims: readonly ClaimDeclaration[];
  readonly judged: Standing;
  readonly tally: Tally;
  /** Stages whose items were not made. */
  readonly waiting: readonly string[];
  /** Paths that were written. */
  readonly published: readonly string[];
  readonly wall: number;
  /** A signal ended the run before its time. */
  readonly stopped: boolean;
}

/** The last lines of a run: the lock, claims that fail (with `verbose` all), and the counts. */
export function endLines(ended: Ended, { locked, verbose }: RunFlags, style: Style): string[] {
  const { claims, judged, tally, waiting, published, wall, stopped } = ended;
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const told = judged.judgements.flatMap((judgement) => {
    const claim = byId.get(judgement.claim);
    const isTold = isBadNews(judgement) || verbose === true;
    return claim !== undefined && isTold ? [claimLine(claim, judgement, style)] : [];
  });
  const wanting = `  ${counted(waiting.length, 'stage')} waiting for items: ${listed(waiting, 4)}`;
  return [
    countLine(tally, tally.open, wall, style),
    ...(published.length > 0 ? [`  published ${listed(published, 4)}`] : []),
    ...(stopped ? [style.dim('  stopped; `colophon run` goes on from here')] : []),
    ...(waiting.length > 0 && !stopped ? [style.dim(wanting)] : []),
    ...lockLines(judged.differences, locked === true, style),
    ...told,
    ...(judged.judgements.length > 0 ? [claimsLine(judged.judgements, style)] : []),
  ];
}
