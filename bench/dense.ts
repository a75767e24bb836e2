/**
 * Times dense linear algebra beside ml-matrix, in one process and in turns, so that ratios hold on a busy machine:
 * `node bench/dense.ts`. Times are processor time, the least of several rounds.
 */
import { CholeskyDecomposition, EVD, LuDecomposition, Matrix as Peer } from 'ml-matrix';
import { randomStream } from '../src/base/random.ts';
import {
  choleskyFactor,
  luFactor,
  symmetricEigen,
  symmetricEigenvalues,
} from '../src/science/math/linear.ts';
import { type Matrix, matrix, multiply, multiplyTransposed } from '../src/science/math/matrix.ts';
import { fillNormals } from '../src/science/math/normal.ts';

const sizes = [5, 20, 100, 400];
const rounds = 5;

interface Contest {
  readonly name: string;
  /** Floating-point operations, by the usual count. */
  readonly operations: (n: number) => number;
  readonly ours: (a: Matrix, definite: Matrix) => unknown;
  readonly theirs: (a: Peer, definite: Peer) => unknown;
}

const contests: readonly Contest[] = [
  {
    name: 'product',
    operations: (n) => 2 * n ** 3,
    ours: (a, b) => multiply(a, b),
    theirs: (a, b) => a.mmul(b),
  },
  {
    name: 'LU',
    operations: (n) => (2 / 3) * n ** 3,
    ours: (a) => luFactor(a),
    theirs: (a) => new LuDecomposition(a),
  },
  {
    name: 'Cholesky',
    operations: (n) => (1 / 3) * n ** 3,
    ours: (_, definite) => choleskyFactor(definite),
    theirs: (_, definite) => new CholeskyDecomposition(definite),
  },
  {
    name: 'eigenvalues',
    operations: (n) => (4 / 3) * n ** 3,
    ours: (_, definite) => symmetricEigenvalues(definite),
    theirs: (_, definite) => new EVD(definite, { assumeSymmetric: true }),
  },
  {
    name: 'eigenvectors',
    operations: (n) => 9 * n ** 3,
    ours: (_, definite) => symmetricEigen(definite),
    theirs: (_, definite) => new EVD(definite, { assumeSymmetric: true }),
  },
];

/** Processor microseconds of one call, averaged over as many as take about a millisecond or more. */
function time(work: () => unknown, calls: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

function measure(works: readonly (() => unknown)[], calls: number): number[] {
  const best = works.map(() => Infinity);
  for (let round = 0; round < rounds; round++)
    works.forEach((work, i) => {
      best[i] = Math.min(best[i] as number, time(work, calls));
    });
  return best;
}

const peer = (a: Matrix) => Peer.from1DArray(a.rows, a.columns, Array.from(a.data));

console.log('                  n      ours us     peer us     ratio   ours GFLOP/s');
for (const { name, operations, ours, theirs } of contests)
  for (const n of sizes) {
    const a = matrix(n, n, fillNormals(randomStream('0'.repeat(32)), n * n));
    const definite = multiplyTransposed(a, a);
    const [theirA, theirDefinite] = [peer(a), peer(definite)];
    const calls = Math.max(1, Math.floor(4e6 / (operations(n) + 2000)));
    const works = [() => ours(a, definite), () => theirs(theirA, theirDefinite)];
    const [mine, other] = measure(works, calls) as [number, number];
    const columns = [mine.toFixed(1), other.toFixed(1), (other / mine).toFixed(1)];
    const rate = (operations(n) / mine / 1000).toFixed(2);
    console.log(
      name.padEnd(14),
      String(n).padStart(4),
      ...columns.map((x) => x.padStart(11)),
      rate.padStart(11),
    );
  }
