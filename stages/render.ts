/** Renders a figure as PNG. */
import module from '@resvg/resvg-wasm/index_bg.wasm';
import { z } from 'zod';
import { pngImage, svgFigure } from '../src/model/kind.ts';
import type { Run } from '../src/model/stage.ts';
import { toPng } from '../src/science/figure/png.ts';

export const params = () => z.object({ zoom: z.number().positive().default(2).describe('Pixels a point') });
export const deps = () => ({ svg: svgFigure });
export const outs = () => ({ png: pngImage });

export const run: Run<typeof params, typeof deps, typeof outs> = async ({ svg }, { zoom }) => ({
  png: await toPng(svg, module, zoom),
});
