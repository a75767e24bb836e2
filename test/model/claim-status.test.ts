/** How claims' statuses are told: tones, marks, order and counts. */
import { describe, expect, test } from 'vitest';
import { claimMark, claimStatuses, claimTone, countClaims, isBadNews } from '../../src/model/claim-status.ts';
import type { ClaimStatus } from '../../src/model/claim.ts';

const judged = (...statuses: readonly ClaimStatus[]) => statuses.map((status) => ({ status }));

describe('the statuses of claims', () => {
  test('come in the order of the attention that they need', () => {
    expect(claimStatuses).toEqual(['fails', 'broken', 'undecided', 'stale', 'unknown', 'holds']);
  });

  test('are bad news where a claim fails or cannot be read, and good news only where it holds', () => {
    expect(judged(...claimStatuses).filter(isBadNews)).toEqual(judged('fails', 'broken'));
    expect(claimStatuses.filter((status) => claimTone(status) === 'good')).toEqual(['holds']);
  });

  test('can be told apart from good and bad news without colours', () => {
    const marksOf = (tone: string) =>
      claimStatuses.filter((status) => claimTone(status) === tone).map(claimMark);
    expect([...new Set(marksOf('bad'))]).toEqual(['✗']);
    expect(marksOf('good')).toEqual(['✓']);
    expect(new Set(marksOf('open')).size).toBe(3);
  });
});

describe('a count of claims', () => {
  test('begins with those that hold, and names no status that none has', () => {
    expect(countClaims(judged('unknown', 'holds', 'fails', 'holds'))).toBe('2 hold, 1 fails, 1 unknown');
    expect(countClaims(judged('holds'))).toBe('1 holds');
    expect(countClaims([])).toBe('');
  });

  test('groups the digits of many', () => {
    expect(countClaims(Array.from({ length: 1200 }, () => ({ status: 'stale' })))).toBe('1\u202f200 stale');
  });
});
