/** Builds the package: WebAssembly kernels and glyph outlines first, then what imports them. `npm ci` and `npm run build` run it. */
import { buildBundles } from './bundles.ts';
import { buildGlyphs } from './glyphs.ts';
import { buildKernels } from './kernels.ts';
import { buildPage } from './page.ts';
import { buildTypes } from './types.ts';

await buildKernels();
buildGlyphs();
await buildBundles();
await buildPage();
if (!process.argv.includes('--quick')) await buildTypes();
