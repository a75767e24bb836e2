/** How long a run still takes: recorded costs corrected by this run and what runs longer than expected. */
import { describe, expect, test } from 'vitest';
import { type Costs, type OpenStep, estimate } from '../../../src/cli/view/estimate.ts';
import { stageOf } from '../../../src/model/case.ts';

const costs = (
  expected: Readonly<Record<string, number>>,
  paid: Costs['paid'] = { expected: 0, actual: 0 },
  stages: Readonly<Record<string, { sum: number; count: number }>> = {},
): Costs => ({ expected: new Map(Object.entries(expected)), paid, stages: new Map(Object.entries(stages)) });
const open = (...steps: readonly string[]): OpenStep[] =>
  steps.map((step) => ({ step, stage: stageOf(step) }));

describe('an estimate', () => {
  test('is the sum of costs where one step runs at a time', () => {
    expect(estimate(open('a', 'b', 'c'), costs({ a: 100, b: 200, c: 300 }), 1)).toEqual({
      left: 600,
      partial: false,
    });
  });

  test('shares the work among jobs, but no more than there are steps', () => {
    const four = costs({ a: 100, b: 100, c: 100, d: 100 });
    expect(estimate(open('a', 'b', 'c', 'd'), four, 2)?.left).toBe(200);
    expect(estimate(open('a', 'b', 'c', 'd'), four, 50)?.left).toBe(100);
  });

  test('is never less than the longest step', () => {
    expect(estimate(open('a', 'b', 'c'), costs({ a: 1000, b: 10, c: 10 }), 3)?.left).toBe(1000);
  });

  test('is without what has run already', () => {
    expect(estimate([{ step: 'a', stage: 'a', running: 30 }], costs({ a: 100 }), 1)?.left).toBe(70);
  });

  test('takes a step that is over its time to need a tenth of it more', () => {
    expect(estimate([{ step: 'a', stage: 'a', running: 500 }], costs({ a: 100 }), 1)?.left).toBe(50);
  });

  test('is corrected by what this run has cost against what was expected', () => {
    const slower = costs({ a: 100 }, { expected: 50, actual: 150 });
    expect(estimate(open('a'), slower, 1)?.left).toBeCloseTo(300, 9);
  });

  test.each([
    [{ expected: 1, actual: 1000 }, 1000],
    [{ expected: 1000, actual: 1 }, 10],
  ])('is corrected tenfold at most: %o', (paid, left) => {
    expect(estimate(open('a'), costs({ a: 100 }, paid), 1)?.left).toBeCloseTo(left, 9);
  });

  test('takes the mean of the stage in this run, uncorrected, for steps never recorded', () => {
    const seen = costs({}, { expected: 1, actual: 5 }, { fit: { sum: 300, count: 2 } });
    expect(estimate(open('fit@k=6'), seen, 1)).toEqual({ left: 150, partial: false });
  });

  test('prefers what was recorded of the step itself', () => {
    const both = costs({ 'fit@k=6': 70 }, undefined, { fit: { sum: 300, count: 2 } });
    expect(estimate(open('fit@k=6', 'fit@k=8'), both, 1)?.left).toBe(220);
  });

  test('says that it is partial where nothing is known of some steps', () => {
    expect(estimate(open('a', 'new'), costs({ a: 100 }), 1)).toEqual({ left: 100, partial: true });
  });

  test('is none where nothing is known of any step, and where none is open', () => {
    expect(estimate(open('new', 'newer'), costs({ a: 100 }), 1)).toBeUndefined();
    expect(estimate([], costs({ a: 100 }), 1)).toBeUndefined();
  });
});
