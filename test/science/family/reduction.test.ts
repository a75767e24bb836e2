import { describe, expect, it } from 'vitest';
import { blockOf } from '../../../src/science/family/blocks.ts';
import { gradientAt } from '../../../src/science/family/gradient.ts';
import { dimensionOf, irrepsOf } from '../../../src/science/family/irreps.ts';
import { plain } from '../../../src/science/family/arithmetic.ts';
import { multiplicities, stateAt } from '../../../src/science/family/problem.ts';
import { eigenvaluesOf } from '../../../src/science/family/symmetric.ts';
import { valueAt } from '../../../src/science/family/value.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { loss } from '../../../src/science/network/loss.ts';
import {
  denseEigenvalues,
  denseStudent,
  denseTeacher,
  distance,
  pointFor,
  problemFor,
  type Sample,
  samples,
} from './support.ts';

const twoPi = 2 * Math.PI;

function reducedSpectrum(sample: Sample, values: readonly number[], linear = 1): number[] {
  const state = stateAt(problemFor(sample, linear), values);
  return irrepsOf(sample.space, sample.sizes)
    .flatMap((irrep) => {
      const copies = dimensionOf(irrep, sample.space, sample.sizes);
      const eigenvalues = eigenvaluesOf(plain(), blockOf(state, irrep), 1e-16);
      return eigenvalues.flatMap((value) => Array.from({ length: copies }, () => value / twoPi));
    })
    .sort((a, b) => a - b);
}

describe.each(samples.map((sample, index) => ({ ...sample, index })))('the reduced loss: $name', (sample) => {
  const problem = problemFor(sample);
  const values = pointFor(problem, sample.index);
  const student = denseStudent(sample, problem, values);
  const teacher = denseTeacher(sample);

  it('has the value of the network', () => {
    expect(valueAt(stateAt(problem, values)) / twoPi).toBeCloseTo(loss(student, teacher), 13);
  });

  it('has the gradient of the network, entry by entry', () => {
    const dense = gradient(student, teacher);
    const reduced = gradientAt(stateAt(problem, values)).map((value) => value / twoPi);
    // A family's first row has its diagonal entry first in its own block; the second entry there is off it.
    const starts = [0];
    for (const size of sample.sizes) starts.push((starts.at(-1) as number) + size);
    let row = 0;
    const rowStarts = sample.space.students.map((family) => {
      const start = row;
      row += family.kind === 'tied' ? (sample.sizes[family.block] as number) : family.copies;
      return start;
    });
    problem.coordinates.forEach(({ family, block, role }, index) => {
      const column = (starts[block] as number) + (role === 'off' ? 1 : 0);
      const expected = dense.data[(rowStarts[family] as number) * dense.columns + column] as number;
      expect(reduced[index]).toBeCloseTo(expected, 13);
    });
  });

  it('has the spectrum of the network, with multiplicities', () => {
    const dense = denseEigenvalues(hessian(student, teacher));
    const reduced = reducedSpectrum(sample, values);
    const norm = Math.max(1, ...dense.map(Math.abs));
    expect(distance(dense, reduced)).toBeLessThan(1e-12 * norm);
  });

  it('has multiplicities that sum to the number of entries', () => {
    const entries = multiplicities(problem).reduce((sum, count) => sum + count, 0);
    const blank = sample.space.blocks.at(-1) === 'blank' ? (sample.sizes.at(-1) as number) * student.rows : 0;
    expect(entries + blank).toBe(student.rows * student.columns);
    const state = stateAt(problem, values);
    const covered = irrepsOf(sample.space, sample.sizes).reduce(
      (sum, irrep) => sum + dimensionOf(irrep, sample.space, sample.sizes) * blockOf(state, irrep).length,
      0,
    );
    expect(covered).toBe(student.rows * student.columns);
  });

  it('has as its trivial block the second derivatives of its value', () => {
    const block = blockOf(stateAt(problem, values), { kind: 't' });
    const counts = multiplicities(problem);
    const h = 1e-5;
    values.forEach((_, j) => {
      const moved = (by: number) => gradientAt(stateAt(problem, values.with(j, (values[j] as number) + by)));
      const [more, less] = [moved(h), moved(-h)];
      values.forEach((__, i) => {
        const difference = ((more[i] as number) - (less[i] as number)) / (2 * h);
        const scaled = difference * Math.sqrt((counts[i] as number) / (counts[j] as number));
        expect((block[i] as number[])[j]).toBeCloseTo(scaled, 6);
      });
    });
  });
});

describe('the weight of the linear part', () => {
  it('adds a quarter of π(τ − 1) times the square of the difference of the row sums', () => {
    const sample = samples[2] as Sample;
    const values = pointFor(problemFor(sample), 3);
    const [one, three] = [1, 3].map((linear) => stateAt(problemFor(sample, linear), values));
    const squares = sample.sizes.reduce((sum, size, b) => sum + size * (one?.sumGap[b] as number) ** 2, 0);
    const difference = valueAt(three as typeof one & object) - valueAt(one as typeof three & object);
    expect(difference).toBeCloseTo((Math.PI / 2) * squares, 12);
  });

  it('adds to the spectrum π(τ − 1)/2 times k in one direction of every column only', () => {
    const sample = samples[3] as Sample;
    const values = pointFor(problemFor(sample), 4);
    const trace = (linear: number) => reducedSpectrum(sample, values, linear).reduce((sum, x) => sum + x, 0);
    const columns = sample.sizes.reduce((sum, size) => sum + size, 0);
    const neurons = columns;
    // The term is (τ − 1)π/4 |Σw|² in 2πL: its Hessian is (τ − 1)π/2 times the all-ones matrix on every column.
    expect(trace(3) - trace(1)).toBeCloseTo((Math.PI * neurons * columns) / twoPi, 10);
  });
});

describe('parallel rows', () => {
  it('have the spectrum of the global minimum that has a closed form', () => {
    const sample = samples[0] as Sample;
    const d = 6;
    const spectrum = reducedSpectrum(sample, [1, 0]);
    const dense = denseEigenvalues(hessian(denseTeacher(sample), denseTeacher(sample)));
    expect(distance(spectrum, dense)).toBeLessThan(1e-14 * d);
    expect(spectrum[0]).toBeCloseTo(1 / 4 - 1 / twoPi, 15);
  });

  it('that are equal and free follow the convention n = 0 of the network', () => {
    const sample = samples[6] as Sample;
    const problem = problemFor(sample);
    const values = pointFor(problem, 9);
    const dense = denseEigenvalues(hessian(denseStudent(sample, problem, values), denseTeacher(sample)));
    expect(distance(dense, reducedSpectrum(sample, values))).toBeLessThan(1e-12);
  });
});
