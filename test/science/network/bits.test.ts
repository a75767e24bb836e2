import { describe, expect, it } from 'vitest';
import { encodeCanonical } from '../../../src/base/canonical.ts';
import { digestOf } from '../../../src/base/digest.ts';
import { shortDigest } from '../../../src/base/text.ts';
import { identity, type Matrix } from '../../../src/science/math/matrix.ts';
import { gradient } from '../../../src/science/network/gradient.ts';
import { hessian } from '../../../src/science/network/hessian.ts';
import { loss } from '../../../src/science/network/loss.ts';
import { polish } from '../../../src/science/network/polish.ts';
import { safranShamir } from '../../../src/science/network/protocol.ts';
import { train } from '../../../src/science/network/train.ts';
import { wasmEngine } from '../../../src/science/network/wasm-engine.ts';
import { shortcuts } from '../../../src/science/network/watch.ts';
import { gaussian, smooth, starts } from './samples.ts';

const mark = (...values: readonly (Matrix | number)[]) =>
  shortDigest(digestOf(encodeCanonical(values.map((x) => (typeof x === 'number' ? x : [...x.data])))));

/** These bits are to be the same on every machine and version; a change of them changes published results. */
describe('pinned bits', () => {
  it('of loss, gradient and Hessian', () => {
    const { weights, target } = smooth;
    expect(mark(loss(weights, target))).toBe('40022f64e6c5');
    expect(mark(gradient(gaussian(7, 6, 1), gaussian(5, 6, 2)))).toBe('f7c4d10c68fa');
    expect(mark(hessian(gaussian(4, 3, 3), identity(3)))).toBe('b3782ed93063');
  });

  it('of starts and of what the protocol makes of them', () => {
    const from = starts(3, 7, 7, 800);
    expect(mark(...from.map(({ weights }) => weights))).toBe('74bbaa546a99');
    const runs = train(wasmEngine({ neurons: 7, target: identity(7) }), identity(7), from, safranShamir);
    expect(mark(...runs.map(({ weights }) => weights), ...runs.map(({ iterations }) => iterations))).toBe(
      'f7fc609bcec2',
    );
  });

  it('of certified and of polished minima', () => {
    const target = identity(8);
    const watch = shortcuts(8, target, safranShamir);
    const runs = train(wasmEngine({ neurons: 8, target }), target, starts(3, 8, 8, 801), safranShamir, watch);
    expect(mark(...runs.map(({ weights }) => weights), ...runs.map(({ newton }) => newton))).toBe(
      '30a2670b43eb',
    );
    const points = runs.map(({ weights }) => polish(weights, target, { gradient: 1e-14, iterations: 20 }));
    expect(mark(...points.map(({ weights }) => weights), ...points.map(({ loss: value }) => value))).toBe(
      '7e8b566b93c8',
    );
  });
});
