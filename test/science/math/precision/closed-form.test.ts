import { describe, expect, it } from 'vitest';
import { quotientText, rootText, surdText } from '../../../../src/science/math/precision/closed-form-text.ts';
import { closedForm } from '../../../../src/science/math/precision/closed-form.ts';
import { bitsFor, fixedField } from '../../../../src/science/math/precision/fixed-field.ts';

const bits = bitsFor(130);
const { add, sub, mul, div, sqrt, fromNumber: n, pi, atan2 } = fixedField(bits);
const square = mul(pi, pi);

describe('a closed form', () => {
  it.each([
    ['1/4 - 1/(2*pi)', sub(n(0.25), div(n(1), mul(n(2), pi)))],
    ['1/2 - 2/pi^2', sub(n(0.5), div(n(2), square))],
    ['-1/3', div(n(-1), n(3))],
    ['1000*pi', mul(n(1000), pi)],
    ['2*pi/3 + 5', add(div(mul(n(2), pi), n(3)), n(5))],
    ['(-2*pi + 3)/(pi^2 - 2)', div(sub(n(3), mul(n(2), pi)), sub(square, n(2)))],
    ['sqrt(2)', sqrt(n(2))],
    ['-sqrt(2)/2', div(sqrt(n(2)), n(-2))],
    ['(-sqrt(5) + 1)/2', div(sub(n(1), sqrt(n(5))), n(2))],
    ['1 - sqrt(pi)', sub(n(1), sqrt(pi))],
    ['0', 3n],
  ])('is recognised: %s', (text, value) => {
    const found = closedForm(value, bits);
    // A single square root may be written with either sign first.
    expect([text, text.replace(/\((-sqrt\(5\)) \+ 1\)/, '(1 - sqrt(5))')]).toContain(found?.text);
    expect(found!.digits).toBeGreaterThan(100);
    expect(found!.spent).toBeLessThan(25);
  });

  it('is found over a square root that is expected, and not without', () => {
    // 3/7 − (2/π − 5/π³)√5
    const root = mul(sqrt(n(5)), sub(div(n(2), pi), div(n(5), mul(pi, square))));
    const value = sub(div(n(3), n(7)), root);
    expect(closedForm(value, bits, [5])?.text).toBe('3/7 + (-2/pi + 5/pi^3)*sqrt(5)');
    expect(closedForm(value, bits, [3])).toBeUndefined();
  });

  it('is not claimed for numbers that have none', () => {
    expect(closedForm(atan2(n(1), n(2)), bits)).toBeUndefined();
    expect(closedForm(sqrt(sqrt(n(0.7123451))), bits)).toBeUndefined();
  });

  it('is not claimed on too few digits', () => {
    const value = div(add(n(3), div(n(123456), pi)), n(98765));
    expect(closedForm(value >> BigInt(bits - 50), 50)).toBeUndefined();
    expect(closedForm(value, bits)?.text).toBe('3/98765 + 123456/(98765*pi)');
  });
});

describe('the text of a formula', () => {
  it('has fractions in lowest terms, from the highest power of π down', () => {
    expect(quotientText([6n, -3n, 9n], [0n, 12n])).toBe('3*pi/4 - 1/4 + 1/(2*pi)');
    expect(quotientText([0n], [5n])).toBe('0');
    expect(quotientText([2n, 1n], [-1n, -1n])).toBe('(-pi - 2)/(pi + 1)');
    // (4 − π²)·π over 6π³(π − 2)²
    expect(quotientText([0n, 4n, 0n, -1n], [0n, 0n, 0n, 24n, -24n, 6n])).toBe('(-pi - 2)/(6*pi^2*(pi - 2))');
    expect(quotientText([1n, 1n], [0n, 5n, 0n, 1n])).toBe('(pi + 1)/(pi*(pi^2 + 5))');
    expect(() => quotientText([1n], [0n])).toThrow(RangeError);
  });

  it('writes a surd with as few brackets as it can', () => {
    expect(surdText([1n], [0n, 2n], 5, [0n, 4n])).toBe('1/(4*pi) + 1/2*sqrt(5)');
    expect(surdText([1n], [-1n], 2, [1n])).toBe('1 - sqrt(2)');
    expect(surdText([], [-3n], 2, [1n])).toBe('-3*sqrt(2)');
    expect(surdText([1n], [1n, 1n], 2, [1n])).toBe('1 + (pi + 1)*sqrt(2)');
    expect(surdText([1n], [], 2, [3n])).toBe('1/3');
  });

  it('chooses the root that is meant', () => {
    const upper = rootText([1n], [0n], [-2n], sqrt(n(2)), bits);
    const lower = rootText([1n], [0n], [-2n], -sqrt(n(2)), bits);
    expect([upper, lower]).toEqual(['sqrt(2)', '-sqrt(2)']);
    expect(rootText([-1n], [0n], [2n], -sqrt(n(2)), bits)).toBe('-sqrt(2)');
    // x² − πx + 1 = 0
    const larger = div(add(pi, sqrt(sub(square, n(4)))), n(2));
    expect(rootText([1n], [0n, -1n], [1n], larger, bits)).toBe('(pi + sqrt(pi^2 - 4))/2');
    expect(rootText([1n], [0n, -1n], [1n], sub(pi, larger), bits)).toBe('(pi - sqrt(pi^2 - 4))/2');
    // x² = 2π²: the square comes out of the root
    expect(rootText([1n], [], [0n, 0n, -2n], mul(pi, sqrt(n(2))), bits)).toBe('pi*sqrt(2)');
    expect(rootText([0n, 1n], [], [-8n], div(sqrt(n(8)), sqrt(pi)), bits)).toBe('2*sqrt(2*pi)/pi');
  });
});
