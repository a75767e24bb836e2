import { describe, expect, it } from 'vitest';
import { symmetricEigenvalues } from '../../../src/science/math/linear.ts';
import { frobenius, identity, subtract } from '../../../src/science/math/matrix.ts';
import { gradient, gradientNorms } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { plainEngine } from '../../../src/science/network/plain.ts';
import { safranShamir, safranYehudaiShamir, xavierStart } from '../../../src/science/network/protocol.ts';
import { train, type TrainingRun } from '../../../src/science/network/train.ts';
import { wasmEngine } from '../../../src/science/network/wasm-engine.ts';
import { shortcuts } from '../../../src/science/network/watch.ts';
import { starts, stream } from './samples.ts';

const facts = ({ weights, ...rest }: TrainingRun) => ({ ...rest, weights: [...weights.data] });

function run(neurons: number, k: number, count: number, name: number, fast = false): TrainingRun[] {
  const target = identity(k);
  const watch = fast ? shortcuts(neurons, target, safranShamir) : undefined;
  return train(wasmEngine({ neurons, target }), target, starts(count, neurons, k, name), safranShamir, watch);
}

describe('a start', () => {
  it('depends on its number alone', () => {
    const eleven = starts(11, 6, 6, 200);
    const three = starts(3, 6, 6, 200);
    expect(eleven[2]!.weights.data).toEqual(three[2]!.weights.data);
    expect(eleven[2]!.weights.data).not.toEqual(eleven[3]!.weights.data);
  });

  it('has entries of mean 0 and variance 1/d', () => {
    const values = starts(60, 8, 5, 201).flatMap(({ weights }) => [...weights.data]);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(0.2 / values.length));
    expect(Math.abs(variance - 0.2)).toBeLessThan(4 * 0.2 * Math.sqrt(2 / values.length));
    expect(() => xavierStart(stream(1), -1, 2, 2)).toThrow(RangeError);
  });
});

