/** Before tests that run the command line: builds dist/ where a source file is newer, so that they test what is there. */
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles } from '../../src/build/bundles.ts';
import { buildPage } from '../../src/build/page.ts';
import { root } from './imports.ts';

/** Called by vitest once, before all files. */
export default async function setup(): Promise<void> {
  const named = process.argv.slice(2).filter((argument) => argument.startsWith('test/'));
  const asks = named.filter((path) => !path.endsWith('.config.ts'));
  if (asks.length > 0 && !asks.some((path) => /^test\/(?:pipeline|ui)/.test(path))) return;
  if (!isStale()) return;
  await buildBundles();
  await buildPage();
}

function isStale(): boolean {
  const built = timeOf('dist/main.js');
  return globSync(['src/**/*.ts', 'src/ui/page/**/*.{css,html,svg}', 'store/**/*.ts', 'package.json'], {
    cwd: root,
  }).some((file) => timeOf(file) > built);
}

const timeOf = (file: string): number => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
