/** Sets labels in type: from markup to placed glyphs, with their width. */
import { type Face, glyphOf } from './font.ts';
import { type Atom, parseMarkup, wordsOf } from './markup.ts';
import { type PlacedGlyph, type Text } from './scene.ts';
import { type AtomClass } from './symbols.ts';

/** Glyphs of a line, all lengths in thousandths of the em. */
export interface TypesetLine {
  readonly glyphs: readonly PlacedGlyph[];
  readonly width: number;
}

export interface TextStyle {
  /** Size of the em in points. */
  readonly size: number;
  readonly fill: string;
  /** The face of plain text; formulas have their own. */
  readonly face?: Face;
  /** Which point of the line is put at (x, y); default start. */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Which height is put at y: the baseline (default), the middle of capitals, or their top. */
  readonly line?: 'baseline' | 'middle' | 'top';
  /** Whether the line runs upwards, turned a quarter against the clock. */
  readonly upright?: boolean;
}

/** The label as a shape, placed at (x, y). Throws RangeError for markup that cannot be read. */
export function textAt(label: string, x: number, y: number, style: TextStyle): Text {
  const { glyphs, width } = typeset(label, style.face);
  const { size, fill, anchor = 'start', line = 'baseline', upright = false } = style;
  const along = (anchor === 'start' ? 0 : anchor === 'middle' ? -width / 2 : -width) * (size / 1000);
  const down = (line === 'baseline' ? 0 : line === 'middle' ? 342 : 683) * (size / 1000);
  const [dx, dy] = upright ? [down, -along] : [along, down];
  return { type: 'text', x: x + dx, y: y + dy, size, upright, fill, words: wordsOf(label), glyphs };
}

/** The width of a label in points at this size. */
export function labelWidth(label: string, size: number, face?: Face): number {
  return (typeset(label, face).width * size) / 1000;
}

/** The label set from x = 0 on the baseline y = 0. */
export function typeset(label: string, face: Face = 'roman'): TypesetLine {
  const line = new Line();
  for (const run of parseMarkup(label)) {
    if (run.type === 'plain')
      for (const character of run.text) line.add(plainFace(face, character), character, 0, 1);
    else setAtoms(line, run.atoms, 0, 1);
  }
  return { glyphs: line.glyphs, width: line.x };
}

/** Bold and italic faces lack some symbols that the upright one has. */
function plainFace(face: Face, character: string): Face {
  return face === 'roman' || /[ -~]/.test(character) ? face : 'roman';
}

class Line {
  readonly glyphs: PlacedGlyph[] = [];
  x = 0;

  /** Sets a character with its baseline `raise` above that of the line; returns how far it reaches past its advance. */
  add(face: Face, character: string, raise: number, scale: number): number {
    const { advance, reach } = glyphOf(face, character);
    if (character !== ' ' && character !== '\u00a0')
      this.glyphs.push({ face, character, x: this.x, y: raise === 0 ? 0 : -raise, scale });
    this.x += advance * scale;
    return reach * scale;
  }
}

/** Space between atoms of a formula, in thousandths of the em (The TeXbook, chapter 18). */
function spaceBetween(left: AtomClass, right: AtomClass): number {
  if (left === 'relation' || right === 'relation') return left === right ? 0 : 278;
  if (left === 'binary' || right === 'binary') return 222;
  if (left === 'comma') return 167;
  if (left === 'operator' && right !== 'open' && right !== 'close' && right !== 'comma') return 167;
  if (right === 'operator' && (left === 'ordinary' || left === 'close')) return 167;
  return 0;
}

function setAtoms(line: Line, atoms: readonly Atom[], raise: number, scale: number): void {
  const classes = resolveSigns(atoms);
  atoms.forEach((atom, i) => {
    const left = classes[i - 1];
    if (left !== undefined && left !== 'space' && atom.kind !== 'space' && scale === 1)
      line.x += spaceBetween(left, classes[i]!);
    setAtom(line, atom, raise, scale);
  });
}

/** A sign at the beginning, or after another sign, a relation, a comma or an opening, is no binary operator. */
function resolveSigns(atoms: readonly Atom[]): AtomClass[] {
  const classes: AtomClass[] = [];
  for (const { kind } of atoms) {
    const left = classes.findLast((one) => one !== 'space');
    const unary = left === undefined || ['binary', 'relation', 'comma', 'open', 'operator'].includes(left);
    classes.push(kind === 'binary' && unary ? 'ordinary' : kind);
  }
  return classes;
}

function setAtom(line: Line, atom: Atom, raise: number, scale: number): void {
  let reach = 0;
  for (const { face, character } of atom.glyphs) reach = line.add(face, character, raise, scale);
  line.x += (atom.space ?? 0) * scale;
  const begin = line.x;
  const small = scale * (scale === 1 ? 0.7 : 0.72);
  if (atom.below !== undefined) {
    setAtoms(line, atom.below, raise - (atom.above === undefined ? 150 : 247) * scale, small);
  }
  const endBelow = line.x;
  if (atom.above !== undefined) {
    line.x = begin + reach;
    setAtoms(line, atom.above, raise + 380 * scale, small);
  }
  line.x = Math.max(line.x, endBelow);
  if (atom.above !== undefined || atom.below !== undefined) line.x += 50 * scale;
}
