/**
 * Times the reduced families: `node bench/families.ts`. For each family at d = 20, 10^6 and 10^9 the processor time,
 * in milliseconds after warm-up, of criticalPoint and of spectrum (which finds the point too); beside it the dense
 * eigenvalues by ml-matrix at d = 20, where that is possible.
 */
import { EVD, Matrix as Peer } from 'ml-matrix';
import { criticalPoint } from '../src/science/family/critical-point.ts';
import { denseMatrix } from '../src/science/family/dense.ts';
import { type FamilyName, familyNames } from '../src/science/family/families.ts';
import { spectrum } from '../src/science/family/spectrum.ts';
import { thresholds } from '../src/science/family/threshold.ts';
import { identity, toRows } from '../src/science/math/matrix.ts';
import { hessian } from '../src/science/network/hessian.ts';

const sizes = [20, 1e6, 1e9];
const rounds = 30;

function milliseconds(work: () => unknown, times: number): number {
  let least = Infinity;
  for (let round = 0; round < times; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

function denseTime(family: FamilyName): number {
  const weights = denseMatrix(criticalPoint({ family, d: 20 }));
  return milliseconds(() => {
    const peer = new Peer(toRows(hessian(weights, identity(20))));
    return new EVD(peer, { assumeSymmetric: true }).realEigenvalues;
  }, 1);
}

for (let warmUp = 0; warmUp < 20; warmUp++) for (const family of familyNames) spectrum({ family, d: 1e6 });

console.log('family     d       point  spectrum   dense   thresholds');
for (const family of familyNames) {
  for (const d of sizes) {
    const point = milliseconds(() => criticalPoint({ family, d }), rounds).toFixed(2);
    const whole = milliseconds(() => spectrum({ family, d }), rounds).toFixed(2);
    const dense = d === 20 ? denseTime(family).toFixed(0) : '';
    const zeros =
      d === 20 && family !== 'global' ? milliseconds(() => thresholds({ family }), 3).toFixed(0) : '';
    const cells = [family.padEnd(7), String(d).padStart(10), point.padStart(7), whole.padStart(9)];
    console.log([...cells, dense.padStart(7), zeros.padStart(10)].join(' '));
  }
}
