import { describe, expect, test } from 'vitest';
import { arcsFrom } from '../../../src/science/arcs/arcs-from.ts';
import { familyCentre, rung } from '../../../src/science/arcs/centres.ts';
import { begin } from '../../../src/science/arcs/corrector.ts';
import { portOf } from '../../../src/science/arcs/departures.ts';
import { itinerary } from '../../../src/science/arcs/itinerary.ts';
import { reducedLandscape } from '../../../src/science/arcs/reduced.ts';
import { embedded, refined } from '../../../src/science/arcs/refinement.ts';
import { placeOf } from '../../../src/science/arcs/tangency.ts';
import { trace } from '../../../src/science/arcs/trace.ts';
import { spectrum } from '../../../src/science/family/spectrum.ts';
import { identity, matrix } from '../../../src/science/math/matrix.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { symmetricEigenvalues } from '../../../src/science/math/linear.ts';

const size = (x: ArrayLike<number>) =>
  Math.sqrt(Array.from(x).reduce((sum, value) => sum + value * value, 0));

/** The whole matrix of entries of a divided space: neuron i of block a, input j of block b. */
function whole(structure: { minorities: readonly number[] }, d: number, entries: readonly number[]) {
  const rest = structure.minorities.reduce((sum, part) => sum + part, 0);
  const sizes = [d - rest, ...structure.minorities];
  const blockOf = sizes.flatMap((count, block) => Array<number>(count).fill(block));
  const full = matrix(d, d);
  let at = 0;
  const place = new Map<string, number>();
  for (let a = 0; a < sizes.length; a++)
    for (let b = 0; b < sizes.length; b++)
      if (a !== b) place.set(`${a} ${b}`, at++);
      else {
        place.set(`${a} diagonal`, at++);
        if (sizes[a]! > 1) place.set(`${a} ${a}`, at++);
      }
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      const name = i === j ? `${blockOf[i]} diagonal` : `${blockOf[i]} ${blockOf[j]}`;
      full.data[i * d + j] = entries[place.get(name)!]!;
    }
  return full;
}

const refinement = { minorities: [1], parts: [[1, 2], [1]] };
const start = familyCentre('I', 8);

