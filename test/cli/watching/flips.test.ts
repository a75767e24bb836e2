/** Which claims are said to have flipped, and how. */
import { expect, test } from 'vitest';
import type { Judgement } from '../../../src/model/claim.ts';
import { flipLines } from '../../../src/cli/watching/flips.ts';
import { styleFor } from '../../../src/cli/view/style.ts';

const style = styleFor({ isTTY: false } as NodeJS.WriteStream, {});
const judged = (claim: string, status: Judgement['status'], found?: string): Judgement => ({
  claim,
  status,
  because: '',
  found,
});

test('a flip comes first, then values that moved; what stands as it stood is not said', () => {
  const before = [judged('a', 'holds', '1'), judged('b', 'holds', '1'), judged('c', 'fails', '1')];
  const after = [judged('a', 'holds', '2'), judged('b', 'fails', '3'), judged('c', 'fails', '1')];
  expect(flipLines(before, after, style)).toEqual(['  b holds → fails: 1 → 3', '  a still holds: 1 → 2']);
});

test('a claim without a value before or after says so', () => {
  expect(flipLines([judged('a', 'unknown')], [judged('a', 'holds', '2')], style)).toEqual([
    '  a unknown → holds: nothing → 2',
  ]);
  expect(flipLines([judged('a', 'holds', '2')], [judged('a', 'stale', '2')], style)).toEqual([
    '  a holds → stale',
  ]);
});

test('the first judgement of a claim is no flip', () => {
  expect(flipLines([], [judged('a', 'fails', '1')], style)).toEqual([]);
});
