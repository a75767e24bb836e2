/** Proves the claims on the spectrum: every component, its dimension, every eigenvalue, and the index. */
import type { Arithmetic, Enclosure } from './arithmetic.ts';
import { decimalOf, endsOf, exactly, within } from './decimal.ts';
import type { Component } from './format.ts';
import { type Configuration, gramOf, hessianOf, type Matrix } from './forms.ts';
import { dimensionOf, frameOf, type Irrep, irrepsOf } from './frames.ts';
import { negativeCount } from './linear.ts';
import { irrepName } from './names.ts';
import { demand } from './verdict.ts';

/** All components are there, their dimensions fill the `total`, and every eigenvalue is as claimed; else Refusal. */
export function checkSpectrum(
  configuration: Configuration,
  components: readonly Component[],
  total: Enclosure,
): void {
  const { a, space } = configuration;
  const irreps = irrepsOf(a, space);
  demand(irreps.length === components.length, 'the number of components');
  let sum = a.zero;
  for (const irrep of irreps) {
    const name = irrepName(space, irrep);
    const component = components.find((c) => c.irrep === name);
    demand(component !== undefined, `component ${name} is missing`);
    const dimension = dimensionOf(a, space, irrep);
    demand(meets(exactly(a, component.multiplicity), dimension), `the multiplicity of ${name}`);
    sum = a.add(sum, a.times(component.eigenvalues.length, dimension));
    checkEigenvalues(configuration, irrep, component);
  }
  demand(meets(sum, total), 'the multiplicities sum up to k d');
}

/** The i-th eigenvalue is below μ if and only if B − μG has more than i negative ones, G the Gram matrix. */
function checkEigenvalues(configuration: Configuration, irrep: Irrep, component: Component): void {
  const { a, space } = configuration;
  const { irrep: name, eigenvalues } = component;
  const frame = frameOf(a, space, irrep);
  const [hessian, gram] = [hessianOf(configuration, frame), gramOf(configuration, frame)];
  demand(eigenvalues.length === frame.directions.length, `the number of eigenvalues of ${name}`);
  demand(negativeCount(a, gram) === 0, `the directions of ${name} are independent`);
  const countBelow = (bound: Enclosure) =>
    negativeCount(a, shifted(a, hessian, gram, a.mul(bound, a.times(2, a.pi))));
  eigenvalues.forEach((text, i) => {
    demand(decimalOf(text).places > 0, `digits of eigenvalue ${i + 1} of ${name}`);
    const [low, high] = endsOf(a, text);
    demand(countBelow(low) <= i && countBelow(high) > i, `eigenvalue ${i + 1} of ${name}`);
  });
}

function shifted(a: Arithmetic, hessian: Matrix, gram: Matrix, by: Enclosure): Matrix {
  return hessian.map((row, i) =>
    row.map((value, j) => a.sub(value, a.mul(by, (gram[i] as Enclosure[])[j] as Enclosure))),
  );
}

/** `index` is the sum of the multiplicities of all negative eigenvalues, and every sign is shown; else Refusal. */
export function checkIndex(a: Arithmetic, components: readonly Component[], index: string): void {
  let sum = a.zero;
  for (const { multiplicity, eigenvalues } of components) {
    for (const text of eigenvalues) {
      const { lo, hi } = within(a, text);
      demand(lo > 0n || hi < 0n, `the sign of ${text}`);
      if (hi < 0n) sum = a.add(sum, exactly(a, multiplicity));
    }
  }
  demand(meets(sum, exactly(a, index)), 'the index');
}

/** Whether two enclosures of exact numbers, each a few units wide, may be of the same one. */
function meets(x: Enclosure, y: Enclosure): boolean {
  return x.lo <= y.hi && y.lo <= x.hi;
}
