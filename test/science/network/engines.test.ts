import { describe, expect, it } from 'vitest';
import { fromRows, identity, type Matrix } from '../../../src/science/math/matrix.ts';
import type { Engine } from '../../../src/science/network/engine.ts';
import { gradient, gradientNorms } from '../../../src/science/network/gradient.ts';
import { plainEngine } from '../../../src/science/network/plain.ts';
import { wasmEngine } from '../../../src/science/network/wasm-engine.ts';
import { gaussian, starts, steep } from './samples.ts';

const settings = { step: 0.1 / (2 * Math.PI), stop: 1e-9, ceiling: 1e4 };

/** The weights after `count` steps alone in the lane of an engine. */
function walk(engine: Engine, lane: number, weights: Matrix, count: number): { row: number; end: number[] } {
  engine.load(lane, weights, settings);
  expect(engine.descend(count)).toBe(count);
  return { row: engine.largestRow(lane), end: [...engine.weights(lane).data] };
}

describe('the engines', () => {
  const shapes: [number, number, number][] = [
    [1, 1, 1],
    [2, 3, 2],
    [3, 2, 5],
    [5, 4, 4],
    [6, 6, 6],
    [8, 7, 7],
    [9, 9, 9],
    [17, 13, 13],
  ];

  it('give the same bits, for any shape and target, in either lane', () => {
    shapes.forEach(([neurons, inputs, targets], name) => {
      const random = gaussian(targets, inputs, 100 + name);
      for (const target of targets === inputs ? [random, identity(inputs)] : [random]) {
        const [a, b] = starts(2, neurons, inputs, 120 + name).map(({ weights }) => weights);
        const wasm = wasmEngine({ neurons, target });
        wasm.load(0, a!, settings);
        wasm.load(1, b!, settings);
        expect(wasm.descend(60)).toBe(60);
        [a!, b!].forEach((weights, lane) => {
          const plain = walk(plainEngine({ neurons, target }), 0, weights, 60);
          expect([...wasm.weights(lane).data]).toEqual(plain.end);
          expect(wasm.largestRow(lane)).toBe(plain.row);
        });
      }
    });
  });

  it('give a run the same bits whatever runs beside it', () => {
    const target = identity(7);
    const [a, b] = starts(2, 7, 7, 140).map(({ weights }) => weights);
    const engine = wasmEngine({ neurons: 7, target });
    const alone = walk(engine, 1, a!, 500);
    engine.load(0, b!, { ...settings, step: 0.03 });
    expect(walk(engine, 1, a!, 500)).toEqual(alone);
    engine.rest(0);
    expect(walk(engine, 1, a!, 500)).toEqual(alone);
  });

  it('descend along the gradient of the closed form', () => {
    for (const { weights, target } of [steep, { weights: gaussian(5, 5, 150), target: identity(5) }]) {
      const engine = wasmEngine({ neurons: weights.rows, target });
      const slope = gradient(weights, target);
      const { row } = walk(engine, 0, weights, 0);
      expect(row).toBeCloseTo(gradientNorms(slope).largestScaledRow, 14);
      const { end } = walk(engine, 0, weights, 1);
      end.forEach((x, at) => expect(x).toBeCloseTo(weights.data[at]! - 0.1 * slope.data[at]!, 15));
    }
  });

  it('find the global minimum to be one, where neurons lie on targets', () => {
    for (const make of [plainEngine, wasmEngine])
      expect(walk(make({ neurons: 6, target: identity(6) }), 0, identity(6), 0).row).toBeLessThan(1e-14);
  });

  it('stop before the step at which a lane is at its stop, or not under its ceiling', () => {
    const target = identity(3);
    const [a] = starts(1, 3, 3, 160).map(({ weights }) => weights);
    for (const make of [plainEngine, wasmEngine]) {
      const engine = make({ neurons: 3, target });
      const { row } = walk(engine, 0, a!, 40);
      engine.load(0, a!, { ...settings, stop: row });
      expect(engine.descend(1000)).toBe(40);
      engine.load(0, a!, { ...settings, ceiling: 1e-3 });
      expect(engine.descend(1000)).toBe(0);
      engine.load(
        0,
        fromRows([
          [1, 0, 0],
          [0, 0, 0],
          [0, 1, 0],
        ]),
        settings,
      );
      expect(engine.descend(1000)).toBe(0);
      expect(engine.largestRow(0)).toBeNaN();
    }
  });

  it('refuse weights of another shape and a target with a zero row', () => {
    for (const make of [plainEngine, wasmEngine]) {
      expect(() => make({ neurons: 2, target: identity(2) }).load(0, identity(3), settings)).toThrow(
        '3x3 weights in an engine for 2x2',
      );
      expect(() =>
        make({
          neurons: 2,
          target: fromRows([
            [1, 0],
            [0, 0],
          ]),
        }),
      ).toThrow('row 1 of the target is zero');
    }
  });
});
