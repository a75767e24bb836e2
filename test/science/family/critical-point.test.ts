import { describe, expect, it } from 'vitest';
import {
  criticalPoint,
  type CriticalPoint,
  NoSuchPoint,
  stateOf,
} from '../../../src/science/family/critical-point.ts';
import { problemAt } from '../../../src/science/family/branch.ts';
import {
  branchOf,
  familyNames,
  type FamilyName,
  type SpuriousName,
} from '../../../src/science/family/families.ts';
import { gradientAt } from '../../../src/science/family/gradient.ts';
import { stateAt } from '../../../src/science/family/problem.ts';
import { valueAt } from '../../../src/science/family/value.ts';
import { bitsFor, fixedField } from '../../../src/science/math/precision/fixed-field.ts';
import { fixedOf, numberOf } from '../../../src/science/math/precision/fixed.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { identity } from '../../../src/science/math/matrix.ts';
import { denseRows } from './support.ts';

const spurious = familyNames.filter((name): name is SpuriousName => name !== 'global');
const bits = bitsFor(140);
const exact = fixedField(bits);

/** The entries as fixed-point numbers, digit for digit. */
function fixedEntries({ entries }: CriticalPoint): bigint[] {
  return entries.map(({ value, tail }) => fixedOf(value, bits) + fixedOf(tail, bits));
}

/** κ·2π of two rows given by (value, count) cells, straight from its definition: no cancellation is avoided. */
function kernel(cells: readonly (readonly [count: bigint, w: bigint, v: bigint])[]): bigint {
  const { add, mul, sub } = exact;
  let [a, b, c] = [0n, 0n, 0n];
  for (const [count, w, v] of cells) {
    a = add(a, mul(count, mul(w, w)));
    b = add(b, mul(count, mul(v, v)));
    c = add(c, mul(count, mul(w, v)));
  }
  const area = sub(mul(a, b), mul(c, c));
  const delta = exact.sqrt(area < 0n ? 0n : area);
  // π − θ is the angle of (−c, Δ) turned around: atan2(Δ, −c).
  return add(delta, mul(c, exact.atan2(delta, exact.neg(c))));
}

/**
 * The loss of the matrix with one block of size p and one of size m by summing the kernel over all pairs, in 140
 * digits: an evaluation that shares only the fixed-point arithmetic with the one under test.
 */
function directLoss(point: CriticalPoint): number {
  const [p, m] = [point.sizes[0] as number, point.sizes[1] ?? 0];
  const [diag1, off1, row1col2, row2col1, diag2, off2] = entriesByName(point);
  const n = (count: number) => fixedOf(count, bits);
  const one = exact.one;
  // A row is [its own input, the other inputs of its block, the inputs of the other block].
  const first = { own: diag1, rest: off1, across: row1col2, size: p, other: m };
  const second = { own: diag2, rest: off2, across: row2col1, size: m, other: p };
  const target = (size: number, other: number) => ({ own: one, rest: 0n, across: 0n, size, other });
  type Kind = typeof first;
  const same = (w: Kind, v: Kind) =>
    kernel([
      [one, w.own, v.own],
      [n(w.size - 1), w.rest, v.rest],
      [n(w.other), w.across, v.across],
    ]);
  const different = (w: Kind, v: Kind) =>
    kernel([
      [one, w.own, v.rest],
      [one, w.rest, v.own],
      [n(w.size - 2), w.rest, v.rest],
      [n(w.other), w.across, v.across],
    ]);
  const apart = (w: Kind, v: Kind) =>
    kernel([
      [one, w.own, v.across],
      [n(w.size - 1), w.rest, v.across],
      [one, w.across, v.own],
      [n(v.size - 1), w.across, v.rest],
    ]);
  const both = (w: Kind, v: Kind) => {
    const total = exact.mul(n(w.size), same(w, v));
    return w.size < 2
      ? total
      : exact.add(total, exact.mul(exact.mul(n(w.size), n(w.size - 1)), different(w, v)));
  };
  const [t1, t2] = [target(p, m), target(m, p)];
  const blocks = m === 0 ? [[first, t1] as const] : [[first, t1] as const, [second, t2] as const];
  let sum = 0n;
  for (const [w, v] of blocks) {
    sum += exact.scale(exact.add(both(w, w), both(v, v)), 0.5) - both(w, v);
  }
  if (m > 0) {
    const pairs = n(p * m);
    sum += exact.mul(pairs, apart(first, second) + apart(t1, t2) - apart(first, t2) - apart(second, t1));
  }
  return numberOf(exact.div(sum, exact.scale(exact.pi, 2)), bits);
}

