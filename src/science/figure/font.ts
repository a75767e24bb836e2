/** Looks up glyph outlines and their metrics, in thousandths of the em, y upwards. */
import { faces } from './glyphs.generated.ts';

/** The faces there are: upright, bold upright, and the italic of formulas. */
export type Face = 'roman' | 'bold' | 'italic';

export interface Glyph {
  readonly advance: number;
  /** How far the outline reaches past the advance: room that a superscript must leave. */
  readonly reach: number;
  /** An SVG path of M, L, Q and Z. */
  readonly outline: string;
}

/** Whether the face has the character. */
export function hasGlyph(face: string, character: string): boolean {
  return faces[face]?.[character] !== undefined;
}

/** The glyph. Throws RangeError for a character that the face lacks. */
export function glyphOf(face: string, character: string): Glyph {
  const found = faces[face]?.[character];
  if (found === undefined) {
    const point = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    throw new RangeError(`the ${face} face of figures has no outline for ${character} (U+${point})`);
  }
  const [advance, reach, outline] = found;
  return { advance, reach, outline };
}

/** A step of an outline; quadratic curves are kept. */
export type OutlineCommand =
  | readonly ['M' | 'L', number, number]
  | readonly ['Q', number, number, number, number]
  | readonly ['Z'];

/** The steps of an outline as {@link Glyph} holds it. */
export function outlineCommands(outline: string): OutlineCommand[] {
  return Array.from(outline.matchAll(/([MLQZ])([^MLQZ]*)/g), ([, letter, rest]) => {
    const numbers = Array.from(rest!.matchAll(/-?\d+/g), ([digits]) => Number(digits));
    return [letter, ...numbers] as unknown as OutlineCommand;
  });
}
