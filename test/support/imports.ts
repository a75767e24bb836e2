/** Reads the imports of every source file, resolved to project-relative paths or package names. */
import { readFileSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Import {
  readonly from: string;
  /** A project-relative path, a package's name, or `node:…`. */
  readonly to: string;
  readonly typeOnly: boolean;
}

/** Every static and literal dynamic import of the files that the globs name. */
export function importsOf(...globs: readonly string[]): {
  readonly files: string[];
  readonly imports: Import[];
} {
  const files = globs
    .flatMap((glob) => globSync(glob, { cwd: root }))
    .filter((file) => !file.includes('/assembly/'))
    .sort();
  return { files, imports: files.flatMap(readImports) };
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/g;

function readImports(from: string): Import[] {
  const text = readFileSync(join(root, from), 'utf8');
  return [...text.matchAll(statement)].map((match) => {
    const specifier = (match[2] ?? match[3]) as string;
    const to = specifier.startsWith('.')
      ? relative(root, join(root, dirname(from), specifier))
      : packageOf(specifier);
    return { from, to, typeOnly: match[1] !== undefined };
  });
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** One cycle of imports, as the files on it in order; undefined where there is none. */
export function findCycle(imports: readonly Import[]): string[] | undefined {
  const next = Map.groupBy(imports, ({ from }) => from);
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (state.get(file) === 'done') return undefined;
    if (state.get(file) === 'open') return [...path.slice(path.indexOf(file)), file];
    state.set(file, 'open');
    for (const { to } of next.get(file) ?? []) {
      const cycle = visit(to, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    state.set(file, 'done');
    return undefined;
  };
  for (const file of next.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
