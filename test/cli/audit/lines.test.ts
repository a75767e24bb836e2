/** What an audit within a time budget says of the steps that it did not reach. */
import { expect, test } from 'vitest';
import { type Findings, auditLines } from '../../../src/cli/audit/lines.ts';
import { plainStyle } from '../../../src/cli/view/style.ts';

const findings: Findings = {
  bytes: { artifacts: 3, damaged: [] },
  published: [],
  audited: [{ step: 'a', variation: 'as recorded', verdict: { type: 'same', by: 'bytes' } }],
  ...{ left: [], begun: [], budget: 60_000, seed: 'x', wall: 1000 },
};
const steps = (count: number) => Array.from({ length: count }) as Findings['left'];
const last = (changes: Partial<Findings>) =>
  auditLines({ ...findings, ...changes }, plainStyle)
    .at(-1)
    ?.trim();

test('steps that were not tried and steps not tried in every way are told apart', () => {
  expect(last({})).toBe('the budget held every step');
  expect(last({ left: steps(4) })).toMatch(/^a sample drawn with --seed x; 4 steps not tried: /);
  expect(last({ begun: steps(2) })).toMatch(/--seed x; 2 not in every variation: .+ hold no more$/);
  expect(last({ left: steps(1), begun: steps(2) })).toContain(
    '; 1 step not tried, 2 not in every variation: ',
  );
  expect(last({ budget: Infinity })).toMatch(/^✓ 1 execution repeated/);
});
