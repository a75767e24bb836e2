/** Angles two at a time: the bits of atan2, which is tested on its own. */
import { describe, expect, it } from 'vitest';
import { atan2 } from '../../../src/science/math/elementary.ts';
import { wasm } from '../../../src/science/wasm/elementary.generated.ts';
import { type KernelExports, kernels } from '../../../src/science/wasm/instance.ts';
import { samples } from '../math/support/samples.ts';

interface AngleExports extends KernelExports {
  readonly upperAngles: (n: number, y: number, x: number, out: number) => void;
  readonly firstQuadrantAngles: (n: number, y: number, x: number, out: number) => void;
}

const elementary = kernels<AngleExports>(wasm);

function angles(
  name: 'upperAngles' | 'firstQuadrantAngles',
  points: readonly (readonly number[])[],
): Float64Array {
  const n = points.length;
  const { view, address } = elementary.reserve(3 * n + 2);
  points.forEach(([y, x], i) => {
    view[i] = y as number;
    view[n + i] = x as number;
  });
  elementary.exports()[name](n, address, address + 8 * n, address + 16 * n);
  return view.slice(2 * n, 3 * n);
}

const points = samples('atan2', 20_000).map(([y, x]) => [Math.abs(y as number), x as number]);

describe('upperAngles', () => {
  it('has the bits of atan2 in the upper half plane', () => {
    expect(angles('upperAngles', points)).toEqual(
      Float64Array.from(points, ([y, x]) => atan2(y as number, x as number)),
    );
  });

  it('is right on the axes and diagonals, and at the ends of its range', () => {
    const special = [
      [0, 1],
      [0, -1],
      [1, 0],
      [1, 1],
      [1, -1],
      [0, 0],
      [2 ** 500, 1],
      [1, -(2 ** 500)],
      [2 ** -500, 2 ** -500],
      [2 ** -1000, 2 ** -500],
      [1e-300, -1],
      [1, 1e-300],
    ];
    expect(angles('upperAngles', special)).toEqual(
      Float64Array.from(special, ([y, x]) => atan2(y as number, x as number)),
    );
  });
});

describe('firstQuadrantAngles', () => {
  it('has the bits of atan2 for positive coordinates', () => {
    const quadrant = points.map(([y, x]) => [y as number, Math.abs(x as number)]);
    expect(angles('firstQuadrantAngles', quadrant)).toEqual(
      Float64Array.from(quadrant, ([y, x]) => atan2(y as number, x as number)),
    );
  });
});
