import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { palette } from '../../src/science/figure/theme.ts';
import * as fractions from '../../stages/figure-fractions.ts';
import * as losses from '../../stages/figure-losses.ts';
import * as spectra from '../../stages/figure-spectra.ts';
import * as weights from '../../stages/figure-weights.ts';
import { call, members } from './call.ts';
import { type Experiment, experiment } from './experiment.ts';

// The bundler gives a stage the module's bytes; here they are read.
vi.mock('@resvg/resvg-wasm/index_bg.wasm', () => ({
  default: readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')),
}));

let made: Experiment;
beforeAll(async () => {
  made = await experiment(7, 0, 60);
});

const found = () => members({ case: { extra: 0, k: 7 }, value: made.found });
const text = (svg: unknown) => String(svg);
const times = (word: string, svg: unknown) => text(svg).split(word).length - 1;

describe('figures', () => {
  it('of losses have a point for each spurious minimum and a line of the legend', async () => {
    const { outs } = await call(losses, { found: found() });
    expect(text(outs['svg'])).toContain('Loss of the spurious minima');
    expect(times(palette.blue, outs['svg'])).toBe(2);
    expect(outs['svg']).toContain('aria-label="Δ(S_(k−1)×S_1)"');
    expect(new TextDecoder('latin1').decode(outs['pdf'] as Uint8Array).slice(0, 5)).toBe('%PDF-');
  });

  it('of spectra have a panel for each family that was found', async () => {
    const both = await call(spectra, { found: found() });
    const one = await call(spectra, { found: found() }, { families: ['II', '5'] });
    const width = (svg: unknown) => Number(/width="([\d.]+)/.exec(text(svg))?.[1]);
    expect(width(both.outs['svg'])).toBeGreaterThan(1.5 * width(one.outs['svg']));
  });

  it('of weights have a panel for each minimum', async () => {
    const { outs } = await call(weights, { minima: made.minima }, { k: 7, extra: 0 });
    const single = await call(weights, { minima: made.minima.slice(1) }, { k: 7, extra: 0 });
    expect(text(outs['svg']).length).toBeGreaterThan(text(single.outs['svg']).length);
    expect(text(outs['svg'])).toContain('Weights of the minima for k = 7');
  });

  it('of fractions are drawn for whatever n there are', async () => {
    const experiments = [{ protocol: 'SS18', k: 7, n: 7, runs: 60, spurious: 4, points: [] }];
    const published = {
      columns: ['k', 'n', 'runs', 'spurious'],
      rows: [
        [7, 7, 1000, 55],
        [7, 8, 1000, 0],
      ],
    };
    const { outs } = await call(fractions, { experiments, published });
    const without = await call(fractions, { experiments: [], published });
    expect(times(palette.blue, outs['svg'])).toBeGreaterThan(times(palette.blue, without.outs['svg']));
  });

  it('are the same bytes twice, and no spurious minimum at all is no error', async () => {
    const [one, two] = [await call(losses, { found: found() }), await call(losses, { found: found() })];
    expect(one.outs).toEqual(two.outs);
    const none = await call(losses, { found: members() });
    expect(text(none.outs['svg'])).toContain('<svg');
  });

  it('are rendered as PNG, larger with more pixels a point', async () => {
    const render = await import('../../stages/render.ts');
    const { outs } = await call(losses, { found: found() });
    const png = async (zoom: number) => (await call(render, outs, { zoom })).outs['png'] as Uint8Array;
    const [small, large] = [await png(1), await png(2)];
    expect([...small.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
    const widthOf = (image: Uint8Array) => new DataView(image.buffer, image.byteOffset).getUint32(16);
    expect(Math.abs(widthOf(large) - 2 * widthOf(small))).toBeLessThanOrEqual(2);
  });
});
