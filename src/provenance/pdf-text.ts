/** The text of a PDF, as far as numbers and words can be looked for in it: no layout, no pages. */
import { inflateSync } from 'node:zlib';

/** Glyph codes, as hexadecimal digits, to text: a font's ToUnicode map. */
type GlyphMap = ReadonlyMap<string, string>;

/**
 * The texts that the page contents show, in the order of the file. Codes that are glyph numbers are read by each map
 * that the file has: one reading each, since which font a text is set in is not followed. A stream that cannot be
 * unpacked is left out; a file that is no PDF has no text.
 */
export function pdfTexts(bytes: Uint8Array): string[] {
  const streams = streamsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const maps = streams.filter((stream) => stream.includes('beginbfchar') || stream.includes('beginbfrange'));
  const contents = streams.filter((stream) => /\bBT\b[\s\S]*\bT[jJ]\b/.test(stream));
  const readings: (GlyphMap | undefined)[] = [undefined, ...maps.map(glyphMap)];
  return readings.map((map) => contents.map((content) => textOf(content, map)).join('\n')).filter(hasText);
}

const hasText = (text: string) => /\S/.test(text);

/** Every stream, unpacked, a character a byte. */
function streamsOf(file: Buffer): string[] {
  const text = file.toString('latin1');
  return [...text.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: head }) => {
    if (text.slice(index - 3, index) === 'end') return [];
    const start = index + head.length;
    const end = text.indexOf('endstream', start);
    const raw = file.subarray(start, end < 0 ? undefined : end);
    const dictionary = text.slice(Math.max(0, text.lastIndexOf('obj', index)), index);
    if (!/\/FlateDecode/.test(dictionary)) return [raw.toString('latin1')];
    try {
      return [inflateSync(raw).toString('latin1')];
    } catch {
      return [];
    }
  });
}

/** A move of this much to the left between two pieces of one text, in thousandths, is a space. */
const space = 180;

const piece =
  /\((?<plain>(?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)|<(?<hex>[\da-fA-F\s]*)>|(?<number>-?\d*\.?\d+)|(?<operator>[A-Za-z'"*]+)|(?<bracket>[[\]])/g;

/**
 * What the operators Tj, TJ, ' and " show; new lines where the text moves. TeX sets a number in a formula from several
 * fonts: `-`, `0`, `:` (the point of its mathematical fonts) and `25`, each beside the one before. Such pieces are one.
 */
function textOf(content: string, map: GlyphMap | undefined): string {
  let text = '';
  let isList = false;
  let isOtherFont = false;
  let operands: number[] = [];
  const show = (shown: string) => {
    const read = isOtherFont ? (signs[shown] ?? shown) : shown;
    // Where a word of the text ends and a number of a formula begins, no space is set but the place.
    const gap = isOtherFont && /[a-z]$/i.test(text) && /^[\d−]/.test(read) ? ' ' : '';
    text += gap + read;
    isOtherFont = false;
  };
  for (const { groups = {} } of content.matchAll(piece)) {
    const { plain, hex, number, operator, bracket } = groups;
    if (plain !== undefined) show(map === undefined ? unescaped(plain) : '');
    else if (hex !== undefined) show(glyphs(hex.replace(/\s/g, ''), map));
    else if (number !== undefined && isList && Number(number) < -space) text += ' ';
    else if (number !== undefined) operands.push(Number(number));
    else if (bracket !== undefined) isList = bracket === '[';
    else {
      const isBeside = operator === 'Td' && isOtherFont && operands.at(-1) === 0;
      if (/^(?:T[dDm*]|ET)$/.test(operator ?? '') && !isBeside) text += '\n';
      if (operator === 'Tf') isOtherFont = true;
      operands = [];
    }
  }
  return text;
}

/** Pieces of mathematics by the codes of TeX's fonts. */
const signs: Readonly<Record<string, string>> = { ':': '.', '\0': '−' };

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(text: string): string {
  return text.replace(/\\([0-7]{1,3}|\r?\n|[\s\S])/g, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return code.endsWith('\n') ? '' : (escapes[code] ?? code);
  });
}

/** With a map, the longest codes that it knows; without one, a character a byte. */
function glyphs(hex: string, map: GlyphMap | undefined): string {
  const width = map === undefined ? 2 : Math.max(2, ...[...map.keys()].map((code) => code.length));
  let text = '';
  for (let i = 0; i + width <= hex.length; i += width) {
    const code = hex.slice(i, i + width).toUpperCase();
    text += map === undefined ? String.fromCharCode(Number.parseInt(code, 16)) : (map.get(code) ?? '');
  }
  return text;
}

/** `<0013> <0030>` in bfchar, `<0013> <001C> <0030>` in bfrange. */
function glyphMap(cmap: string): GlyphMap {
  const map = new Map<string, string>();
  for (const [, body = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', to = ''] of body.matchAll(/<([\da-fA-F]+)>\s*<([\da-fA-F]+)>/g))
      map.set(code.toUpperCase(), utf16(to));
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, low = '', high = '', to = ''] of body.matchAll(
      /<([\da-fA-F]+)>\s*<([\da-fA-F]+)>\s*<([\da-fA-F]+)>/g,
    ))
      addRange(map, low, high, to);
  return map;
}

function addRange(map: Map<string, string>, low: string, high: string, to: string): void {
  const [first, last] = [Number.parseInt(low, 16), Number.parseInt(high, 16)];
  const start = Number.parseInt(to, 16);
  for (let i = first; i <= Math.min(last, first + 65_535); i++) {
    const code = i.toString(16).toUpperCase().padStart(low.length, '0');
    map.set(code, String.fromCharCode(start + i - first));
  }
}

function utf16(hex: string): string {
  const units = hex.match(/.{1,4}/g) ?? [];
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
}
