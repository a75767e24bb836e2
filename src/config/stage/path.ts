/** Paths of the project as they are written in a file: relative, POSIX, inside. */

/** A path in its one spelling, or what is wrong with it. */
type ProjectPath = { readonly path: string } | { readonly wrong: string };

/** Folders that are no part of the project's content. */
const reserved = new Set(['.colophon', '.git']);

/** `./data//x/` becomes `data/x`, and `./` becomes `.`. The message in `wrong` continues a sentence that named the path. */
export function projectPath(written: string): ProjectPath {
  if (/\p{Cc}/u.test(written)) return { wrong: 'which holds a control character' };
  if (written.includes('\\')) return { wrong: 'which holds a backslash. Write "/" between folders' };
  if (/^(\/|[A-Za-z]:|~)/.test(written))
    return { wrong: 'which is not inside the project. Write a path relative to the folder of the pipeline' };
  const parts = written.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..'))
    return { wrong: 'which holds "..". Write a path relative to the folder of the pipeline' };
  const top = parts[0] ?? '.';
  if (reserved.has(top)) return { wrong: `which lies in ${top}, which is not the project's content` };
  return { path: parts.length === 0 ? '.' : parts.join('/') };
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

/** How file systems that ignore case and composition see a path. */
export function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
