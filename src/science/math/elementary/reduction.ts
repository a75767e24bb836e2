/** Subtracts the nearest multiple of pi/2 from an angle, to more than double precision. */
import { highWord } from './bits.ts';

/** The remainder of the last `reduce`, as a sum of two doubles. */
export const remainder = /* @__PURE__ */ new Float64Array(2);

/** pi/2 in pieces of 33 bits, each with the rest. */
const first = 1.57079632673412561417;
const firstRest = 6.07710050650619224932e-11;
const second = 6.0771005063039659766e-11;
const secondRest = 2.02226624879595063154e-21;
const third = 2.0222662487111664558e-21;
const thirdRest = 8.47842766036889956997e-32;
const twoOverPi = 6.36619772367581382433e-1;

/**
 * Puts x - n pi/2, |remainder| <= pi/4, into `remainder` and gives n modulo 4, for finite x.
 * Source: fdlibm e_rem_pio2.c (Sun Microsystems, 1993) below 2^20 pi/2, exact integer arithmetic above.
 */
export function reduce(x: number): number {
  if (Math.abs(x) > 1647099) return reduceLarge(x);
  const n = Math.floor(x * twoOverPi + 0.5);
  let r = x - n * first;
  let w = n * firstRest;
  const lost = lostBits(x, r - w);
  if (lost > 16) {
    const t = r;
    w = n * second;
    r = t - w;
    w = n * secondRest - (t - r - w);
    if (lostBits(x, r - w) > 49) {
      const u = r;
      w = n * third;
      r = u - w;
      w = n * thirdRest - (u - r - w);
    }
  }
  const high = r - w;
  remainder[0] = high;
  remainder[1] = r - high - w;
  return n & 3;
}

/** How many leading bits the difference y of two numbers near x has lost. */
function lostBits(x: number, y: number): number {
  return ((highWord(x) >> 20) & 0x7ff) - ((highWord(y) >> 20) & 0x7ff);
}

/** 2/pi times 2^1248: enough, since m 2^e is at most 2^1024 and no double is within 2^-62 of a multiple of pi/2. */
const twoOverPiBits =
  0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc20n;
/** 2^-256, the unit of the fixed-point remainder. */
const unit = 8.636168555094445e-78;
/** pi/2 times 2^190. */
const halfPiBits = 0x6487ed5110b4611a62633145c06e0e68948127044533e63an;

/** `reduce` for |x| > 2^20: BigInt(x) is exact there but for up to 32 bits after the point, which scaling by 2^32 keeps. */
function reduceLarge(x: number): number {
  const turns = scaledInteger(x) * twoOverPiBits; // x 2/pi in units of 2^-1280
  const n = (turns + (1n << 1279n)) >> 1280n;
  const fraction = (turns - (n << 1280n)) >> 1024n; // in units of 2^-256
  const r = (fraction * halfPiBits) >> 190n;
  const high = Number(r);
  remainder[0] = high * unit;
  remainder[1] = Number(r - BigInt(high)) * unit;
  return Number(n & 3n);
}

/** x 2^32, an integer for |x| > 2^20. */
function scaledInteger(x: number): bigint {
  return Math.abs(x) < 9007199254740992 ? BigInt(x * 4294967296) : BigInt(x) << 32n;
}
