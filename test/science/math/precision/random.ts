/** Draws random operands for the laws of arithmetic. */
import type { RandomStream } from '../../../../src/base/random.ts';
import { scaleByTwo } from '../../../../src/science/math/precision/fixed.ts';

/** An integer of up to `bits` binary digits, of either sign. */
export function randomInteger(random: RandomStream, bits: number): bigint {
  let value = 0n;
  for (let filled = 0; filled < bits; filled += 32) value = (value << 32n) + BigInt(random.bits());
  value >>= BigInt(Math.ceil(bits / 32) * 32 - bits);
  return random.bits() % 2 === 0 ? value : -value;
}

/** A double of either sign with magnitude in [2^-range, 2^range), evenly spread in its logarithm. */
export function randomDouble(random: RandomStream, range: number): number {
  const exponent = Math.floor(random.uniform() * 2 * range) - range;
  const value = scaleByTwo(1 + random.uniform(), exponent);
  return random.bits() % 2 === 0 ? value : -value;
}
