/** pipeline.lock: the expected key and out digests of every step, by profile; no date, no machine. */
import { byCodeUnit } from '../base/canonical.ts';
import { type Digest, isDigest } from '../base/digest.ts';
import { shortDigest } from '../base/text.ts';
import { Fault } from '../model/fault.ts';
import { isMap } from '../model/json.ts';
import type { ArtifactsByRole } from '../model/store.ts';

export interface LockedStep {
  readonly key: Digest;
  readonly outs: Readonly<Record<string, Digest>>;
}

export type LockedProfile = Readonly<Record<string, LockedStep>>;

export interface Lock {
  readonly lock: 1;
  readonly profiles: Readonly<Record<string, LockedProfile>>;
}

export const emptyLock: Lock = { lock: 1, profiles: {} };

/** Reads a lock file. Throws Fault `usage` where it is none. */
export function parseLock(text: string, file: string): Lock {
  const refuse = (what: string): never => {
    throw new Fault('usage', [
      { place: { file, line: 1, column: 1 }, message: `${what}; write it anew with \`colophon lock\`` },
    ]);
  };
  let value: Partial<Lock> | undefined;
  try {
    value = JSON.parse(text) as Lock;
  } catch {
    return refuse('this is not the JSON that `colophon lock` writes');
  }
  if (!isMap(value) || value.lock !== 1)
    return refuse(`lock version ${String(value?.lock)} is not the 1 that this colophon reads`);
  if (!isMap(value.profiles) || !Object.values(value.profiles).every(isProfile))
    return refuse('its profiles are not steps with a key and outs, each a digest');
  return value as Lock;
}

function isProfile(profile: unknown): boolean {
  return (
    isMap(profile) &&
    Object.values(profile).every(
      (step) =>
        isMap(step) &&
        isDigestText(step['key']) &&
        isMap(step['outs']) &&
        Object.values(step['outs']).every(isDigestText),
    )
  );
}

const isDigestText = (value: unknown): boolean => typeof value === 'string' && isDigest(value);

/** The text of a lock: one line a step, sorted, so that a changed result is a changed line. */
export function formatLock(lock: Lock): string {
  const profiles = sortedEntries(lock.profiles).map(([name, steps]) => {
    const lines = sortedEntries(steps).map(([step, { key, outs }]) => {
      const sorted = Object.fromEntries(sortedEntries(outs));
      return `      ${JSON.stringify(step)}: ${JSON.stringify({ key, outs: sorted })}`;
    });
    return `    ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n    }`;
  });
  return `{\n  "lock": 1,\n  "profiles": {\n${profiles.join(',\n')}\n  }\n}\n`;
}

function sortedEntries<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => byCodeUnit(a, b));
}

export interface LockDifference {
  readonly step: string;
  readonly status: 'irreproducible' | 'out of date' | 'absent';
  readonly message: string;
}

/** How one done step differs from what is locked; undefined where it does not. */
export function compareLocked(
  step: string,
  key: string,
  outs: ArtifactsByRole,
  locked: LockedStep | undefined,
): LockDifference | undefined {
  if (locked === undefined) return { step, status: 'absent', message: `${step} is not in pipeline.lock` };
  const other = [...new Set([...Object.keys(outs), ...Object.keys(locked.outs)])]
    .sort(byCodeUnit)
    .find((role) => outs[role]?.digest !== locked.outs[role]);
  if (other === undefined)
    return key === locked.key ? undefined : outdated(step, 'its key changed, its outs did not');
  const detail = `${other} is ${shortDigest(outs[other]?.digest ?? 'absent')}, locked as ${shortDigest(locked.outs[other] ?? 'absent')}`;
  if (key !== locked.key) return outdated(step, detail);
  return {
    step,
    status: 'irreproducible',
    message: `${step} is irreproducible: with the same key, ${detail}`,
  };
}

function outdated(step: string, detail: string): LockDifference {
  return {
    step,
    status: 'out of date',
    message: `pipeline.lock is out of date for ${step}: ${detail}; \`colophon lock ${step}\` accepts it`,
  };
}
