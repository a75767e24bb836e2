import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { criticalPoint } from '../../../src/science/family/critical-point.ts';
import { discover, type DiscoveryQuery } from '../../../src/science/family/discovery.ts';

const query: DiscoveryQuery = {
  d: 9,
  spaces: [[1, 1], [2]],
  starts: 40,
  stream: randomStream('0e'.repeat(16)),
  top: 1e4,
};
const { found, degenerate, known } = discover(query);

describe('the search for further families', () => {
  it('names what is on no known family by rising loss', () => {
    expect(found.length).toBeGreaterThan(5);
    expect(found.map(({ entry }) => entry.point.family)).toEqual(found.map((_, i) => `other-${i + 1}`));
    const losses = found.map(({ entry }) => entry.point.loss);
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
  });

  it('leaves out the known families and what is not isolated', () => {
    expect(known).toBeGreaterThan(3);
    const families = (['A', 'I', 'II', '2'] as const).map((family) => criticalPoint({ family, d: 9 }).loss);
    for (const { entry } of found) {
      expect(Math.min(...families.map((loss) => Math.abs(loss - entry.point.loss)))).toBeGreaterThan(1e-9);
      expect(entry.spectrum.nullity).toBe(0);
      expect(entry.split).toBe(false);
    }
    expect(degenerate).toBeGreaterThan(0);
  });

  it('gives a point seen in several spaces once, in the coarsest', () => {
    const losses = found.map(({ entry }) => entry.point.loss);
    for (const [i, loss] of losses.entries())
      expect(losses.slice(i + 1).every((other) => Math.abs(other - loss) > 1e-10)).toBe(true);
    // Diagonal −1 but for two entries +1, which [1, 1] contains too.
    const hidden = found.find(({ diagonals: [a, b] }) => Math.abs((a ?? 0) + 1) < 0.05 && (b ?? 0) > 0.9);
    expect(hidden?.minorities).toEqual([2]);
  });

  it('follows each point up, to the limit of its family', () => {
    const arrived = found.filter(({ reached }) => reached === 1e4);
    expect(arrived.length).toBeGreaterThan(found.length / 2);
    for (const { diagonals } of arrived) expect(Math.abs(Math.abs(diagonals[0] ?? 0) - 1)).toBeLessThan(0.02);
  });

  it('finds the hidden minima with two neurons on their targets', () => {
    const minima = found.filter(({ entry, least }) => entry.spectrum.index === 0 && least > 0);
    expect(minima.length).toBeGreaterThan(0);
    for (const { entry } of minima) expect(entry.point.gradientNorm).toBeLessThan(1e-25);
  });

  it('comes out the same again', () => {
    expect(discover(query)).toEqual({ found, degenerate, known });
  });
});
