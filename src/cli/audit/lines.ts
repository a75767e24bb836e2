/** Says what an audit found: first all that is wrong, by name, then how much was looked at. */
import { counted, listed, shortDigest } from '../../base/text.ts';
import { duration } from '../../base/time.ts';
import type { AuditVerdict, Recorded } from '../../provenance/audit.ts';
import type { PublishedAudit, StoreAudit } from '../../provenance/audit-all.ts';
import type { Style } from '../view/style.ts';
import { plain } from './variations.ts';

export interface Audited {
  readonly step: string;
  readonly variation: string;
  readonly verdict: AuditVerdict;
}

export interface Findings {
  readonly bytes: StoreAudit;
  readonly published: readonly PublishedAudit[];
  readonly audited: readonly Audited[];
  /** Steps that the budget had no room for, or that were not reached in it. */
  readonly left: readonly Recorded[];
  /** Steps that were repeated, but not under every variation. */
  readonly begun: readonly Recorded[];
  /** Milliseconds; infinite where all is audited. */
  readonly budget: number;
  readonly seed: string;
  readonly wall: number;
}

export function auditLines(findings: Findings, style: Style): string[] {
  const { bytes, published, audited } = findings;
  return [
    ...bytes.damaged.map(
      ({ digest, status, outs }) =>
        `${style.bad('✗')} artifact ${digest} is ${status}${outs.length > 0 ? `: ${listed(outs)}` : ''}`,
    ),
    ...published.flatMap((each) => publishedLine(each, style)),
    ...audited.flatMap((each) => verdictLines(each, style)),
    bytesLine(bytes, style),
    ...publishedSum(published, style),
    repeatedLine(findings, style),
    ...leftLines(findings),
  ];
}

function publishedLine({ path, step, status }: PublishedAudit, style: Style): string[] {
  if (status === 'same') return [];
  return status === 'edited'
    ? [`${style.bad('✗')} ${path} is not what ${step} published there`]
    : [`${style.warn('!')} ${path}, published by ${step}, is gone`];
}

function verdictLines({ step, variation, verdict }: Audited, style: Style): string[] {
  const name = variation === plain.name ? step : `${step} (${variation})`;
  if (verdict.type === 'failed') return [`${style.bad('✗')} ${name} failed: ${verdict.message}`];
  if (verdict.type === 'skipped') return [`${style.warn('!')} ${name} not tried: ${verdict.because}`];
  if (verdict.type === 'same') return [];
  return verdict.differences.flatMap(({ role, recorded, now, first }) => [
    `${style.bad('✗')} ${name}, ${role}: ${first}`,
    style.dim(`    recorded ${spell(recorded)}, now ${spell(now)}`),
  ]);
}

/** Digests are told in their first digits; evidence as it is. */
const spell = (text: string) => (/^[0-9a-f]{64}$/.test(text) ? shortDigest(text) : text);

const mark = (isGood: boolean, style: Style) => (isGood ? style.good('✓') : style.bad('✗'));

function bytesLine({ artifacts, damaged }: StoreAudit, style: Style): string {
  const isSound = damaged.length === 0;
  const found = isSound ? 'all sound' : `${damaged.length} not what the name says`;
  return `${mark(isSound, style)} ${counted(artifacts, 'artifact')} hashed again, ${found}`;
}

function publishedSum(published: readonly PublishedAudit[], style: Style): string[] {
  if (published.length === 0) return [];
  const same = published.filter(({ status }) => status === 'same').length;
  const isSound = !published.some(({ status }) => status === 'edited');
  const files = counted(published.length, 'published file');
  return [
    `${mark(isSound, style)} ${files} hashed again, ${same === published.length ? 'all as published' : `${same} as published`}`,
  ];
}

function repeatedLine({ audited, wall }: Findings, style: Style): string {
  const count = (type: AuditVerdict['type']) => audited.filter(({ verdict }) => verdict.type === type).length;
  const near = audited.filter(({ verdict }) => verdict.type === 'same' && verdict.by !== 'bytes').length;
  const parts = [
    `${count('same') - near} byte for byte`,
    near > 0 ? `${near} as the declared comparison allows` : '',
    count('differs') > 0 ? style.bad(`${count('differs')} differently`) : '',
    count('failed') > 0 ? style.bad(`${count('failed')} not at all`) : '',
    count('skipped') > 0 ? `${count('skipped')} could not be tried` : '',
  ].filter((part) => part !== '');
  const isGood = count('differs') + count('failed') === 0;
  const took = style.dim(`(${duration(wall)})`);
  return `${mark(isGood, style)} ${counted(audited.length, 'execution')} repeated from the store: ${parts.join(', ')} ${took}`;
}

function leftLines({ left, begun, budget, seed }: Findings): string[] {
  if (budget === Infinity) return [];
  if (left.length + begun.length === 0) return ['  the budget held every step'];
  const rest = [
    left.length > 0 ? `${counted(left.length, 'step')} not tried` : '',
    begun.length > 0 ? `${begun.length} not in every variation` : '',
  ].filter((part) => part !== '');
  return [`  a sample drawn with --seed ${seed}; ${rest.join(', ')}: ${duration(budget)} hold no more`];
}
