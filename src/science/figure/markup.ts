/**
 * Reads the markup of labels: plain text with formulas between dollar signs, in which letters are italic, `^` and
 * `_` raise and lower a character or a {group}, and `\name` writes a symbol. `\$` is a dollar sign.
 */
import { type Face, hasGlyph } from './font.ts';
import { type AtomClass, classOfCharacter, symbolNamed, wordNamed } from './symbols.ts';

export interface Atom {
  readonly kind: AtomClass;
  /** The characters, each in its face; a space atom has none. */
  readonly glyphs: readonly { readonly face: Face; readonly character: string }[];
  /** The width of a space, in thousandths of the em. */
  readonly space?: number;
  readonly above?: readonly Atom[];
  readonly below?: readonly Atom[];
}

/** A run of plain text or a formula. */
export type Run =
  | { readonly type: 'plain'; readonly text: string }
  | { readonly type: 'formula'; readonly atoms: readonly Atom[]; readonly source: string };

/** The runs of a label. Throws RangeError, with the label, for a symbol or character that is not known. */
export function parseMarkup(label: string): Run[] {
  const parts = label.split(/(?<!\\)\$/);
  if (parts.length % 2 === 0) throw new RangeError(`a formula is not closed in ${JSON.stringify(label)}`);
  return parts
    .map((part, i): Run => {
      if (i % 2 === 0) return { type: 'plain', text: part.replaceAll('\\$', '$') };
      return { type: 'formula', atoms: parseFormula(part, label), source: part };
    })
    .filter((run) => run.type === 'formula' || run.text !== '');
}

/** The label for readers that do not see it: formulas keep their source without dollars, braces and backslashes. */
export function wordsOf(label: string): string {
  return parseMarkup(label)
    .map((run) => (run.type === 'plain' ? run.text : plainFormula(run.source)))
    .join('')
    .trim();
}

function plainFormula(source: string): string {
  return source
    .replace(/\\(?:mathrm|text)\{([^}]*)\}/g, '$1')
    .replace(/\\([a-zA-Z]+) ?/g, (_, name: string) => symbolNamed(name) ?? name)
    .replace(/\\[,;! ]/g, ' ')
    .replaceAll('\\|', '‖')
    .replace(/\\([{}])/g, '$1')
    .replace(/([\^_])\{([^{}]*)\}/g, (_, mark: string, inside: string) =>
      inside.length > 1 ? `${mark}(${inside})` : mark + inside,
    )
    .replaceAll('-', '−');
}

interface Reader {
  readonly tokens: readonly string[];
  readonly label: string;
  at: number;
}

function parseFormula(source: string, label: string): Atom[] {
  const tokens = Array.from(source.matchAll(/\\[a-zA-Z]+ ?|\\.|[^\\]/gu), ([token]) =>
    token.replace(/^(\\[a-zA-Z]+) $/, '$1'),
  );
  const reader: Reader = { tokens, label, at: 0 };
  const atoms = readAtoms(reader, false);
  if (reader.at < tokens.length) throw new RangeError(`a brace closes nothing in ${JSON.stringify(label)}`);
  return atoms;
}

/** Atoms up to the end, or to the brace that closes the group. */
function readAtoms(reader: Reader, inGroup: boolean): Atom[] {
  const atoms: Atom[] = [];
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token === undefined && inGroup)
      throw new RangeError(`a brace is not closed in ${JSON.stringify(reader.label)}`);
    if (token === undefined || token === '}') return atoms;
    if (token === '^' || token === '_') attachScript(reader, atoms, token);
    else if (token === "'") {
      reader.at++;
      attach(atoms, 'above', [atomOf('′', reader.label)]);
    } else if (token === ' ') reader.at++;
    else atoms.push(...readAtom(reader));
  }
}

function attachScript(reader: Reader, atoms: Atom[], mark: '^' | '_'): void {
  reader.at++;
  while (reader.tokens[reader.at] === ' ') reader.at++;
  attach(atoms, mark === '^' ? 'above' : 'below', readAtom(reader));
}

function attach(atoms: Atom[], where: 'above' | 'below', script: readonly Atom[]): void {
  const base = atoms.pop() ?? { kind: 'ordinary', glyphs: [] };
  atoms.push({ ...base, [where]: [...(base[where] ?? []), ...script] });
}

/** One character, symbol or word, or all atoms of a group. */
function readAtom(reader: Reader): Atom[] {
  const token = reader.tokens[reader.at++];
  if (token === undefined) throw new RangeError(`a script is missing in ${JSON.stringify(reader.label)}`);
  if (token === '{') return readGroup(reader);
  if (token.length === 2 && token.startsWith('\\') && !/[a-zA-Z]/.test(token))
    return [escaped(token[1]!, reader.label)];
  if (!token.startsWith('\\')) return [atomOf(token, reader.label)];
  const name = token.slice(1);
  if (name === 'mathrm' || name === 'text') return [uprightGroup(reader)];
  if (wordNamed(name)) return [{ kind: 'operator', glyphs: upright(name, reader.label) }];
  const symbol = symbolNamed(name);
  if (symbol === undefined) throw new RangeError(`no symbol ${token} in ${JSON.stringify(reader.label)}`);
  return [atomOf(symbol, reader.label)];
}

function readGroup(reader: Reader): Atom[] {
  const atoms = readAtoms(reader, true);
  reader.at++;
  return atoms;
}

function uprightGroup(reader: Reader): Atom {
  let text = '';
  if (reader.tokens[reader.at++] !== '{')
    throw new RangeError(`upright text needs braces in ${JSON.stringify(reader.label)}`);
  for (let token = reader.tokens[reader.at++]; token !== '}'; token = reader.tokens[reader.at++]) {
    if (token === undefined) throw new RangeError(`a brace is not closed in ${JSON.stringify(reader.label)}`);
    text += token;
  }
  return { kind: 'ordinary', glyphs: upright(text, reader.label) };
}

function escaped(character: string, label: string): Atom {
  const spaces: Record<string, number> = { ',': 167, ';': 278, ' ': 250, '!': -167 };
  const space = spaces[character];
  if (space !== undefined) return { kind: 'space', glyphs: [], space };
  return atomOf(character === '|' ? '∥' : character, label);
}

function atomOf(token: string, label: string): Atom {
  const character = token === '-' ? '−' : token === '*' ? '∗' : token;
  const kind = classOfCharacter(character);
  const slanted =
    /[a-zA-Z]/.test(character) || (!hasGlyph('roman', character) && hasGlyph('italic', character));
  return { kind, glyphs: [{ face: slanted ? 'italic' : faceOf(character, label), character }] };
}

function upright(text: string, label: string): Atom['glyphs'] {
  return Array.from(text, (character) => ({ face: faceOf(character, label), character }));
}

function faceOf(character: string, label: string): Face {
  if (!hasGlyph('roman', character))
    throw new RangeError(`no outline for ${character} in ${JSON.stringify(label)}`);
  return 'roman';
}
