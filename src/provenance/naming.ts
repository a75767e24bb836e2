/** Finds the lines of a stage's code that make a quantity known by name, such as the column of a table. */
import type { MappedSource } from '../base/source-map.ts';
import type { CodeFile } from './code.ts';

export interface NamingLine {
  readonly file: string;
  readonly line: number;
  /** The function or constant that it stands in. */
  readonly declaration: string;
  /** `makes` gives the quantity a value; `lists` has its name as text, as the columns of a table are told. */
  readonly does: 'makes' | 'lists';
}

/**
 * Where a bundle gives `name` a value (`name: …`, `name = …`; in snake case or camel case), else where it lists it
 * among columns; nearest to the stage's own file first. Lines that only read it are left out, and so are files that the
 * stage neither calls nor that list the name, unless the name is so special that it means the same everywhere. `code`
 * is what `codeIn` gives of each of the sources.
 */
export function linesNaming(
  sources: readonly MappedSource[],
  code: readonly CodeFile[],
  name: string,
  own: string,
): NamingLine[] {
  if (!/^[A-Za-z]\w*$/.test(name)) return [];
  const hits = sources.flatMap((source, i) => hitsIn(source, code[i] as CodeFile, name));
  const near = new Set(filesCalled(code, own));
  for (const { file, does } of hits) if (does === 'lists') near.add(file);
  const made = hits.filter(({ does, file }) => does === 'makes' && (near.has(file) || isSpecial(name)));
  const found = made.length > 0 ? made : hits.filter(({ does }) => does === 'lists');
  // A bundle begins with what needs nothing.
  const rank = ({ file }: NamingLine) => (file === own ? 0 : near.has(file) ? 1 : 2);
  return [0, 1, 2].flatMap((wanted) => filesBackwards(found.filter((hit) => rank(hit) === wanted)));
}

/** Long names and names of several words are given once; `d`, `low` or `error` are everywhere. */
const isSpecial = (name: string) => name.length >= 6 || /_|[a-z][A-Z]/.test(name);

function hitsIn({ text, lines }: MappedSource, { file, declarations }: CodeFile, name: string): NamingLine[] {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const names = name === camel ? name : `(?:${name}|${camel})`;
  const given = new RegExp(`(?:^|[\\s{(,])${names}(?::|\\s=\\s)(?!${typeText})`);
  const taken = new RegExp(`\\{[^{}]*\\b${names}\\b[^{}]*\\}\\s*(?::|=(?!=)|\\)\\s*(?:=>|:))`);
  const listed = new RegExp(`(['"])${name}\\1`);
  return text.split('\n').flatMap((row, i): NamingLine[] => {
    const line = i + 1;
    if (!lines.has(line)) return [];
    const makes = given.test(row) && !taken.test(row);
    if (!makes && !listed.test(row)) return [];
    const declaration = declarations.findLast((each) => each.line <= line)?.name ?? '';
    return [{ file, line, declaration, does: makes ? 'makes' : 'lists' }];
  });
}

/** What stands behind the colon of a type, and not of a value. */
const typeText = '\\s*(?:readonly\\s+)?(?:number|string|boolean|[A-Z]\\w*)\\s*(?:[;,)|\\[=]|$)';

/** The stage's file, and those with something that it names. */
function filesCalled(code: readonly CodeFile[], own: string): string[] {
  const texts = code.find(({ file }) => file === own)?.declarations.map(({ text }) => text) ?? [];
  const words = new Set(texts.join(' ').match(/[\w$]+/g));
  const called = code.filter(({ declarations }) => declarations.some(({ name }) => words.has(name)));
  return [own, ...called.map(({ file }) => file)];
}

/** The last file first; within a file the lines as they stand. */
function filesBackwards(hits: readonly NamingLine[]): NamingLine[] {
  return [...Map.groupBy(hits, ({ file }) => file).values()].reverse().flat();
}
