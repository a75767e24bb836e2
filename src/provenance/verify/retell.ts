/** Judges the claims again, and makes the descriptions again: both must be what the bundle says. */
import { byCodeUnit } from '../../base/canonical.ts';
import type { Digest } from '../../base/digest.ts';
import type { Judgement } from '../../model/claim.ts';
import type { Store } from '../../model/store.ts';
import { judgeClaims } from '../claims.ts';
import type { Content } from '../export/content.ts';
import { descriptionsOf } from '../export/descriptions.ts';
import { names, unlisted } from '../export/format.ts';
import type { Finding } from './finding.ts';
import type { Restored } from './restore.ts';

export interface ClaimsVerdict {
  readonly judgements: readonly Judgement[];
  readonly findings: readonly Finding[];
}

/** Judges each claim from the artifacts, and compares with what is recorded. */
export function checkClaims(content: Content, store: Store): ClaimsVerdict {
  const find = (step: string) => {
    const trace = content.traces.get(content.keys.get(step) as Digest);
    return trace && { outs: trace.outs, current: true };
  };
  const judgements = judgeClaims(content.pipeline, store, find);
  const recorded = new Map(content.judgements.map((each) => [each.claim, each]));
  const findings = judgements.flatMap(({ claim, status, found }): Finding[] => {
    const before = recorded.get(claim);
    if (before?.status === status && before.found === found) return [];
    const said = before === undefined ? 'nothing' : `${before.status} (${before.found ?? 'no value'})`;
    const message = `the bundle says ${said}, its artifacts say ${status} (${found ?? 'no value'})`;
    return [{ check: 'claims', where: claim, message }];
  });
  return { judgements, findings };
}

/**
 * Entries that tell the record in other words, where they tell something else. A bundle of another version of the tool
 * may word things differently: undefined, nothing is said of it.
 */
export function checkDescriptions(bundle: Restored, version: string): Finding[] | undefined {
  const { content, holdings, entries } = bundle;
  const held = new Set([...holdings.values()].map(({ path }) => path));
  const sizes = new Map([...entries].map(([path, bytes]) => [path, bytes.length]));
  const given = [names.record, names.pipeline, names.lock, names.citation, names.report] as const;
  const others = [...entries.keys()].filter(
    (path) =>
      !held.has(path) &&
      !unlisted.includes(path) &&
      (path.startsWith('traces/') || given.includes(path as never)),
  );
  const made = descriptionsOf(content, holdings, sizes, others);
  const expected = new Set([...held, ...others, ...unlisted, ...made.map(({ path }) => path)]);
  const strange = [...entries.keys()].filter((path) => !expected.has(path)).sort(byCodeUnit);
  const other = made.filter(({ path, bytes }) => {
    const there = entries.get(path);
    return there === undefined || Buffer.compare(there, bytes) !== 0;
  });
  if (content.version !== version && strange.length + other.length > 0) return undefined;
  return [
    ...strange.map((where): Finding => ({
      check: 'descriptions',
      where,
      message: 'no bundle has such an entry',
    })),
    ...other.map(({ path }): Finding => {
      const message = entries.has(path) ? 'it tells something else than the record' : 'it is missing';
      return { check: 'descriptions', where: path, message };
    }),
  ];
}
