/** What the build uses of opentype.js, which ships no types. */
declare module 'opentype.js' {
  export interface Glyph {
    readonly advanceWidth: number;
    readonly path: {
      toPathData(options: { decimalPlaces: number; optimize: boolean; flipY: boolean }): string;
    };
    getBoundingBox(): { readonly x1: number; readonly x2: number };
  }
  export interface Font {
    readonly unitsPerEm: number;
    charToGlyphIndex(character: string): number;
    charToGlyph(character: string): Glyph;
  }
  export function parse(data: ArrayBuffer): Font;
}
