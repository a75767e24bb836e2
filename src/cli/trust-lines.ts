/** Says how far results can be trusted: in a word beside them, in lines for one step, in a sum for many. */
import { counted, listed, shortDigest } from '../base/text.ts';
import { formatTime } from '../base/time.ts';
import { type Trust, type TrustLevel, trustLevels } from '../provenance/trust.ts';
import type { Style } from './view/style.ts';

/** `reproduced`, or in a warning colour `declared`. */
export function trustText({ level, facts }: Trust, style: Style): string {
  if (facts.refuted.length > 0) return style.bad('refuted');
  return level === 'declared' ? style.warn(level) : style.dim(level);
}

/** The level with what it rests on, and what keeps it from being higher. */
export function trustRows({ level, own, facts, limitedBy }: Trust): [string, string][] {
  const { closed, reproduced, refuted, signed, forged } = facts;
  return [
    ['level', level],
    ...(limitedBy.length > 0
      ? [['limited by', `${listed(limitedBy, 4)}; by itself ${own}`] as [string, string]]
      : []),
    ['closed', closed ? 'it could read nothing but its inputs' : 'no: it could read what it did not declare'],
    ['reproduced', againText(reproduced)],
    ...refuted.slice(-1).map(({ says, at }): [string, string] => ['refuted', `${formatTime(at)}: ${says}`]),
    [
      'signed',
      signed.length === 0 ? 'by nobody' : `by ${listed(signed.map(({ signer }) => shortDigest(signer)))}`,
    ],
    ...forged.map(({ signer, because }): [string, string] => [
      'forged',
      `a signature in the name of ${shortDigest(signer)}: ${because}`,
    ]),
  ];
}

/** `4 times: as recorded, varied, node 26.10.0; last 2026-11-22 04:01:12`. */
function againText(records: Trust['facts']['reproduced']): string {
  const last = records.at(-1);
  if (last === undefined) return 'never; `colophon audit` does it';
  const ways = [...new Set(records.map(({ variation }) => variation))];
  const times = records.length === 1 ? 'once' : `${records.length} times`;
  return `${times}: ${listed(ways)}; last ${formatTime(last.at)}`;
}

/** `trust: 41 steps reproduced, 2 closed`; empty where nothing was executed. */
export function trustSum(levels: readonly TrustLevel[], what: string): string {
  const parts = trustLevels.toReversed().flatMap((level) => {
    const count = levels.filter((each) => each === level).length;
    return count === 0 ? [] : [`${count} ${level}`];
  });
  return parts.length === 0 ? '' : `trust of ${counted(levels.length, what)}: ${parts.join(', ')}`;
}

/** The least of several levels; undefined for none. */
export function leastTrust(trusts: readonly Trust[]): TrustLevel | undefined {
  return trustLevels.find((level) => trusts.some((trust) => trust.level === level));
}
