import { expect, test } from 'vitest';
import { profileNames } from '../../src/config/profiles.ts';

test('the profiles are named in the order of the file, however wrong the rest of it is', () => {
  const text = 'profiles:\n  quick: { a: {} }\n  full:\n  default: {}\nstages: 7\nnonsense: true\n';
  expect(profileNames(text)).toEqual(['quick', 'full']);
});

test.each(['', 'pipeline: x\n', 'profiles: []\n', 'profiles: { a', '- 1\n'])('%j has none', (text) => {
  expect(profileNames(text)).toEqual([]);
});
