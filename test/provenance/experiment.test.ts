/** Which quantities differ among runs, where some of the runs were of other targets. */
import { describe, expect, test } from 'vitest';
import { varyingAmong } from '../../src/provenance/experiment.ts';
import type { RunView } from '../../src/provenance/run-view.ts';

/** Runs by the steps that were theirs. */
const runs = (...steps: readonly (readonly string[])[]) =>
  steps.map(
    (own) => ({ steps: new Map(own.map((step) => [step, {}])) }) as unknown as Pick<RunView, 'steps'>,
  );
const whole = ['fit@k=6', 'draw'];

describe('a quantity', () => {
  test('varies where two runs have it and differ', () => {
    expect(varyingAmong(runs(whole, whole))({ name: 'fit.level', cells: ['1', '2'] })).toBe(true);
    expect(varyingAmong(runs(whole, whole))({ name: 'fit.level', cells: ['1', '1'] })).toBe(false);
  });

  test('does not vary by a run that was not about its stage', () => {
    expect(varyingAmong(runs(whole, ['draw']))({ name: 'fit.level', cells: ['1', undefined] })).toBe(false);
    expect(varyingAmong(runs(['draw'], whole))({ name: 'fit', cells: [undefined, 'code'] })).toBe(false);
    expect(varyingAmong(runs(whole, []))({ name: 'fit@k=6: residual', cells: ['0', undefined] })).toBe(false);
    expect(varyingAmong(runs(whole, whole))({ name: 'a-claim', cells: ['1 holds', undefined] })).toBe(false);
  });

  test('varies where a run had steps of its stage, and has it not', () => {
    expect(varyingAmong(runs(whole, whole))({ name: 'fit.level', cells: ['1', undefined] })).toBe(true);
    expect(varyingAmong(runs(whole, whole))({ name: 'fit@k=7: residual', cells: ['0', undefined] })).toBe(
      true,
    );
  });
});
