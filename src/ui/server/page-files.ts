/** The page's own files, read once from where the build put them. Nothing else of the disk is served by name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageFiles } from './answer.ts';
import type { Reply } from './reply.ts';

const types = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** Throws where the build is not complete. */
export function pageFiles(folder: string): PageFiles {
  return new Map(
    Object.entries(types).map(([name, type]): [string, Reply] => [
      name === 'index.html' ? '/' : `/${name}`,
      { status: 200, headers: { 'Content-Type': type }, body: readFileSync(join(folder, name)) },
    ]),
  );
}
