/** Before tests that run the command line: builds dist/ where a source file is newer, so that they test what is there. */
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildBundles } from '../../src/build/bundles.ts';
import { buildPage } from '../../src/build/page.ts';
import { root } from './imports.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for projects that were run once and are copied by tests. */
    readonly templates: string;
  }
}

/** Called by vitest once, before all files; what it gives back is called after them. */
export default async function setup(project: TestProject): Promise<() => void> {
  const templates = mkdtempSync(join(tmpdir(), 'colophon-templates-'));
  project.provide('templates', templates);
  await build();
  return () => rmSync(templates, { recursive: true, force: true });
}

async function build(): Promise<void> {
  const named = process.argv.slice(2).filter((argument) => argument.startsWith('test/'));
  const asks = named.filter((path) => !path.endsWith('.config.ts'));
  if (asks.length > 0 && !asks.some((path) => /^test\/(?:cli|pipeline|provenance|ui)/.test(path))) return;
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
