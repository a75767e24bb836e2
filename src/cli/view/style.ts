/** Colours and marks of the terminal, and none where the output is not one. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly accent: (text: string) => string;
}

const plain = (text: string) => text;

/** Without colours. */
export const plainStyle: Style = {
  good: plain,
  bad: plain,
  warn: plain,
  dim: plain,
  strong: plain,
  accent: plain,
};

/** A text in the colour of good news, of bad news, or of none yet. */
export function toned(text: string, tone: 'good' | 'bad' | 'open', style: Style): string {
  return tone === 'open' ? style.warn(text) : style[tone](text);
}

/** Codes of ECMA-48: what begins the look, and what ends it. Looks may lie within each other. */
const painted =
  (begin: number, end: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${begin}m${text}\u001b[${end}m`;

/** With the terminal's own sixteen colours, so that its theme decides. */
export const colourStyle: Style = {
  good: painted(32, 39),
  bad: painted(31, 39),
  warn: painted(33, 39),
  dim: painted(2, 22),
  strong: painted(1, 22),
  accent: painted(36, 39),
};

/** What a stream can show: colours on a terminal, unless NO_COLOR or a dumb terminal says otherwise. */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  const wanted = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const refused = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  return wanted || (stream.isTTY === true && !refused && env['TERM'] !== 'dumb') ? colourStyle : plainStyle;
}

/** How many columns a text takes: colour codes take none. */
export function visibleWidth(text: string): number {
  // eslint-disable-next-line no-control-regex -- the escape character is what a colour code begins with
  return Array.from(text.replace(/\u001b\[[0-9;]*m/g, '')).length;
}

/** Cuts a plain text to a width, saying so by an ellipsis. */
export function cut(text: string, width: number): string {
  const letters = Array.from(text);
  return letters.length <= width ? text : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Pads a text on the right to a visible width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleWidth(text)));
}