describe('the loss on a divided space', () => {
  const { structure } = refined(refinement);
  const landscape = reducedLandscape(structure, 8);
  const centre = landscape.scaled(embedded(refinement, start.entries));
  const x = centre.map((value, i) => value + 0.02 * ((i % 5) - 2));

  test('has the critical point of the family as one, at its loss', () => {
    expect(size(landscape.gradient(centre))).toBeLessThan(1e-14);
    expect(landscape.value(centre)).toBeCloseTo(spectrum({ family: 'I', d: 8 }).point.loss, 14);
  });

  test('is the loss of the whole matrix, with a gradient of the same length', () => {
    const full = whole(structure, 8, landscape.entries(x));
    expect(landscape.value(x)).toBeCloseTo(loss(full, identity(8)), 12);
    expect(size(landscape.gradient(x))).toBeCloseTo(size(gradient(full, identity(8)).data), 12);
    expect(size(centre)).toBeCloseTo(size(whole(structure, 8, landscape.entries(centre)).data), 13);
  });

  test('has the derivatives that differences give', () => {
    const step = 1e-5;
    const slope = landscape.gradient(x);
    const curvature = landscape.hessian(x);
    for (let i = 0; i < landscape.size; i++) {
      const [ahead, behind] = [step, -step].map((move) => x.map((value, j) => value + (j === i ? move : 0)));
      const difference = (landscape.value(ahead!) - landscape.value(behind!)) / (2 * step);
      expect(Math.abs(slope[i]! - difference)).toBeLessThan(1e-8);
      const slopes = [landscape.gradient(ahead!), landscape.gradient(behind!)] as const;
      for (let j = 0; j <= i; j++)
        expect(
          Math.abs(curvature.data[i * landscape.size + j]! - (slopes[0][j]! - slopes[1][j]!) / (2 * step)),
        ).toBeLessThan(1e-7);
    }
  });

  test('counts the index on the sphere in the whole space of matrices', () => {
    const offset = x.map((value, i) => value - centre[i]!);
    const r = size(offset);
    const u = offset.map((value) => value / r);
    const mu = 0.2;
    // On the complement of W − C, as by projecting the dense Hessian.
    const full = whole(structure, 8, landscape.entries(x));
    const away = whole(structure, 8, landscape.entries(u));
    const dense = hessian(full, identity(8));
    const n = 64;
    const v = away.data;
    const image = Float64Array.from(v, (_, i) =>
      v.reduce((sum, value, j) => sum + dense.data[i * n + j]! * value, 0),
    );
    const along = image.reduce((sum, value, i) => sum + value * v[i]!, 0);
    const projected = matrix(n, n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        projected.data[i * n + j] =
          dense.data[i * n + j]! -
          image[i]! * v[j]! -
          v[i]! * image[j]! +
          along * v[i]! * v[j]! +
          50 * v[i]! * v[j]!;
    const below = symmetricEigenvalues(projected).filter((value) => value < mu).length;
    expect(landscape.index(x, { u, mu, r })).toBe(below);
  });

  test('refuses parts that are no division of a block', () => {
    expect(() => refined({ minorities: [3], parts: [[], [1, 1]] })).toThrow(
      'parts 1, 1 do not make a block of 3',
    );
  });
});

describe('directions of departure', () => {
  test('are eigenvectors with the eigenvalues of their irrep', () => {
    for (const family of ['A', 'I', 'II', '2', '4'] as const) {
      const centre = familyCentre(family, 11);
      const { lines } = spectrum({ family, d: 11 });
      for (const leg of itinerary(centre)) {
        const port = portOf(leg.refinement, centre.entries, 11, leg.component);
        const known = lines.filter(({ irrep }) => irrep === leg.irrep).map(({ eigenvalue }) => eigenvalue);
        expect(port.departures.map(({ eigenvalue }) => eigenvalue)).toHaveLength(known.length);
        port.departures.forEach(({ eigenvalue, error, direction }, i) => {
          expect(Math.abs(eigenvalue - known[i]!)).toBeLessThan(1e-12);
          expect(error).toBeLessThan(1e-13);
          expect(size(direction)).toBeCloseTo(1, 13);
        });
      }
    }
  });

  test('are turned round by a permutation in the skew component of two single neurons', () => {
    const leg = itinerary(start).find(({ parts }) => parts === '1+1+5')!;
    expect(leg.even).toBe(true);
    const { landscape, centre, departures } = portOf(leg.refinement, start.entries, 8, leg.component);
    const { direction } = departures[0]!;
    const at = (step: number) => landscape.value(centre.map((value, i) => value + step * direction[i]!));
    expect(Math.abs(at(0.3) - at(-0.3))).toBeLessThan(1e-14);
  });
});

describe('arcs of least loss', () => {
  const settings = { which: 'minimal', branches: 1, critical: 2 } as const;

  test('of the hidden type I leave in x and meet a saddle before a minimum with two aligned neurons', () => {
    const [arc, ...more] = arcsFrom(familyCentre('I', 9), settings);
    expect(more).toEqual([]);
    expect(arc).toMatchObject({ irrep: 'x', parts: '1+1+6', stop: 'critical' });
    expect(Math.abs(arc!.cubic)).toBeLessThan(1e-9);
    const [saddle, next] = arc!.encounters;
    expect(saddle).toMatchObject({ index: 1, nullity: 0, isotropy: 'Δ(S_6×S_1×S_1×S_1)' });
    expect(next).toMatchObject({ index: 0, nullity: 0, isotropy: 'Δ(S_7×S_2)', aligned: 2 });
    expect(saddle!.below.map(({ family, index }) => [family, index])).toEqual([
      ['I', 0],
      ['other', 0],
    ]);
    for (const { gradientNorm } of arc!.encounters) expect(gradientNorm).toBeLessThan(1e-27);
    expect(arc!.samples.every(({ index }) => index === 0)).toBe(true);
  });

  test('of type II leave in s, on one side, and lead over a saddle to the global minimum', () => {
    const [arc, ...more] = arcsFrom(familyCentre('II', 9), settings);
    expect(more).toEqual([]);
    expect(arc).toMatchObject({ irrep: 's', parts: '1+7', sign: 1 });
    expect(arc!.cubic).toBeLessThan(-0.01);
    expect(arc!.encounters.map(({ family, index }) => [family, index])).toEqual([
      ['other', 1],
      ['global', 0],
    ]);
    expect(arc!.encounters[1]!.loss).toBeCloseTo(0, 14);
  });

  test('have the cubic form that the loss has near the start', () => {
    const centre = familyCentre('II', 9);
    const leg = itinerary(centre).find(({ parts }) => parts === '1+7')!;
    const port = portOf(leg.refinement, centre.entries, 9, leg.component);
    const { direction, eigenvalue } = port.departures[0]!;
    const r = 0.02;
    const [ahead, behind] = [1, -1].map((sign) => {
      const turned = direction.map((value) => sign * value);
      const first = begin({ ...port, units: { mu: 1, radius: 1 } }, turned, eigenvalue, r)!;
      return port.landscape.value(placeOf(port.centre, first.point));
    });
    const [arc] = arcsFrom(centre, { which: 'minimal', branches: 1, critical: 1 });
    const odd = Math.abs(ahead! - behind!) / (2 * r * r * r);
    expect(Math.abs(-arc!.cubic / odd - 1)).toBeLessThan(0.01);
  });

  test('satisfy ∇L = μ(W − C) in the whole space of matrices', () => {
    const leg = itinerary(start).find(({ parts }) => parts === '1+1+5')!;
    const { landscape, centre, departures } = portOf(leg.refinement, start.entries, 8, leg.component);
    const limits = { critical: 1, radius: 3, steps: 40, first: 0.05, longest: 0.1, room: 0.01 };
    const arc = trace({ landscape, centre, ...departures[0]!, from: 0.01, limits })!;
    const origin = whole(landscape.structure, 8, landscape.entries(centre)).data;
    for (const { point } of arc.passed) {
      const full = whole(landscape.structure, 8, landscape.entries(placeOf(centre, point)));
      const slope = gradient(full, identity(8)).data;
      const rest = slope.map((value, i) => value - point.mu * (full.data[i]! - origin[i]!));
      expect(size(rest)).toBeLessThan(1e-12);
    }
    expect(arc.drift).toBeLessThan(1e-5);
  });
});

describe('rungs', () => {
  test('are types A and I for none and one aligned neuron', () => {
    for (const [aligned, family] of [
      [0, 'A'],
      [1, 'I'],
    ] as const)
      rung(aligned, 9)!.entries.forEach((value, i) =>
        expect(Math.abs(value - familyCentre(family, 9).entries[i]!)).toBeLessThan(1e-14),
      );
  });

  test('keep the signs of their blocks', () => {
    for (let aligned = 2; aligned <= 5; aligned++) {
      const { minorities, entries } = rung(aligned, 12)!;
      expect(minorities).toEqual([aligned]);
      expect(entries[0]).toBeLessThan(-0.5);
      expect(entries[4]).toBeGreaterThan(0.9);
    }
  });
});