function entriesByName(point: CriticalPoint): [bigint, bigint, bigint, bigint, bigint, bigint] {
  const values = fixedEntries(point);
  const get = (name: string) => values[point.entries.findIndex((entry) => entry.name === name)] ?? 0n;
  return ['diag1', 'off1', 'row1col2', 'row2col1', 'diag2', 'off2'].map(get) as ReturnType<
    typeof entriesByName
  >;
}

const at = (family: FamilyName) =>
  criticalPoint({ family, d: 1e8 }).entries.map(({ value }) => Math.round(value));
const scaled = (family: FamilyName) => criticalPoint({ family, d: 1e6 }).loss * 1e6;

describe('a family at large d', () => {
  it.each(spurious)('%s at d = 10^6 has the loss of the definition, summed in 140 digits', (family) => {
    const point = criticalPoint({ family, d: 1e6 });
    const direct = directLoss(point);
    expect(Math.abs(point.loss - direct)).toBeLessThan(2e-15 * direct);
  });

  it.each(spurious)('%s at d = 10^6 is a critical point to 22 digits', (family) => {
    const point = criticalPoint({ family, d: 1e6 });
    const d = fixedOf(1e6, bits);
    const state = stateAt(problemAt(exact, branchOf(family), d), fixedEntries(point));
    const largest = gradientAt(state).map((value) => Math.abs(numberOf(value, bits)));
    // An entry is of size 1/d or more, and the gradient moves with it at a rate of at least 0.09.
    expect(Math.max(...largest)).toBeLessThan(1e-22);
    expect(point.gradientNorm).toBeLessThan(1e-20);
  });

  it.each(spurious)('%s keeps its digits at d = 10^9', (family) => {
    const point = criticalPoint({ family, d: 1e9 });
    expect(Math.abs(point.loss - directLoss(point))).toBeLessThan(1e-14 * point.loss);
  });

  it('is next to its limit', () => {
    expect(at('A')).toEqual([-1, 0]);
    expect(at('I').map(Math.abs)).toEqual([1, 0, 0, 0, 1]);
    expect(at('I')[4]).toBe(1);
    expect(at('II')[0]).toBe(1);
    expect(at('II')[4]).toBe(-1);
    expect(at('4')[4]).toBe(-1);
  });

  it('decays like 0.3/d for II and m times that for m, and tends to a constant for A and I', () => {
    expect(scaled('II')).toBeCloseTo(0.297, 3);
    for (const m of [2, 3, 4, 5, 6] as const) expect(scaled(`${m}`) / scaled('II')).toBeCloseTo(m, 2);
    const constants = [1e6, 1e8].map((d) => criticalPoint({ family: 'A', d }).loss);
    expect(constants[0]).toBeCloseTo(constants[1] as number, 3);
    expect(criticalPoint({ family: 'I', d: 1e8 }).loss).toBeCloseTo(constants[1] as number, 7);
  });
});

