/** A value or an enclosure against what a claim says of it, decided on the decimals as they are written. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRelation } from '../../src/config/claims/relation.ts';
import type { Relation } from '../../src/model/claim.ts';
import { judgeValue } from '../../src/provenance/relation.ts';

function relationOf(text: string): Relation {
  const parsed = parseRelation(text);
  if (!('value' in parsed)) throw new TypeError(`"${text}" is no relation`);
  return parsed.value;
}

const judged = (text: string, holds: string) => judgeValue({ type: 'scalar', text }, relationOf(holds));
const status = (text: string, holds: string) => judged(text, holds).status;
const enclosed = (low: string, high: string, holds: string) =>
  judgeValue({ type: 'enclosure', enclosure: { low, high } }, relationOf(holds));

describe('what rounds to a decimal', () => {
  test.each([
    ['0.865', '0.87', 'holds'],
    ['0.8749999999999999999999', '0.87', 'holds'],
    ['0.875', '0.87', 'fails'],
    ['0.8649999999999999999999', '0.87', 'fails'],
    ['0.87', '0.870', 'holds'],
    ['0.8705', '0.870', 'fails'],
    ['0.8695', '0.870', 'holds'],
    ['2.5', '3', 'holds'],
    ['3.5', '3', 'fails'],
    ['1450', '1.5e3', 'holds'],
    ['1550', '1.5e3', 'fails'],
    ['8.7e-1', '0.87', 'holds'],
    ['-0.49', '0', 'holds'],
    ['0.5', '0', 'fails'],
  ])('%s rounds to %s: %s', (value, decimal, expected) => {
    expect(status(value, `rounds to ${decimal}`)).toBe(expected);
  });

  test.each([
    ['-0.865', 'holds'],
    ['-0.8749999999999999999', 'holds'],
    ['-0.875', 'fails'],
    ['-0.8649999999999999999', 'fails'],
    ['0.87', 'fails'],
  ])('below zero is rounded away from it, so %s to -0.87: %s', (value, expected) => {
    expect(status(value, 'rounds to -0.87')).toBe(expected);
  });

  test('is told from its neighbour, whatever the digits: each number rounds to exactly one decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (thousandths) => {
        const text = `${thousandths}e-3`;
        const below = Math.floor(thousandths / 10);
        const fitting = [below, below + 1].filter(
          (n) => status(text, `rounds to ${hundredths(n)}`) === 'holds',
        );
        expect(fitting).toEqual([thousandths % 10 >= 5 ? below + 1 : below]);
      }),
      { seed: 11 },
    );
  });
});

const hundredths = (n: number) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`;

describe('an interval, a tolerance and a bound', () => {
  test.each([
    ['0.2', 'in [0.2, 0.4]', 'holds'],
    ['0.4', 'in [0.2, 0.4]', 'holds'],
    ['0.19999999999999999999', 'in [0.2, 0.4]', 'fails'],
    ['0.40000000000000000001', 'in [0.2, 0.4]', 'fails'],
    ['7', 'in [7, 7]', 'holds'],
    ['-1e-400', 'in [0, 1]', 'fails'],
    ['0.25', '= 0.3 ± 0.05', 'holds'],
    ['0.35', '= 0.3 ± 0.05', 'holds'],
    ['0.3500000000000000000001', '= 0.3 ± 0.05', 'fails'],
    ['0.30', '= 0.3', 'holds'],
    ['0.30000000000000004', '= 0.3', 'fails'],
    ['-0.3', '= -0.3', 'holds'],
    ['-0.35', '= -0.3 ± 0.05', 'holds'],
    ['-0.25', '= -0.3 ± 0.05', 'holds'],
    ['1', '< 1', 'fails'],
    ['0.99999999999999999999', '< 1', 'holds'],
    ['1', '<= 1', 'holds'],
    ['1.00000000000000000001', '≤ 1', 'fails'],
    ['1', '> 1', 'fails'],
    ['1.00000000000000000001', '> 1', 'holds'],
    ['1', '>= 1', 'holds'],
    ['0.99999999999999999999', '≥ 1', 'fails'],
    ['-1e300', '< 0', 'holds'],
    ['1e300', '> 0', 'holds'],
  ])('%s %s: %s', (value, holds, expected) => {
    expect(status(value, holds)).toBe(expected);
  });

  test('are decided exactly where doubles cannot tell: 0.1 + 0.2, and whole numbers past 2^53', () => {
    expect(status('0.3', '= 0.1 ± 0.2')).toBe('holds');
    expect(status('9007199254740993', '> 9007199254740992')).toBe('holds');
    expect(status('9007199254740993', '= 9007199254740992')).toBe('fails');
    expect(status('1e-400', '> 0')).toBe('holds');
  });

  test('agree with whole numbers', () => {
    const whole = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(whole, whole, fc.nat(20), (x, center, tolerance) => {
        const claims = {
          [`< ${center}`]: x < center,
          [`≤ ${center}`]: x <= center,
          [`> ${center}`]: x > center,
          [`≥ ${center}`]: x >= center,
          [`= ${center} ± ${tolerance}`]: Math.abs(x - center) <= tolerance,
          [`in [${center}, ${center + tolerance}]`]: center <= x && x <= center + tolerance,
        };
        for (const [claim, holds] of Object.entries(claims))
          expect(status(`${x}e-7`, scaledClaim(claim)), claim).toBe(holds ? 'holds' : 'fails');
      }),
      { seed: 12 },
    );
  });
});

/** Every whole number of a claim in units of 10^-7. */
const scaledClaim = (claim: string) => claim.replace(/\d+/g, '$&e-7');

