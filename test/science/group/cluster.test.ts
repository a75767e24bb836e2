import { describe, expect, it } from 'vitest';
import { clusterAtWidestGap, clusterBySteps } from '../../../src/science/group/cluster.ts';

const floor = 1e-8;
const ceiling = 1e-4;

describe('clustering', () => {
  it('numbers classes by value and measures spread and gap', () => {
    const found = clusterAtWidestGap([0.5, -1, 0.5 + 3e-10, 0, -1e-9], floor, ceiling);
    expect([...found.classOf]).toEqual([2, 0, 2, 1, 1]);
    expect(found.classes).toBe(3);
    expect(found.spread).toBeCloseTo(1e-9, 12);
    expect(found.gap).toBe(0.5);
  });

  it('cuts at the widest gap in scale, so that doubtful differences show in the evidence', () => {
    const noisy = clusterAtWidestGap([0, 2e-7, 1, 1 + 5e-7], floor, ceiling);
    expect(noisy.classes).toBe(2);
    expect(noisy.spread).toBeCloseTo(5e-7, 12);
    const close = clusterAtWidestGap([0, 3e-5, 1], floor, ceiling);
    expect(close.classes).toBe(3);
    expect(close.gap).toBeCloseTo(3e-5, 12);
  });

  it('sees a long chain of small differences as a wide class', () => {
    const chain = Array.from({ length: 40 }, (_, i) => i * 0.9e-8);
    const found = clusterAtWidestGap(chain, floor, ceiling);
    expect(found.classes).toBe(1);
    expect(found.spread).toBeGreaterThan(3e-7);
    expect(found.gap).toBe(Number.POSITIVE_INFINITY);
  });

  it('by steps cuts at every difference of the size asked for', () => {
    expect([...clusterBySteps([3, 1, 2.5, 1.2], 0.4).classOf]).toEqual([2, 0, 1, 0]);
    expect(clusterBySteps([], 1).classes).toBe(0);
  });

  it('refuses what is no number', () => {
    expect(() => clusterBySteps([1, Number.POSITIVE_INFINITY], 1)).toThrow(RangeError);
  });
});
