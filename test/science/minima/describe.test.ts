import { describe as suite, expect, it } from 'vitest';
import { isotropy } from '../../../src/science/group/isotropy.ts';
import { fromRows, identity, type Matrix } from '../../../src/science/math/matrix.ts';
import { inOrder } from '../../../src/science/minima/block-form.ts';
import { describe, type Known } from '../../../src/science/minima/describe.ts';
import { preciseLoss } from '../../../src/science/network/precise.ts';
import { polish } from '../../../src/science/network/polish.ts';
import { familyMatrix, scrambled, stream } from './samples.ts';

/** What the stages know of a critical point near these weights. */
function known(near: Matrix): Known {
  const target = identity(near.columns);
  const { weights, loss, gradientNorm } = polish(near, target, { gradient: 1e-14, iterations: 60 });
  const found = isotropy(weights, { target });
  if (found.status !== 'decided') throw new Error(found.reason);
  const sizes = found.blocks.map(({ columns }) => columns.length);
  const ordered = inOrder(weights, found.rowOrder, found.columnOrder);
  return { weights: ordered, isotropy: found.name, sizes, loss, gradientNorm };
}

suite('a critical point', () => {
  it.each(['II', 'I', 'A', '2', '3'] as const)(
    'of family %s is recognised from scrambled weights',
    (family) => {
      const { point, method, shift, difference } = describe(
        known(scrambled(familyMatrix(family, 12), stream('b2'))),
      );
      expect([point.family, method]).toEqual([family, 'reduced']);
      expect(shift).toBeLessThan(1e-12);
      expect(difference).toBeLessThan(1e-12);
      expect(point.gradientNorm).toBeLessThan(1e-25);
    },
  );

  it('of a family with fewer neurons that keep their targets than not is recognised', () => {
    const { point } = describe(known(familyMatrix('6', 10)));
    expect([point.family, point.isotropy]).toEqual(['6', 'Δ(S_6×S_4)']);
    expect(point.index).toBeGreaterThan(0);
  });

  it('that is global has the least eigenvalue 1/4 − 1/2π, on x and s', () => {
    const { point } = describe(known(scrambled(identity(6), stream('c3'))));
    expect(point).toMatchObject({
      family: 'global',
      isotropy: 'ΔS_6',
      k: 6,
      d: 6,
      leastIrrep: 's|x',
      index: 0,
      nullity: 0,
    });
    expect(point.least).toBeCloseTo(1 / 4 - 1 / (2 * Math.PI), 15);
    expect(point.loss).toBeLessThan(1e-30);
  });

  it('has as many eigenvalues as weights', () => {
    const { point } = describe(known(familyMatrix('2', 9)));
    expect(point.lines.reduce((sum, { multiplicity }) => sum + multiplicity, 0)).toBe(81);
    expect(Math.min(...point.lines.map(({ eigenvalue }) => eigenvalue))).toBe(point.least);
  });

  it('of the isotropy of a family with another loss belongs to no family', () => {
    const there = known(familyMatrix('II', 8));
    expect(describe({ ...there, loss: there.loss + 1e-9 }).point.family).toBe('other');
    expect(describe({ ...there, isotropy: 'Δ(S_6×S_2)' }).point.family).toBe('other');
  });

  it('without blocks is described by its dense Hessian', () => {
    const { sizes: _, ...there } = known(familyMatrix('II', 7));
    const reduced = describe(known(familyMatrix('II', 7)));
    const dense = describe({ ...there, sizes: [] });
    expect(dense.method).toBe('dense');
    expect(dense.point.least).toBeCloseTo(reduced.point.least, 13);
    expect(dense.point).toMatchObject({ family: 'other', leastIrrep: '', index: 0, nullity: 0 });
  });

  it('is not taken for another one that lies in the space of its blocks', () => {
    const weights = fromRows([
      [1.2, 0.1, 0],
      [0, 1, 0.3],
      [0.2, 0, 0.9],
    ]);
    const loss = preciseLoss(weights, identity(3));
    const { method, shift } = describe({ weights, isotropy: 'ΔS_3', sizes: [3], loss, gradientNorm: 1 });
    expect([method, shift]).toEqual(['dense', 0]);
  });

  it('with an extra neuron has its copies among the irreps', () => {
    const near = fromRows([
      ...Array.from({ length: 3 }, (_, i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0))),
      [0, 0, 0, 0.4],
      [0, 0, 0, 0.6],
    ]);
    const { point } = describe({ ...known(near), sizes: [3, 1] });
    expect([point.k, point.d]).toEqual([5, 4]);
    expect(point.lines.reduce((sum, { multiplicity }) => sum + multiplicity, 0)).toBe(20);
  });
});
