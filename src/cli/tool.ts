/** Where the tool's own files lie, and which versions it runs with. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Tool } from '../engine/context.ts';
import manifest from '../../package.json' with { type: 'json' };

/** The package's folder: bundles lie in its dist/. */
const packageRoot = findPackageRoot(import.meta.dirname);

function findPackageRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : findPackageRoot(dirname(from));
}

/** A built file of the package. */
export const distFile = (name: string): string => join(packageRoot, 'dist', name);

/** The tool as the engine needs to know it, for a project at `root`. */
export function toolFor(root: string): Tool {
  const require = createRequire(import.meta.url);
  const own = existsSync(join(root, 'node_modules', 'colophon'));
  const alias: Record<string, string> = own
    ? {}
    : { 'colophon/science': distFile('science.js'), colophon: distFile('index.js') };
  return {
    version: manifest.version,
    runtime: distFile('runtime.js'),
    alias,
    zod: join(dirname(require.resolve('zod/package.json')), 'index.js'),
    nodePaths: [join(packageRoot, 'node_modules'), join(packageRoot, '..')].filter((path) =>
      path.endsWith('node_modules'),
    ),
  };
}

/** What a declared effect's result may depend on. */
export function machineVersions(): Record<string, string> {
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    arch: process.arch,
    platform: process.platform,
  };
}

export const version: string = manifest.version;
