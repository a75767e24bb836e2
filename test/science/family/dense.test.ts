import { describe, expect, it } from 'vitest';
import type { Branch } from '../../../src/science/family/branch.ts';
import { criticalPoint, type CriticalPoint, pointOn } from '../../../src/science/family/critical-point.ts';
import { denseMatrix } from '../../../src/science/family/dense.ts';
import { branchOf, familyNames, globalBranch } from '../../../src/science/family/families.ts';
import { overparametrised } from '../../../src/science/family/overparametrised.ts';
import { spectrumOf } from '../../../src/science/family/spectrum.ts';
import { identity } from '../../../src/science/math/matrix.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { denseEigenvalues, distance } from './support.ts';

/** The largest difference of the two spectra, beside the largest eigenvalue; and the index from the dense one. */
function compare(point: CriticalPoint, branch: Branch) {
  const weights = denseMatrix(point, branch);
  const dense = denseEigenvalues(hessian(weights, identity(point.d)));
  const found = spectrumOf(point, branch);
  const reduced = found.lines
    .flatMap(({ eigenvalue, multiplicity }) => Array.from({ length: multiplicity }, () => eigenvalue))
    .sort((a, b) => a - b);
  return {
    error: distance(dense, reduced) / Math.max(1, dense.at(-1) as number),
    denseIndex: dense.filter((value) => value < -1e-10).length,
    index: found.index,
    lossError: Math.abs(loss(weights, identity(point.d)) - point.loss),
  };
}

/** The least integer d at which each family is followed. */
const first = { global: 2, A: 3, I: 4, II: 3, 2: 4, 3: 5, 4: 6, 5: 7, 6: 8 };

describe.each([...familyNames])('%s beside the whole network', (family) => {
  const branch = family === 'global' ? globalBranch() : branchOf(family);

  it('has its spectrum, index and loss at every d up to 11', () => {
    for (let d = first[family]; d <= 11; d++) {
      const { error, denseIndex, index, lossError } = compare(criticalPoint({ family, d }), branch);
      expect(error, `d = ${d}`).toBeLessThan(1e-12);
      expect(index, `d = ${d}`).toBe(denseIndex);
      expect(lossError, `d = ${d}`).toBeLessThan(1e-13);
    }
  });
});

describe.each(['A', 'II', '2', '3'] as const)(
  '%s with an extra neuron beside the whole network',
  (family) => {
    const { branch } = overparametrised({ family, extras: [1], starts: 100 });

    it.each([11, 12, 15])('has its spectrum, index and loss at d = %i', (d) => {
      expect(branch).toBeDefined();
      const { error, denseIndex, index, lossError } = compare(pointOn(branch as Branch, d), branch as Branch);
      expect(error).toBeLessThan(1e-12);
      expect(index).toBe(denseIndex);
      expect(lossError).toBeLessThan(1e-13);
    });
  },
);

describe('II with two different extra neurons beside the whole network', () => {
  it('has its spectrum at d = 20', () => {
    const { branch } = overparametrised({ family: 'II', extras: [1, 1] });
    const { error, index, denseIndex } = compare(pointOn(branch as Branch, 20), branch as Branch);
    expect(error).toBeLessThan(1e-12);
    expect([index, denseIndex]).toEqual([18, 18]);
  });
});
