/** HTML by construction: what is filled into a template is escaped, unless it is HTML itself. */

export interface Html {
  readonly html: string;
}

type Fill = Html | string | number | undefined | false | readonly Fill[];

/** `` html`<b>${text}</b>` ``: text and numbers escaped, lists joined, undefined and false left out. Indentation is not kept. */
export function html(parts: TemplateStringsArray, ...fills: readonly Fill[]): Html {
  const [first = '', ...rest] = parts.map((part) => part.replace(/\n\s+/g, '\n'));
  return { html: fills.reduce<string>((text, fill, i) => text + filled(fill) + rest[i], first) };
}

function filled(fill: Fill): string {
  if (fill === undefined || fill === false) return '';
  if (typeof fill === 'object') return isList(fill) ? fill.map(filled).join('') : fill.html;
  return escapeHtml(String(fill));
}

const isList = (fill: Html | readonly Fill[]): fill is readonly Fill[] => Array.isArray(fill);

/** Text as it may stand in elements and in quoted attributes. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text that is HTML already. Only for what this project itself wrote. */
export const trusted = (text: string): Html => ({ html: text });

/** Bytes that it takes in a file. */
export const sizeOf = ({ html: text }: Html): number => Buffer.byteLength(text);

export const nothing: Html = { html: '' };
