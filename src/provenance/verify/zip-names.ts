/** Names that an entry of a bundle may have: relative, plain, the same file on every file system. */

/** What is wrong with a name; undefined where it is a good one. */
export function nameProblem(name: string): string | undefined {
  const escapes = 'it leads out of the bundle';
  if (name === '') return 'it has no name';
  if (name.startsWith('/')) return `its path is absolute: ${escapes}`;
  if (/^[A-Za-z]:/.test(name)) return `its path names a drive: ${escapes}`;
  if (name.includes('\\'))
    return `its path has a backslash, which is a separator on some machines: ${escapes}`;
  const parts = name.split('/');
  if (parts.includes('..')) return `its path has "..": ${escapes}`;
  if (name.endsWith('/')) return 'it is a folder, and bundles hold only files';
  if (parts.includes('.') || parts.includes('')) return 'its path is not in its shortest form';
  if (/[^A-Za-z0-9._\-/]/.test(name)) return 'its name has characters that no entry of a bundle has';
  return undefined;
}
