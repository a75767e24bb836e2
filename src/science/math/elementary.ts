/** Elementary functions with the same bits on every engine and processor: + - * / sqrt only. */
export { acos } from './elementary/arccosine.ts';
export { atan, atan2 } from './elementary/arctangent.ts';
export { erf } from './elementary/erf.ts';
export { exp, expm1 } from './elementary/exponential.ts';
export { log, log1p } from './elementary/logarithm.ts';
export { pow } from './elementary/power.ts';
export { cos, sin } from './elementary/sine.ts';
export { tan } from './elementary/tangent.ts';
export { tanh } from './elementary/tanh.ts';
