/** Bundles the page of `colophon ui` into dist/ui: one script, one style, nothing fetched from elsewhere. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'src/ui/page');
const target = join(root, 'dist/ui');

/** Writes page.js, style.css, index.html and icon.svg. */
export async function buildPage(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { page: join(source, 'main.ts'), style: join(source, 'style/page.css') },
    outdir: target,
    entryNames: '[name]',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome123', 'firefox121', 'safari17.5'],
    logLevel: 'warning',
  });
  for (const name of ['index.html', 'icon.svg']) copyFileSync(join(source, name), join(target, name));
}
