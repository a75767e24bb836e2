import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/base/random.ts';
import { angleError, angleFixed, piFixed } from '../../../../src/science/math/precision/fixed-angle.ts';
import { sqrtFixed } from '../../../../src/science/math/precision/fixed.ts';
import { randomInteger } from './random.ts';

/** The first 100 decimals of π (OEIS A000796). */
const decimals =
  '31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679';

const bits = 160;
const wide = 400;
const one = 1n << BigInt(bits);

/** The distance of an angle at `bits` from the one of the same point at `wide`, in units of 2^-wide. */
function gap(y: bigint, x: bigint): bigint {
  const difference = (angleFixed(y, x, bits) << BigInt(wide - bits)) - angleFixed(y, x, wide);
  return difference < 0n ? -difference : difference;
}

function near(angle: bigint, exact: bigint): void {
  const difference = angle - exact;
  expect(difference <= 6n && difference >= -6n).toBe(true);
}

describe('π', () => {
  it('has its published decimals', () => {
    expect(((piFixed(500) * 10n ** 100n) >> 500n).toString()).toBe(decimals);
  });

  it('is the floor at every width', () => {
    for (let width = 0; width < 600; width += 7)
      expect(piFixed(width)).toBe(piFixed(1200) >> BigInt(1200 - width));
  });
});

describe('the angle of a point', () => {
  it('is within the stated error, in every direction and at every ratio', () => {
    const random = randomStream('a17c55b0d2e94f63a17c55b0d2e94f63');
    const bound = angleError << BigInt(wide - bits);
    for (let i = 0; i < 3000; i++) {
      const y = randomInteger(random, 1 + (i % 170));
      const x = randomInteger(random, 170 - (i % 160)) || 1n;
      expect(gap(y, x) <= bound).toBe(true);
    }
  });

  it('depends on the ratio only', () => {
    expect(angleFixed(3n, 7n, bits)).toBe(angleFixed(3n << 90n, 7n << 90n, bits));
  });

  it('meets the angles known in closed form', () => {
    const pi = piFixed(bits);
    near(angleFixed(1n, 1n, bits), pi / 4n);
    near(angleFixed(1n, 0n, bits), pi / 2n);
    near(angleFixed(-1n, -1n, bits), (-3n * pi) / 4n);
    near(angleFixed(sqrtFixed(3n * one, bits), one, bits), pi / 3n);
    near(angleFixed(0n, -5n, bits), pi);
    expect(angleFixed(0n, 5n, bits)).toBe(0n);
  });

  it('of a sum of two points is the sum of angles, up to rounding', () => {
    // (2 + i)(3 + i) = 5 + 5i: Euler's π/4 = atan 1/2 + atan 1/3.
    const difference = angleFixed(1n, 2n, bits) + angleFixed(1n, 3n, bits) - angleFixed(1n, 1n, bits);
    expect(difference <= 6n && difference >= -6n).toBe(true);
  });

  it('is refused at the origin', () => {
    expect(() => angleFixed(0n, 0n, bits)).toThrow(RangeError);
  });

  it('are right at and beside the arguments whose angles are kept', () => {
    const unit = 1n << 200n;
    for (let round = 1n; round <= 3n; round++)
      for (let j = 1n; j <= 64n; j += 9n)
        for (const beside of [-1n, 0n, 1n, 1n << 100n]) {
          const y = ((j * unit) >> (6n * round)) + beside;
          const error = (angleFixed(y, unit, 700) >> 500n) - angleFixed(y, unit, 200);
          expect(error <= angleError && error >= -angleError).toBe(true);
        }
  });
});
