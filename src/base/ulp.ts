/** How many doubles lie between two doubles. */

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The place of a finite double among all doubles in order; both zeros have place 0. */
function placeOf(value: number): bigint {
  double[0] = value;
  const raw = bits[0] as bigint;
  return raw >= 0n ? raw : -(raw & 0x7fff_ffff_ffff_ffffn);
}

/** The distance of two finite doubles in units in the last place: 0 for equal ones, 1 for neighbours. */
export function ulpsBetween(a: number, b: number): number {
  const distance = placeOf(a) - placeOf(b);
  return Number(distance < 0n ? -distance : distance);
}
