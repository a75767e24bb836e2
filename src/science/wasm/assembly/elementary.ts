/** Angles of arrays of points. */
import { firstQuadrant, upperAngle } from './angle';

export { heap } from './memory';

/** out[i] = upperAngle(y[i], x[i]) for i < n; the arrays hold n rounded up to an even number of doubles. */
export function upperAngles(n: i32, y: usize, x: usize, out: usize): void {
  for (let i = 0; i < n; i += 2) {
    v128.store(out, upperAngle(v128.load(y), v128.load(x)));
    y += 16;
    x += 16;
    out += 16;
  }
}

/** out[i] = firstQuadrant(y[i], x[i]), likewise. */
export function firstQuadrantAngles(n: i32, y: usize, x: usize, out: usize): void {
  for (let i = 0; i < n; i += 2) {
    v128.store(out, firstQuadrant(v128.load(y), v128.load(x)));
    y += 16;
    x += 16;
    out += 16;
  }
}
