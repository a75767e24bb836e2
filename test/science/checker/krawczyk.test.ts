import { describe, expect, it } from 'vitest';
import { arithmetic, type Enclosure, Undecided } from '../../../src/science/checker/arithmetic.ts';
import { exactly, within } from '../../../src/science/checker/decimal.ts';
import { configured, slopesOf } from '../../../src/science/checker/forms.ts';
import { frameOf } from '../../../src/science/checker/frames.ts';
import { type Equations, provedZero, tightened } from '../../../src/science/checker/krawczyk.ts';
import { spaceOf } from '../../../src/science/checker/model.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';

const a = arithmetic(200);

/** The equations of type A at d, and its entries rounded to so many places. */
function typeA(d: number, places: number, shift = 0): { equations: Equations; box: Enclosure[] } {
  const size = exactly(a, String(d));
  const spaceAt = (values: readonly Enclosure[]) => spaceOf(a, { blocks: ['d'], extra: [] }, size, values);
  const frame = frameOf(a, spaceAt([a.one, a.zero]), { kind: 't', of: [] });
  const { entries } = criticalPoint({ family: 'A', d });
  return {
    equations: { a, frame, spaceAt },
    box: entries.map(({ value }) => within(a, (value + shift).toFixed(places))),
  };
}

describe('the proof of a zero', () => {
  it('succeeds on the rounding boxes of the entries, and gives smaller boxes inside', () => {
    for (const places of [3, 6, 12]) {
      const { equations, box } = typeA(9, places);
      provedZero(equations, box).forEach(({ lo, hi }, i) => {
        expect(box[i]!.lo < lo && lo <= hi && hi < box[i]!.hi).toBe(true);
      });
    }
  });

  it('fails on boxes beside it, and on boxes too wide', () => {
    const beside = typeA(9, 6, 2e-6);
    expect(() => provedZero(beside.equations, beside.box)).toThrow(Undecided);
    const wide = typeA(9, 1);
    expect(() => provedZero(wide.equations, wide.box)).toThrow(Undecided);
  });

  it('tightens to the digits of the arithmetic: the slopes there enclose zero narrowly', () => {
    const { equations, box } = typeA(9, 6);
    const point = tightened(equations, provedZero(equations, box));
    for (const { lo, hi } of slopesOf(configured(a, equations.spaceAt(point)), equations.frame)) {
      expect(lo <= 0n && 0n <= hi).toBe(true);
      expect(Number(hi - lo) / 2 ** 200).toBeLessThan(1e-50);
    }
  });
});
