/** Globs of `exclude:`, as far as deciding what they cover: `*`, `**`, `?`, `[ab]`, `{a,b}`. */

/** Whether the glob covers the path or a folder above it; both are relative to the dep's folder. */
export function covers(glob: string, path: string): boolean {
  const pattern = new RegExp(`^${translate(glob)}(?:/.*)?$`, 'u');
  return pattern.test(path);
}

const tokens = /\*\*\/|\*\*|\*|\?|\[!?[^\]]+\]|\{[^{}]*\}|[\s\S]/gu;

function translate(glob: string): string {
  return glob.replace(tokens, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.length > 2 && token.startsWith('['))
      return `[${token.slice(1, -1).replace(/^!/, '^').replace(/[\\[]/g, '\\$&')}]`;
    if (token.length > 1) return `(?:${token.slice(1, -1).split(',').map(translate).join('|')})`;
    return token.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
  });
}
