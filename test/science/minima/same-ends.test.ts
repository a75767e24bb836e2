import { describe, expect, it } from 'vitest';
import { identity, scale } from '../../../src/science/math/matrix.ts';
import { compareEnds } from '../../../src/science/minima/same-ends.ts';
import { safranShamir, xavierStart } from '../../../src/science/network/protocol.ts';
import { train } from '../../../src/science/network/train.ts';
import { wasmEngine } from '../../../src/science/network/wasm-engine.ts';
import { shortcuts } from '../../../src/science/network/watch.ts';
import { stream } from './samples.ts';

const end = (run: number, status: string, loss: number, factor = 1) => ({
  run,
  status,
  loss,
  spurious: loss >= 1e-3,
  weights: scale(identity(2), factor),
});

describe('ends of the same starts', () => {
  it('are paired by run, whatever their order', () => {
    const one = [end(0, 'certified', 0), end(1, 'certified', 0.02), end(2, 'settled', 1e-4)];
    const other = [end(1, 'converged', 0.02), end(0, 'converged', 0, 1 + 1e-8)];
    const { farthest, ...rest } = compareEnds(one, other);
    expect(rest).toEqual({ runs: 2, different: 0, followed: 2 });
    expect(farthest).toBeCloseTo(Math.SQRT2 * 1e-8, 14);
  });

  it('differ where only one is spurious', () => {
    const found = compareEnds([end(0, 'certified', 0)], [end(0, 'converged', 0.02, 3)]);
    expect(found).toEqual({ runs: 1, different: 1, followed: 1, farthest: 2 * Math.SQRT2 });
  });

  it('that stopped on the way to a point have no distance, but a verdict', () => {
    const found = compareEnds([end(0, 'settled', 1e-4)], [end(0, 'exhausted', 1e-9, 5)]);
    expect(found).toEqual({ runs: 1, different: 0, followed: 0, farthest: 0 });
  });

  it('are the same minima with certified shortcuts and without', () => {
    const target = identity(6);
    const starts = Array.from({ length: 12 }, (_, run) => ({
      run,
      weights: xavierStart(stream('d4'), run, 6, 6),
    }));
    const engine = wasmEngine({ neurons: 6, target });
    const short = train(engine, target, starts, safranShamir, shortcuts(6, target, safranShamir));
    const whole = train(engine, target, starts, safranShamir);
    expect(short.some(({ status }) => status === 'certified')).toBe(true);
    const found = compareEnds(short, whole);
    expect(found).toMatchObject({ runs: 12, different: 0, followed: 12 });
    expect(found.farthest).toBeLessThan(1e-7);
  });
});
