/** Which quantities differ among runs, where some of the runs were of other targets. */
import { describe, expect, test } from 'vitest';
import { isVarying } from '../../src/provenance/experiment.ts';
import type { RunView } from '../../src/provenance/run-view.ts';

/** Runs by the steps that were theirs. */
const runs = (...steps: readonly (readonly string[])[]) =>
  steps.map(
    (own) => ({ steps: new Map(own.map((step) => [step, {}])) }) as unknown as Pick<RunView, 'steps'>,
  );
const whole = ['fit@k=6', 'draw'];

describe('a quantity', () => {
  test('varies where two runs have it and differ', () => {
    expect(isVarying({ name: 'fit.level', cells: ['1', '2'] }, runs(whole, whole))).toBe(true);
    expect(isVarying({ name: 'fit.level', cells: ['1', '1'] }, runs(whole, whole))).toBe(false);
  });

  test('does not vary by a run that was not about its stage', () => {
    expect(isVarying({ name: 'fit.level', cells: ['1', undefined] }, runs(whole, ['draw']))).toBe(false);
    expect(isVarying({ name: 'fit', cells: [undefined, 'code'] }, runs(['draw'], whole))).toBe(false);
    expect(isVarying({ name: 'fit@k=6: residual', cells: ['0', undefined] }, runs(whole, []))).toBe(false);
    expect(isVarying({ name: 'a-claim', cells: ['1 holds', undefined] }, runs(whole, whole))).toBe(false);
  });

  test('varies where a run had steps of its stage, and has it not', () => {
    expect(isVarying({ name: 'fit.level', cells: ['1', undefined] }, runs(whole, whole))).toBe(true);
    expect(isVarying({ name: 'fit@k=7: residual', cells: ['0', undefined] }, runs(whole, whole))).toBe(true);
  });
});
