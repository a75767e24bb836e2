/** Tells what a verification found: a line for each thing that was checked, then everything that is wrong. */
import { byteSize, counted, listed, shortDigest } from '../base/text.ts';
import { duration } from '../base/time.ts';
import type { Execution, Repeated } from '../provenance/verify/execute.ts';
import type { Finding } from '../provenance/verify/finding.ts';
import type { Signer } from '../provenance/verify/signature.ts';
import type { Verified } from './command/verify.ts';
import { claimsLine } from './summary.ts';
import type { Style } from './view/style.ts';

/** For people. */
export function verdictLines(verified: Verified, style: Style): string[] {
  const { inspection, tried, file, wall } = verified;
  const findings = findingsOf(verified);
  if (findings.length > 0) return brokenLines(verified, findings, style);
  const good = style.good('✓');
  const { counts, signer, described } = inspection;
  return [
    `${good} ${file}: ${counted(counts.entries, 'file')} (${byteSize(verified.size)}, unpacked ${byteSize(counts.bytes)}), every byte as listed, none missing, none too many`,
    `${good} ${counted(counts.traces, 'execution')}: every key follows from its parts, every input from the step that made it`,
    described
      ? `${good} the metadata (RO-Crate, PROV, CWL, claims) tells what the record tells`
      : `${style.warn('!')} the metadata (RO-Crate, PROV, CWL, claims) was written by another version of colophon and was not compared with the record`,
    signerLine(signer, style),
    ...(tried === undefined || tried.claims.judgements.length === 0
      ? []
      : [claimsLine(tried.claims.judgements, style)]),
    ...(tried?.execution === undefined ? [] : executionLines(tried.execution, style)),
    style.dim(`verified in ${duration(wall)}`),
  ];
}

function findingsOf({ inspection, tried }: Verified): readonly Finding[] {
  return [...inspection.findings, ...(tried?.claims.findings ?? [])];
}

/** Past these a person looks at --json. */
const most = 20;

function brokenLines(verified: Verified, findings: readonly Finding[], style: Style): string[] {
  const told = findings.slice(0, most).map(({ where, message }) => `${style.bad('✗')} ${where}: ${message}`);
  const rest = findings.length > most ? [`  and ${findings.length - most} more; --json lists them all`] : [];
  const verdict = verified.inspection.isForeign
    ? `${verified.file} is no bundle`
    : `${verified.file} does not verify: ${counted(findings.length, 'thing')} wrong; nothing in it was executed`;
  return [...told, ...rest, verdict];
}

function signerLine(signer: Signer, style: Style): string {
  switch (signer.type) {
    case 'trusted':
      return `${style.good('✓')} signed by the key you trust, ${signer.key}`;
    case 'unknown':
      return `${style.warn('!')} signed by unknown key ${signer.key}: give --key with their public key, or this fingerprint once they confirm it`;
    default:
      return `${style.warn('!')} not signed: it is whole, but anyone may have made it`;
  }
}

function executionLines({ repeated, left, held }: Execution, style: Style): string[] {
  const of = (type: Repeated['verdict']['type']) => repeated.filter(({ verdict }) => verdict.type === type);
  const near = of('same').filter(({ verdict }) => verdict.type === 'same' && verdict.by !== 'bytes').length;
  const tried = repeated.length - of('skipped').length;
  const parts = [
    `${of('same').length - near} byte for byte`,
    near > 0 ? `${near} as the declared comparison allows` : '',
    of('differs').length > 0 ? style.bad(`${of('differs').length} differently`) : '',
    of('failed').length > 0 ? style.bad(`${of('failed').length} not at all`) : '',
    of('elsewhere').length > 0 ? `${of('elsewhere').length} in another environment, otherwise` : '',
  ].filter((part) => part !== '');
  const isGood = of('differs').length + of('failed').length === 0;
  const all = repeated.length + left.length + held.length;
  return [
    ...repeated.flatMap((each) => repeatedLines(each, style)),
    tried === 0
      ? `${style.warn('!')} none of ${counted(all, 'execution')} was repeated`
      : `${isGood ? style.good('✓') : style.bad('✗')} ${tried} of ${counted(all, 'execution')} repeated from the bundle alone: ${parts.join(', ')}`,
    ...(held.length > 0
      ? [
          `  held back: ${listed(held, 4)}, ${held.length === 1 ? 'a program that' : 'programs that'} could do anything here; --programs, or --key of a signer you trust, lets them run`,
        ]
      : []),
    ...(left.length > 0
      ? [`  ${counted(left.length, 'execution')} not tried; --execute all repeats every one`]
      : []),
  ];
}

function repeatedLines({ step, verdict }: Repeated, style: Style): string[] {
  switch (verdict.type) {
    case 'same':
      return [];
    case 'failed':
      return [`${style.bad('✗')} ${step} failed: ${verdict.message}`];
    case 'skipped':
    case 'elsewhere':
      return [
        `${style.warn('!')} ${step} not ${verdict.type === 'skipped' ? 'tried' : 'comparable here'}: ${verdict.because}`,
      ];
    case 'differs':
      return verdict.differences.flatMap(({ role, recorded, now, first }) => [
        `${style.bad('✗')} ${step}, ${role}: ${first}`,
        style.dim(`    recorded ${spell(recorded)}, now ${spell(now)}`),
      ]);
  }
}

const spell = (text: string) => (/^[0-9a-f]{64}$/.test(text) ? shortDigest(text) : text);

/** For programs: all of it. */
export function verdictJson(verified: Verified): object {
  const { file, size, inspection, tried, wall } = verified;
  const { signer, counts, described, isForeign } = inspection;
  const findings = findingsOf(verified);
  return {
    file,
    size,
    sound: findings.length === 0 && !isForeign,
    findings,
    signer,
    counts,
    described,
    claims: tried?.claims.judgements ?? [],
    executed: tried?.execution?.repeated ?? [],
    left: tried?.execution?.left ?? [],
    held: tried?.execution?.held ?? [],
    wall,
  };
}
