/** Which functions differ between two bundles. */
import type { CodeFile, Declaration } from './code.ts';

/** One difference between two bundles; `line` is that of the newer one, or of the older where it is gone. */
export interface CodeChange {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly change: 'changed' | 'added' | 'removed';
}

/** What differs, file by file; empty where only packages, or what is not in a declaration, differ. */
export function codeChanges(before: readonly CodeFile[], after: readonly CodeFile[]): CodeChange[] {
  const old = keyed(before);
  const now = keyed(after);
  const added = [...now].flatMap(([id, at]): CodeChange[] => {
    const was = old.get(id);
    if (was?.text === at.text) return [];
    return [{ file: at.file, name: at.name, line: at.line, change: was === undefined ? 'added' : 'changed' }];
  });
  const removed = [...old].flatMap(([id, { file, name, line }]): CodeChange[] =>
    now.has(id) ? [] : [{ file, name, line, change: 'removed' }],
  );
  return [...added, ...removed];
}

function keyed(files: readonly CodeFile[]): Map<string, Declaration & { readonly file: string }> {
  return new Map(
    files.flatMap(({ file, declarations }) =>
      declarations.map((each) => [`${file}\n${each.name}`, { ...each, file }] as const),
    ),
  );
}

/** `loss (stages/train.ts:12) changed`. */
export function spellChange({ file, name, line, change }: CodeChange): string {
  return name === '' ? `${file} ${change}` : `${name} (${file}:${line}) ${change}`;
}
