/**
 * Takes the outlines of the characters that figures use from the Computer Modern faces of the katex package (SIL
 * Open Font License 1.1) to src/science/figure/glyphs.generated.ts, so that figures need no font when they are read.
 */
import { hash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What is used of opentype.js, which ships no types and no ES module that Node loads. */
interface Font {
  readonly unitsPerEm: number;
  charToGlyphIndex(character: string): number;
  charToGlyph(character: string): Glyph;
}
interface OutlineCommand {
  readonly type: 'M' | 'L' | 'Q' | 'C' | 'Z';
  readonly x1?: number;
  readonly y1?: number;
  readonly x?: number;
  readonly y?: number;
}
interface Glyph {
  readonly advanceWidth: number;
  readonly path: { readonly commands: readonly OutlineCommand[] };
  getBoundingBox(): { readonly x2: number };
}
const opentype = createRequire(import.meta.url)('opentype.js') as { parse(data: ArrayBuffer): Font };

const root = join(import.meta.dirname, '../..');
const target = join(root, 'src/science/figure/glyphs.generated.ts');

/** Printable ASCII but the grave accent, which the fonts lack. */
const ascii = Array.from({ length: 95 }, (_, i) => String.fromCodePoint(32 + i))
  .join('')
  .replace('`', '');
const greekCapitals = 'ΓΔΘΛΞΠΣΥΦΨΩ';
const typography = '\u00a0§°±×æøß÷–—‘’“”†…';
const mathematics = '′ℓ←↑→↓↔⇒⇔∀∂∃∅∇∈−∓∗∘∙√∝∞∥∧∨∩∪∫∼≃≅≈≡≤≥≪≫⊂⊆⊕⊗⊥⋅⋆⋯⟨⟩';
const greek = 'αβγδεζηθικλμνξπρστυφχψωϑϕϱϵ';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const faces = {
  roman: { file: 'KaTeX_Main-Regular.ttf', characters: ascii + typography + greekCapitals + mathematics },
  bold: { file: 'KaTeX_Main-Bold.ttf', characters: `${ascii}–—−×±${greekCapitals}` },
  italic: { file: 'KaTeX_Math-Italic.ttf', characters: letters + greek + greekCapitals },
};

/** Writes the module unless the one that is there was made from the same fonts by the same code. */
export function buildGlyphs(): void {
  const sources = Object.values(faces).map(({ file }) => readFileSync(fontPath(file)));
  const made = hash('sha256', Buffer.concat([readFileSync(import.meta.filename), ...sources]), 'hex');
  const mark = `// ${made}`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return;
  const tables = Object.entries(faces).map(([name, face], i) =>
    faceTable(name, face.characters, sources[i]!),
  );
  writeFileSync(
    target,
    [
      mark,
      '/** Outlines from the fonts of the katex package (SIL Open Font License 1.1), 1000 units to the em, y upwards. */',
      '/** By face and character: advance, how far the outline reaches past it, and the outline as an SVG path. */',
      'export const faces: Record<string, Record<string, readonly [number, number, string]>> = {',
      ...tables,
      '};',
      '',
    ].join('\n'),
  );
}

function fontPath(file: string): string {
  return join(root, 'node_modules/katex/dist/fonts', file);
}

function faceTable(name: string, characters: string, source: Buffer): string {
  const bytes = new Uint8Array(source);
  const font = opentype.parse(bytes.buffer);
  if (font.unitsPerEm !== 1000) throw new Error(`${name} has ${font.unitsPerEm} units to the em, not 1000`);
  const lines = Array.from(characters).map(
    (character) => `    ${JSON.stringify(character)}: ${glyphRow(font, character)},`,
  );
  return `  ${name}: {\n${lines.join('\n')}\n  },`;
}

function glyphRow(font: Font, character: string): string {
  if (font.charToGlyphIndex(character) === 0)
    throw new Error(`the font lacks ${character} (U+${character.codePointAt(0)!.toString(16)})`);
  const glyph = font.charToGlyph(character);
  const outline = glyph.path.commands.filter(moves).map(commandText).join('');
  const reach = Math.max(0, glyph.getBoundingBox().x2 - glyph.advanceWidth);
  return JSON.stringify([glyph.advanceWidth, reach, outline]);
}

/** Not a line of no length, of which the fonts have many. */
function moves({ type, x, y }: OutlineCommand, i: number, all: readonly OutlineCommand[]): boolean {
  return type !== 'L' || x !== all[i - 1]!.x || y !== all[i - 1]!.y;
}

/** Written here, since the package's own writer runs numbers together after a minus that it rounds away. */
function commandText({ type, x1, y1, x, y }: OutlineCommand): string {
  if (type === 'C') throw new Error('TrueType outlines have no cubic curves');
  return (
    type +
    [x1, y1, x, y]
      .filter((value) => value !== undefined)
      .map((value) => Math.round(value) + 0)
      .join(' ')
  );
}