describe('a family at small d', () => {
  it.each([...spurious])('%s is a critical point of the network at d = 12', (family) => {
    const point = criticalPoint({ family, d: 12 });
    const student = denseRows(
      stateOf(branchOf(family), point).rows.slice(0, point.sizes.length).map(toPlain),
      point.sizes,
    );
    expect(loss(student, identity(12))).toBeCloseTo(point.loss, 13);
    const slope = gradient(student, identity(12));
    expect(Math.sqrt(slope.data.reduce((sum, x) => sum + x * x, 0))).toBeLessThan(1e-14);
  });

  it('is followed to real d, continuously', () => {
    const [at, beside] = [5.75, 5.75 + 1e-7].map((d) =>
      criticalPoint({ family: '2', d }).entries.map(({ value }) => value),
    ) as [number[], number[]];
    at.forEach((value, i) => expect(Math.abs(value - (beside[i] as number))).toBeLessThan(1e-6));
  });

  it('of m flipped neurons with two others is type A with two columns swapped', () => {
    const [diagonal, off] = criticalPoint({ family: 'A', d: 7 }).entries.map(({ value }) => value) as [
      number,
      number,
    ];
    const five = criticalPoint({ family: '5', d: 7 });
    [off, diagonal, off, off, diagonal, off].forEach((value, i) => {
      expect(five.entries[i]?.value).toBeCloseTo(value, 14);
    });
    expect(five.loss).toBeCloseTo(criticalPoint({ family: 'A', d: 7 }).loss, 15);
  });

  it('is the identity with the inputs permuted where A and I end', () => {
    expect(criticalPoint({ family: 'A', d: 2 + 1e-7 }).loss).toBeLessThan(1e-8);
    expect(criticalPoint({ family: 'I', d: 3 + 1e-7 }).loss).toBeLessThan(1e-8);
  });
});

function toPlain<T extends { hi: number }>(row: { block: number; count: T; spike: T; levels: readonly T[] }) {
  return {
    block: row.block,
    count: row.count.hi,
    spike: row.spike.hi,
    levels: row.levels.map(({ hi }) => hi),
  };
}

describe('the global minimum', () => {
  it('needs no search and has loss 0', () => {
    const point = criticalPoint({ family: 'global', d: 1e6 });
    expect(point).toMatchObject({ loss: 0, gradientNorm: 0, isotropy: 'ΔS_1000000', k: 1e6 });
    expect(point.evidence.status).toBe('exact');
  });
});

describe('where a family does not exist', () => {
  it('says how far down it was followed', () => {
    expect.assertions(3);
    try {
      criticalPoint({ family: '3', d: 4.5 });
    } catch (error) {
      expect(error).toBeInstanceOf(NoSuchPoint);
      expect((error as NoSuchPoint).reached).toBeGreaterThan(4.5639);
      expect((error as NoSuchPoint).reached).toBeLessThan(4.565);
    }
  });

  it.each([2, 0, -3])('refuses d = %s', (d) => {
    expect(() => criticalPoint({ family: 'A', d })).toThrow(NoSuchPoint);
  });

  it.each([Number.NaN, Infinity])('refuses d = %s, which is no dimension', (d) => {
    expect(() => criticalPoint({ family: 'A', d })).toThrow('a dimension is a finite number');
  });
});

describe('the evidence', () => {
  it('says where the branch was entered and how it was followed', () => {
    const { evidence } = criticalPoint({ family: 'II', d: 20 });
    expect(evidence.enteredAt).toBeCloseTo(1e8, -2);
    expect(evidence.steps).toBeGreaterThan(5);
    expect(evidence.stride).toBeLessThan(0.02);
    expect(evidence.status).toBe('converged');
    expect(evidence.correction).toBeLessThan(1e-24);
  });

  it('gives the same value again', () => {
    expect(criticalPoint({ family: '6', d: 31.5 })).toEqual(criticalPoint({ family: '6', d: 31.5 }));
  });

  it('is computed in the loss of the entries with their tails', () => {
    const point = criticalPoint({ family: 'II', d: 1000 });
    const state = stateAt(problemAt(exact, branchOf('II'), fixedOf(1000, bits)), fixedEntries(point));
    const value = numberOf(exact.div(valueAt(state), exact.scale(exact.pi, 2)), bits);
    expect(Math.abs(value - point.loss)).toBeLessThan(3e-16 * value);
  });
});
