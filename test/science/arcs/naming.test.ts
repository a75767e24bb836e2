import { describe, expect, test } from 'vitest';
import { arcsFrom } from '../../../src/science/arcs/arcs-from.ts';
import { familyCentre } from '../../../src/science/arcs/centres.ts';
import { itinerary } from '../../../src/science/arcs/itinerary.ts';
import { familyMarkup, irrepMarkup } from '../../../src/science/arcs/labels.ts';
import { familyLosses, met } from '../../../src/science/arcs/meetings.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';

describe('critical points on arcs', () => {
  test('have the isotropies of small d where d is too large for whole matrices, neurons matched anew', () => {
    const names = [12, 30].map((d) => {
      const [arc] = arcsFrom(familyCentre('I', d), { which: 'minimal', branches: 1, critical: 2 });
      return arc!.encounters.map(({ isotropy }) => isotropy);
    });
    expect(names).toEqual([
      ['Δ(S_9×S_1×S_1×S_1)', 'Δ(S_10×S_2)'],
      ['Δ(S_27×S_1×S_1×S_1)', 'Δ(S_28×S_2)'],
    ]);
  });

  test('are called by the family that has their loss', () => {
    const known = familyLosses(10);
    expect(known.map(({ family }) => family)).toEqual(['global', 'A', 'I', 'II', '2', '3', '4', '5', '6']);
    expect(familyLosses(6).map(({ family }) => family)).toEqual(['global', 'A', 'I', 'II', '2', '3', '4']);
    const { entries } = criticalPoint({ family: 'II', d: 10 });
    const values = entries.map(({ value }, i) => value + 1e-7 * (i % 2));
    const seen = { loss: 0, gradient: 0 };
    const found = met({ minorities: [1], extras: [] }, 10, known, values, seen);
    expect(found).toMatchObject({ family: 'II', isotropy: 'Δ(S_9×S_1)', aligned: 9, index: 0, nullity: 0 });
    expect(found.gradientNorm).toBeLessThan(1e-28);
    expect(met({ minorities: [1], extras: [] }, 10, [], values, seen).family).toBe('other');
  });

  test('that Newton’s method leaves for another are reported as they were seen, without index', () => {
    const { entries } = criticalPoint({ family: 'II', d: 10 });
    const values = entries.map(({ value }) => value + 1e-3);
    const found = met({ minorities: [1], extras: [] }, 10, [], values, { loss: 0.5, gradient: 0.1 });
    expect(found).toMatchObject({ loss: 0.5, gradientNorm: 0.1, index: null, nullity: null, isotropy: '' });
  });
});

describe('the itinerary', () => {
  test('has every irrep of the spectrum, divided as far as it can be', () => {
    const legs = itinerary({ minorities: [2], d: 9 }).map(({ irrep, parts, even }) => [irrep, parts, even]);
    expect(legs).toEqual([
      ['t', '', false],
      ['s1', '1+6', false],
      ['s1', '2+5', false],
      ['s1', '3+4', false],
      ['x1', '1+1+5', true],
      ['x1', '1+2+4', false],
      ['x1', '2+2+3', true],
      ['y1', '2+5', false],
      ['y1', '3+4', false],
      ['s2', '1+1', true],
      ['s1*s2', '1+6, 1+1', true],
    ]);
  });

  test('leaves two inputs of block 1 together', () => {
    const legs = itinerary({ minorities: [1], d: 4 });
    expect(legs.map(({ irrep, parts }) => [irrep, parts])).toEqual([
      ['t', ''],
      ['s', '1+2'],
    ]);
  });
});

describe('labels', () => {
  test('are markup', () => {
    expect(['global', 'I', '2', '3 aligned'].map(familyMarkup)).toEqual([
      'global minimum',
      'type I',
      '$m=2$',
      '3 aligned',
    ]);
    expect(irrepMarkup('s1*s2')).toBe('$s_{1}\\otimes s_{2}$');
  });
});
