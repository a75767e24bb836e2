import { describe, expect, it } from 'vitest';
import { branchOf } from '../../../src/science/family/families.ts';
import { descend } from '../../../src/science/family/descent.ts';
import { type Curve, follow, followTrail, type Stride, trailFrom } from '../../../src/science/family/path.ts';

/** x = 1/(2 − p), by a solver that comes to within a part of where it is sent, and fails beyond p = 1.9. */
function hyperbola(): { curve: Curve; solved: number[] } {
  const solved: number[] = [];
  const curve: Curve = {
    solve: (parameter) => {
      solved.push(parameter);
      const status = parameter < 1.9 ? 'converged' : 'stalled';
      return { status, values: [1 / (2 - parameter)], residual: 0, iterations: 1 };
    },
    scales: () => [1],
  };
  return { curve, solved };
}

const stride: Stride = { first: 0.03, longest: 0.2, shortest: 1e-5, correction: 0.01 };
const start = { parameter: 0, values: [0.5] };
const ends = [1.2, 0.4, 1.7, 0, 1.95, 0.41, 1.7, 1.89, 3];

describe('a trail', () => {
  it('gives the paths that are found afresh, in whatever order they are asked for', () => {
    const trail = trailFrom(hyperbola().curve, start, 1, stride);
    for (const end of ends) {
      const path = followTrail(trail, end);
      expect(path).toEqual(follow(hyperbola().curve, start, end, stride));
      expect(path.status).toBe(end < 1.9 ? 'arrived' : 'ended');
      if (end < 1.9) expect(path.points.at(-1)).toEqual({ parameter: end, values: [1 / (2 - end)] });
    }
  });

  it('does nothing twice but the last steps', () => {
    const { curve, solved } = hyperbola();
    const trail = trailFrom(curve, start, 1, stride);
    followTrail(trail, 1.7);
    const whole = solved.length;
    followTrail(trail, 1.7);
    followTrail(trail, 1.2);
    expect(whole).toBeGreaterThan(10);
    expect(solved.length - whole).toBeLessThanOrEqual(4);
  });

  it('keeps the points of another path as they were', () => {
    const trail = trailFrom(hyperbola().curve, start, 1, stride);
    const near = followTrail(trail, 0.4);
    const before = structuredClone(near);
    followTrail(trail, 1.5);
    expect(near).toEqual(before);
  });

  it('may lead downwards, and nowhere', () => {
    const path = follow(hyperbola().curve, { parameter: 1.5, values: [2] }, 1.45, stride);
    expect(path.points.at(-1)).toEqual({ parameter: 1.45, values: [1 / 0.55] });
    expect(follow(hyperbola().curve, start, 0, stride)).toEqual({
      status: 'arrived',
      points: [start],
      correction: 0,
    });
  });
});

describe('the descent of a branch', () => {
  it('ends at the same bits whether or not others were followed before', () => {
    const alone = descend({ ...branchOf('II') }, 7.3);
    for (const d of [1000, 20, 3, 7.3, 2e9]) descend(branchOf('II'), d);
    expect(descend(branchOf('II'), 7.3)).toEqual(alone);
    expect(descend(branchOf('II'), 2e9)?.points).toHaveLength(1);
  });
});
