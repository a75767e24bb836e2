/** Reads SVG (or other XML) as data: what is drawn, without the ways of writing it that mean the same. */
import { byCodeUnit } from '../../base/canonical.ts';

/** Numbers of an attribute apart from what stands between them: `M1.0,2` is `['M', 1, ' ', 2]`. */
type Piece = string | number;

export interface Drawn {
  readonly name: string;
  /** Sorted by name. */
  readonly attributes: Readonly<Record<string, readonly Piece[]>>;
  /** Elements, and text with its white space collapsed; text of white space alone is left out. */
  readonly children: readonly (Drawn | string)[];
}

/**
 * The root element. Comments, the XML declaration, processing instructions and the document type are left out; so are
 * the order of attributes, quotes, and how a number is spelled. Throws TypeError where the text is not well formed.
 */
export function readSvg(text: string): Drawn {
  const root: Open = { name: '', attributes: {}, children: [] };
  const open: Open[] = [root];
  let end = 0;
  for (const match of text.matchAll(token)) {
    if (match.index !== end) throw new TypeError(`a tag is out of place at character ${end}`);
    end += match[0].length;
    take(open, match);
  }
  const [top, ...others] = root.children;
  if (end !== text.length || open.length !== 1 || typeof top !== 'object' || others.length > 0)
    throw new TypeError('the document has no single root element that is closed');
  return top;
}

interface Open extends Drawn {
  readonly children: (Drawn | string)[];
}

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?[^>]*>|<!\[CDATA\[(?<raw>[\s\S]*?)\]\]>|<\/(?<close>[^\s>]+)\s*>|<(?<name>[^\s/>!?]+)(?<rest>(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?<self>\/?)>|(?<text>[^<]+)/g;

function take(open: Open[], { groups = {} }: RegExpMatchArray): void {
  const at = open.at(-1) as Open;
  const { raw, close, name, rest = '', self, text } = groups;
  if (close !== undefined) {
    if (open.length === 1 || at.name !== close) throw new TypeError(`</${close}> closes nothing`);
    open.pop();
  } else if (name !== undefined) {
    const element: Open = { name, attributes: attributesOf(rest), children: [] };
    at.children.push(element);
    if (self === '') open.push(element);
  } else {
    const said = (raw ?? unescaped(text ?? '')).replace(/\s+/g, ' ').trim();
    if (said !== '') at.children.push(said);
  }
}

function attributesOf(text: string): Record<string, readonly Piece[]> {
  const found = [...text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  const pairs = found.map(
    ([, name = '', double, single]) => [name, piecesOf(unescaped(double ?? single ?? ''))] as const,
  );
  return Object.fromEntries(pairs.sort(([a], [b]) => byCodeUnit(a, b)));
}

const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;

/** What is no number, such as a colour or a name with digits in it, stays text. */
function piecesOf(text: string): Piece[] {
  const plain = text.replace(/[\s,]+/g, ' ').trim();
  if (/#[\da-fA-F]+|^[A-Za-z_][\w.:-]*$|[A-Za-z]{2}\w*\d/.test(plain.replace(/[eE][-+]?\d/g, '')))
    return [plain];
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of plain.matchAll(number)) {
    pieces.push(plain.slice(end, match.index).trim());
    pieces.push(Number(match[0]));
    end = match.index + match[0].length;
  }
  pieces.push(plain.slice(end).trim());
  // Between two numbers a sign separates as well as a space does.
  return pieces.filter((piece) => piece !== '');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex as string, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name as string] ?? whole;
  });
}
