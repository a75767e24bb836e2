/** Builds the package: WebAssembly kernels first, then what imports them. `npm ci` and `npm run build` run it. */
import { buildBundles } from './bundles.ts';
import { buildKernels } from './kernels.ts';
import { buildTypes } from './types.ts';

await buildKernels();
await buildBundles();
if (!process.argv.includes('--quick')) await buildTypes();
