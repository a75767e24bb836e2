import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { denseLandscape } from '../../../src/science/arcs/dense.ts';
import { denseArcs } from '../../../src/science/arcs/dense-arcs.ts';
import { leastEigenspace } from '../../../src/science/arcs/eigenspace.ts';
import { descendOnSphere } from '../../../src/science/arcs/extremes.ts';
import { cubicForm, quarticForm, valueOf } from '../../../src/science/arcs/forms.ts';
import type { Landscape } from '../../../src/science/arcs/landscape.ts';
import { slide } from '../../../src/science/arcs/slide.ts';
import { work } from '../../../src/science/arcs/work.ts';
import { workedExample } from '../../../src/science/arcs/worked.ts';
import { fromRows } from '../../../src/science/math/matrix.ts';

const stream = randomStream('5a'.repeat(16));
const origin = Float64Array.of(0, 0, 0);

/** ½(x² + y²) + z² + a(x³ − 3xy²) + b(x² − y²)z + x⁴ + 3y⁴: eigenvalue 1 on the plane z = 0, 2 across it. */
function polynomial(a: number, b: number): Landscape {
  return {
    size: 3,
    value: ([x = 0, y = 0, z = 0]) =>
      (x * x + y * y) / 2 +
      z * z +
      a * (x ** 3 - 3 * x * y * y) +
      b * (x * x - y * y) * z +
      x ** 4 +
      3 * y ** 4,
    gradient: ([x = 0, y = 0, z = 0]) =>
      Float64Array.of(
        x + 3 * a * (x * x - y * y) + 2 * b * x * z + 4 * x ** 3,
        y - 6 * a * x * y - 2 * b * y * z + 12 * y ** 3,
        2 * z + b * (x * x - y * y),
      ),
    hessian: ([x = 0, y = 0, z = 0]) =>
      fromRows([
        [1 + 6 * a * x + 2 * b * z + 12 * x * x, -6 * a * y, 2 * b * x],
        [-6 * a * y, 1 - 6 * a * x - 2 * b * z + 36 * y * y, -2 * b * y],
        [2 * b * x, -2 * b * y, 2],
      ]),
  };
}

/** The coordinates in the eigenspace of the direction at an angle of the plane z = 0. */
function directionAt(basis: readonly Float64Array[], angle: number): Float64Array {
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return Float64Array.from(basis, (vector) => vector[0]! * x + vector[1]! * y);
}

describe('the forms on an eigenspace', () => {
  test('are found on the least eigenvalue, with all its dimensions', () => {
    const space = leastEigenspace(polynomial(0.3, 0.5), origin);
    expect(space.eigenvalue).toBeCloseTo(1, 14);
    expect(space.basis).toHaveLength(2);
  });

  test('are the cubic part on it', () => {
    const landscape = polynomial(0.3, 0.5);
    const space = leastEigenspace(landscape, origin);
    const form = cubicForm(landscape, origin, space);
    for (const angle of [0, 0.4, 1.3, 2.9])
      expect(valueOf(form, directionAt(space.basis, angle))).toBeCloseTo(0.3 * Math.cos(3 * angle), 9);
  });

  test('are the quartic part less what leaving the eigenspace gains', () => {
    const landscape = polynomial(0, 0.5);
    const space = leastEigenspace(landscape, origin);
    const form = quarticForm(landscape, origin, space);
    for (const angle of [0, 0.4, 1.3, 2.9]) {
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      // min over z of b(x² − y²)z + ½(2 − 1)z² is −b²(x² − y²)²/2.
      const expected = x ** 4 + 3 * y ** 4 - (0.25 * (x * x - y * y) ** 2) / 2;
      expect(valueOf(form, directionAt(space.basis, angle))).toBeCloseTo(expected, 8);
    }
  });

  test('have the gradient that differences give', () => {
    const landscape = polynomial(0, 0.5);
    const space = leastEigenspace(landscape, origin);
    const form = quarticForm(landscape, origin, space);
    const v = Float64Array.of(0.6, -0.3);
    const slope = form.slope(v);
    const step = 1e-4;
    for (const i of [0, 1]) {
      const at = (move: number) =>
        valueOf(
          form,
          v.map((value, j) => value + (i === j ? move : 0)),
        );
      expect(Math.abs(slope[i]! - (at(step) - at(-step)) / (2 * step))).toBeLessThan(1e-6);
    }
  });

  test('are lowered along the sphere to a local minimum, or raised to a maximum', () => {
    const landscape = polynomial(0.3, 0);
    const space = leastEigenspace(landscape, origin);
    const form = cubicForm(landscape, origin, space);
    for (const sign of [1, -1] as const) {
      const end = descendOnSphere(form, 2, stream, sign);
      expect(end.value).toBeCloseTo(-0.3 * sign, 9);
      expect(end.rest).toBeLessThan(1e-5);
    }
  });
});

describe('descent', () => {
  test('ends at the minimum on the side where it begins', () => {
    const h = workedExample();
    const a = Math.sqrt(2 / 3);
    for (const side of [1, -1]) {
      const end = slide(h, Float64Array.of(1, 0.01 * side));
      expect(end.status).toBe('minimum');
      expect(end.place[0]).toBeCloseTo(a, 12);
      expect(end.place[1]).toBeCloseTo(side * a, 12);
    }
  });
});

describe('the integral of μ r dr', () => {
  test('is exact for cubics', () => {
    const station = (mu: number, muSlope: number, r: number, rSlope: number) => ({
      point: { u: Float64Array.of(1), mu, r },
      tangent: Float64Array.of(0, muSlope, rSlope),
      residual: 0,
      iterations: 0,
    });
    // μ = 1 + s, r = s from s = 1 to s = 1.5: ∫ (1 + s) s ds.
    const value = work(station(2, 1, 1, 1), station(2.5, 1, 1.5, 1), 0.5);
    expect(value).toBeCloseTo((1.5 ** 2 - 1) / 2 + (1.5 ** 3 - 1) / 3, 14);
  });
});

describe('arcs on all weights', () => {
  test('have a landscape with the derivatives that differences give', () => {
    const landscape = denseLandscape(3);
    const x = Float64Array.of(0.9, 0.2, -0.1, 0.3, -1.1, 0.2, 0.1, 0.4, 0.8);
    const slope = landscape.gradient(x);
    const step = 1e-5;
    for (let i = 0; i < 9; i++) {
      const [ahead, behind] = [step, -step].map((move) => x.map((value, j) => value + (i === j ? move : 0)));
      expect(
        Math.abs(slope[i]! - (landscape.value(ahead!) - landscape.value(behind!)) / (2 * step)),
      ).toBeLessThan(1e-8);
    }
    expect(landscape.room!(x)).toBeCloseTo(Math.sqrt(0.81), 12);
  });

  test('leave type II in a direction that two single neurons and the others share, and meet a saddle of index 1', () => {
    const [arc, ...more] = denseArcs('II', 7, 2, stream);
    expect(more).toEqual([]);
    expect(arc).toMatchObject({ degree: 3, hits: 2, dimension: 5, startIndex: 0, index: 1, nullity: 0 });
    expect(arc!.isotropies).toEqual(['Δ(S_5×S_1×S_1)']);
    expect(arc!.loss).toBeCloseTo(0.02343103568207038, 11);
  });
});