describe('an enclosure', () => {
  test.each([
    ['0.865', '0.8749', 'rounds to 0.87', 'holds'],
    ['0.865', '0.875', 'rounds to 0.87', 'undecided'],
    ['0.8649', '0.87', 'rounds to 0.87', 'undecided'],
    ['0.875', '0.88', 'rounds to 0.87', 'fails'],
    ['0.86', '0.8649', 'rounds to 0.87', 'fails'],
    ['0.8', '0.9', 'rounds to 0.87', 'undecided'],
    ['0.2', '0.4', 'in [0.2, 0.4]', 'holds'],
    ['0.2', '0.41', 'in [0.2, 0.4]', 'undecided'],
    ['0.4', '0.5', 'in [0.2, 0.4]', 'undecided'],
    ['0.41', '0.5', 'in [0.2, 0.4]', 'fails'],
    ['-0.1', '0.19', 'in [0.2, 0.4]', 'fails'],
    ['0', '1', '< 1', 'undecided'],
    ['0', '0.999', '< 1', 'holds'],
    ['1', '2', '< 1', 'fails'],
    ['1', '2', '≤ 1', 'undecided'],
    ['1', '2', '> 1', 'undecided'],
    ['1', '2', '≥ 1', 'holds'],
    ['0', '1', '> 1', 'fails'],
    ['3', '3', '= 3', 'holds'],
    ['2.9', '3.1', '= 3', 'undecided'],
  ])('[%s, %s] %s: %s', (low, high, holds, expected) => {
    expect(enclosed(low, high, holds).status).toBe(expected);
  });

  test('that is undecided says why, and a text is never one', () => {
    expect(enclosed('0', '1', '< 1').because).toBe(
      'the enclosure is partly inside what is claimed, partly outside',
    );
    expect(enclosed('1', '1', 'is 1').status).toBe('fails');
  });

  test('holds only where each of its points does, and fails only where none does', () => {
    const point = fc.integer({ min: -12, max: 12 });
    const relations = fc.constantFrom('in [-3, 4]', '= 2 ± 3', '< 2', '≤ 2', '> 2', '≥ 2', 'rounds to 0.0e2');
    fc.assert(
      fc.property(point, fc.nat(6), relations, (low, width, relation) => {
        const points = Array.from({ length: width + 1 }, (_, i) => status(String(low + i), relation));
        const verdict = enclosed(String(low), String(low + width), relation).status;
        const held = points.filter((each) => each === 'holds').length;
        if (verdict === 'holds') expect(held).toBe(points.length);
        if (verdict === 'fails') expect(held).toBe(0);
        if (verdict === 'undecided') expect(width).toBeGreaterThan(0);
      }),
      { seed: 13 },
    );
  });
});

describe('a text', () => {
  test('is the one claimed, letter by letter', () => {
    expect(status('stable', 'is stable')).toBe('holds');
    expect(judged('Stable', 'is stable')).toEqual({ status: 'fails', because: 'another text' });
    expect(status('true', 'is true')).toBe('holds');
    expect(status('type II, 6', 'is type II, 6')).toBe('holds');
  });

  test('may be spelled otherwise where it is a number', () => {
    const number = (text: string, holds: string) =>
      judgeValue({ type: 'scalar', text, isNumber: true }, relationOf(holds)).status;
    expect(number('6.0', 'is 6')).toBe('holds');
    expect(number('6', 'is 6.0')).toBe('holds');
    expect(number('9007199254740993', 'is 9007199254740992')).toBe('fails');
    expect(number('6', 'is six')).toBe('fails');
  });

  test('is not a number of the same size', () => {
    expect(status('0.30', 'is 0.3')).toBe('fails');
    expect(status('0.30', '= 0.3')).toBe('holds');
  });
});

describe('what cannot be judged', () => {
  test.each(['stable', '', 'NaN', 'Infinity', '0x10', '1 '])('the value %j is broken, by name', (text) => {
    expect(judged(text, '< 1')).toEqual({ status: 'broken', because: `"${text}" is no number` });
  });

  test('an enclosure is broken by the end that is no number', () => {
    expect(enclosed('-Infinity', '1', '< 2').because).toBe('"-Infinity" is no number');
    expect(enclosed('0', 'Infinity', '> -1').because).toBe('"Infinity" is no number');
  });

  test.each<Relation>([
    { type: 'rounds to', decimal: 'about 1' },
    { type: 'within', center: '1', tolerance: 'small' },
    { type: 'within', center: 'one', tolerance: '0.1' },
    { type: 'between', low: '', high: '1' },
    { type: 'between', low: '0', high: 'NaN' },
    { type: 'compare', operator: '<', decimal: '1,5' },
  ])('a relation without a decimal is broken: %j', (relation) => {
    expect(judgeValue({ type: 'scalar', text: '1' }, relation)).toEqual({
      status: 'broken',
      because: 'the relation holds what is no decimal number',
    });
  });
});
