/** Dense real matrices in row-major order: construction, entrywise operations, products. */
export {
  type Matrix,
  add,
  dot,
  frobenius,
  fromRows,
  identity,
  matrix,
  scale,
  subtract,
  toRows,
  transpose,
} from './matrix/entries.ts';
export { apply, multiply, multiplyTransposed } from './matrix/product.ts';
