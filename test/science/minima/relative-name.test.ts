import { expect, it } from 'vitest';
import { typeset } from '../../../src/science/figure/typeset.ts';
import { relativeName } from '../../../src/science/minima/relative-name.ts';

it.each([
  ['ΔS_12', 12, '$ΔS_k$'],
  ['Δ(S_7×S_1)', 8, '$Δ(S_{k-1}×S_1)$'],
  ['Δ(S_10×S_10)', 20, '$Δ(S_{k-10}×S_{10})$'],
  ['Δ(S_5×S_1)×S_2', 6, '$Δ(S_{k-1}×S_1)×S_2$'],
  ['1', 6, '$1$'],
  ['undecided: entries-between-classes', 18, 'undecided: entries-between-classes'],
  ['order 12 (rows 4+3, columns 7)', 7, 'order 12 (rows 4+3, columns 7)'],
])('%s at k = %i is written %s', (name, k, markup) => {
  expect(relativeName(name, k)).toBe(markup);
  expect(typeset(markup).width).toBeGreaterThan(0);
});
