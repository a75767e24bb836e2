/** Names every place whose change could make an import find another file than it found. */
import type { Metafile } from 'esbuild';
import { dirname, join, relative, resolve } from 'node:path';

type Inputs = Metafile['inputs'];

/**
 * Relative to the root: every file read, the folders above it, where a new file could come before it, what each
 * import names, through links, and every package.json and node_modules that was consulted, present or not. The root
 * folder itself is left out: its stat changes with every file that is published into it.
 */
export function placesConsulted(root: string, bundles: readonly Inputs[]): Set<string> {
  const places = new Set<string>();
  for (const inputs of bundles) {
    for (const [input, { imports }] of Object.entries(inputs)) {
      const folder = isGenerated(input) ? root : dirname(resolve(root, input));
      if (!isGenerated(input)) addFile(places, root, resolve(root, input));
      for (const { original } of imports)
        if (original !== undefined) addImport(places, root, folder, original);
    }
  }
  places.delete('');
  return places;
}

/** The entry of a bundle, and what esbuild puts in by itself. */
const isGenerated = (input: string): boolean => input.startsWith('<');

function addFile(places: Set<string>, root: string, file: string): void {
  places.add(relative(root, file));
  for (const folder of foldersAbove(file, root)) {
    if (folder.startsWith(root) || folder === dirname(file)) places.add(relative(root, folder));
    places.add(relative(root, join(folder, 'package.json')));
    places.add(relative(root, join(folder, 'node_modules')));
  }
}

/** Up to the root, of a file below it; of another, its folder and the one above, where its package lies. */
function foldersAbove(file: string, root: string): string[] {
  const top = file.startsWith(`${root}/`) ? root : dirname(dirname(file));
  const folders = [dirname(file)];
  for (let folder = dirname(file); folder !== top && folder !== dirname(folder); folder = dirname(folder))
    folders.push(dirname(folder));
  return folders;
}

/** What a specifier names may be a link, or come from a package that could be installed nearer. */
function addImport(places: Set<string>, root: string, folder: string, specifier: string): void {
  if (specifier.startsWith('/')) return;
  if (specifier.startsWith('.')) {
    const target = resolve(folder, specifier);
    places.add(relative(root, target)).add(relative(root, dirname(target)));
    return;
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  for (let at = folder; ; at = dirname(at)) {
    places.add(relative(root, join(at, 'node_modules', name)));
    if (at === dirname(at)) return;
  }
}
