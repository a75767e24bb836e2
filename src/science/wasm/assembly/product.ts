/** The matrix product as a module of its own. */
export { gemm } from './gemm';
export { heap } from './memory';
