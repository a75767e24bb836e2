/** The error function. */
import { exp } from './exponential.ts';
import { horner } from './horner.ts';

/** erf x = 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x. Error below 1 ulp. Source: fdlibm s_erf.c (Sun Microsystems, 1993). */
export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  if (x === 0) return x;
  if (x < 0.84375) return near(x);
  if (x < 1.25) return 8.45062911510467529297e-1 + quotient(x - 1, middleTop, middleBottom);
  if (x < 6) return 1 - complement(x);
  return x >= 6 ? 1 : Number.NaN;
}

/** erf x for x in (0, 0.84375): 9/8 x and a rest, which is small where x is. */
function near(x: number): number {
  const rest = quotient(x * x, nearTop, nearBottom);
  if (x > 0.25) return x + x * (0.125 + rest);
  const main = x + 0.125 * x;
  return main + (x - main + 0.125 * x + x * rest);
}

/** 1 - erf x for x in [1.25, 6): e^(-x^2 - 9/16 + R/S) / x, the square taken in two exact parts. */
function complement(x: number): number {
  const s = 1 / (x * x);
  const r = x < 2.857142857142857 ? quotient(s, farTop, farBottom) : quotient(s, tailTop, tailBottom);
  const z = Math.fround(x);
  return (exp(-z * z - 0.5625) * exp((z - x) * (z + x) + r)) / x;
}

/** p(z) / q(z), coefficients from the constant term up. */
function quotient(z: number, p: readonly number[], q: readonly number[]): number {
  return horner(z, p) / horner(z, q);
}

/** fdlibm's numerator less 1/8 of the denominator, so that rounding of the quotient counts less. */
const nearTop = [
  0.0033791670955125586, -0.3747817602418959, -0.03660953082419442, -0.006405433581723912,
  -4.032485890719037e-5, 4.95028534846921e-7,
];
const nearBottom = [
  1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3,
  1.32494738004321644526e-4, -3.9602282787753681232e-6,
];
const middleTop = [
  -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1,
  3.18346619901161753674e-1, -1.10894694282396677476e-1, 3.54783043256182359371e-2, -2.166375594868790843e-3,
];
const middleBottom = [
  1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2,
  1.26171219808761642112e-1, 1.36370839120290507362e-2, 1.1984499846799107417e-2,
];
const farTop = [
  -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1,
  -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2, -8.12874355063065934246e1,
  -9.81432934416914548592,
];
const farBottom = [
  1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
  4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2,
];
const tailTop = [
  -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1,
  -1.60636384855821916062e2, -6.37566443368389627722e2, -1.02509513161107724954e3, -4.83519191608651397019e2,
];
const tailBottom = [
  1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
  2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1,
];