describe('training by the protocol', () => {
  const found = run(8, 8, 40, 210);

  it('brings every gradient to the stop and reports by what steps', () => {
    for (const { status, largestRow, iterations, restarts, step, newton } of found) {
      expect({ status, restarts, step, newton }).toEqual({
        status: 'converged',
        restarts: 0,
        step: 0.1,
        newton: 0,
      });
      expect(largestRow).toBeLessThanOrEqual(1e-9);
      expect(iterations).toBeGreaterThan(1000);
    }
  });

  it('ends at minima, most of them global', () => {
    for (const { weights, loss, spurious } of found) {
      expect(spurious).toBe(loss >= 1e-3);
      expect(Math.abs(loss) < 1e-12 || loss > 1e-2).toBe(true);
      expect(symmetricEigenvalues(hessian(weights, identity(8)))[0]).toBeGreaterThan(0);
    }
    const count = found.filter(({ spurious }) => spurious).length;
    expect(count).toBeGreaterThanOrEqual(1);
    expect(count).toBeLessThan(15);
  });

  it('gives a run the same whatever the others are, and in either engine', () => {
    const target = identity(8);
    const few = [7, 3].map((at) => starts(8, 8, 8, 210)[at]!);
    const again = train(plainEngine({ neurons: 8, target }), target, few, safranShamir);
    expect(again.map(facts)).toEqual([found[7]!, found[3]!].map(facts));
  });

  it('says when the limit of steps came first', () => {
    const target = identity(6);
    const short = { ...safranShamir, limit: 25 };
    const [end] = train(wasmEngine({ neurons: 6, target }), target, starts(1, 6, 6, 211), short);
    expect(end).toMatchObject({ status: 'exhausted', iterations: 25, newton: 0 });
    expect(end!.largestRow).toBeGreaterThan(1e-9);
  });

  it('begins again from the start with half the step where it diverges', () => {
    const target = identity(5);
    const engine = wasmEngine({ neurons: 5, target });
    const wild = train(engine, target, starts(4, 5, 5, 212), { ...safranShamir, step: 12.8 });
    for (const { restarts, step, status } of wild) {
      expect(restarts).toBeGreaterThan(0);
      expect(step).toBe(12.8 / 2 ** restarts);
      expect(status).toBe('converged');
    }
    wild.forEach(({ run: number, step, weights, iterations }) => {
      const calm = train(engine, target, [starts(4, 5, 5, 212)[number]!], { ...safranShamir, step });
      expect(calm[0]).toMatchObject({ restarts: 0, step });
      expect([...calm[0]!.weights.data]).toEqual([...weights.data]);
      expect(iterations).toBeGreaterThan(calm[0]!.iterations);
    });
  });

  it('gives up a run that diverges however small the step, and names a start with a zero row', () => {
    const target = identity(2);
    const engine = wasmEngine({ neurons: 2, target });
    const [end] = train(engine, target, [{ run: 0, weights: identity(2) }], {
      ...safranShamir,
      stop: -1,
      ceiling: 0,
    });
    expect(end).toMatchObject({ status: 'exhausted', restarts: 60 });
    const zero = { run: 4, weights: { ...identity(2), data: Float64Array.of(1, 0, 0, 0) } };
    expect(() => train(engine, target, [zero], safranShamir)).toThrow('row 1 of the start of run 4 is zero');
  });

  it('brings the Frobenius norm to 1e-12 by the protocol of 2006.01005, with step 5/k', () => {
    const target = identity(10);
    const protocol = safranYehudaiShamir(10);
    const ends = train(wasmEngine({ neurons: 10, target }), target, starts(6, 10, 10, 213), protocol);
    for (const { status, weights, step } of ends) {
      expect({ status, step }).toEqual({ status: 'converged', step: 0.5 });
      expect(gradientNorms(gradient(weights, target)).frobenius).toBeLessThan(1e-12);
    }
  });

  it('of no starts gives no runs', () => {
    expect(train(wasmEngine({ neurons: 2, target: identity(2) }), identity(2), [], safranShamir)).toEqual([]);
  });
});

describe('training with shortcuts', () => {
  it('reaches the minima that the protocol reaches, in fewer steps, on 150 starts', () => {
    for (const k of [6, 7, 8]) {
      const slow = run(k, k, 50, 220 + k);
      const fast = run(k, k, 50, 220 + k, true);
      fast.forEach((end, at) => {
        expect(end.status).toBe('certified');
        expect(end.run).toBe(slow[at]!.run);
        expect(frobenius(subtract(end.weights, slow[at]!.weights))).toBeLessThan(1e-6);
        expect(end.spurious).toBe(slow[at]!.spurious);
        expect(end.largestRow).toBeLessThan(1e-13);
        expect(end.iterations).toBeLessThan(slow[at]!.iterations);
        expect(end.newton).toBeGreaterThan(0);
      });
    }
  });

  it('settles over-parametrised runs as the protocol goes on to confirm', () => {
    const target = identity(7);
    const fast = run(8, 7, 12, 230, true);
    const long = { ...safranShamir, limit: 20_000 };
    const slow = train(wasmEngine({ neurons: 8, target }), target, starts(12, 8, 7, 230), long);
    fast.forEach((end, at) => {
      expect(end).toMatchObject({ status: 'settled', spurious: false, newton: 0 });
      expect(slow[at]!.loss).toBeLessThan(end.loss);
      expect(end.loss).toBeLessThan(1e-3);
    });
  });

  it('looks at each run on its own count of steps, so that partners do not matter', () => {
    const target = identity(7);
    const all = run(7, 7, 6, 240, true);
    const watch = shortcuts(7, target, safranShamir);
    const alone = train(
      plainEngine({ neurons: 7, target }),
      target,
      [starts(6, 7, 7, 240)[4]!],
      safranShamir,
      watch,
    );
    expect(facts(alone[0]!)).toEqual(facts(all[4]!));
  });
});
