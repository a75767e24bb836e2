/** Figures as they are put into a page: as images of their own, so that nothing in them can act or collide. */

interface EmbeddedFigure {
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** Wider than half a page. */
  readonly broad: boolean;
}

/** The `data:` address of a figure by its extension, with its own title; undefined where a page cannot show it. */
export function embedFigure(bytes: Uint8Array, extension: string): EmbeddedFigure | undefined {
  if (extension === 'svg') return embedSvg(new TextDecoder().decode(bytes));
  const type = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif' }[extension];
  if (type === undefined) return undefined;
  return {
    url: `data:${type};base64,${Buffer.from(bytes).toString('base64')}`,
    title: '',
    description: '',
    broad: false,
  };
}

/** Units of an SVG that still go beside another: a column of the page. */
const widest = 470;

function embedSvg(svg: string): EmbeddedFigure {
  const width = Number(/<svg\b[^>]*\swidth="([\d.]+)/.exec(svg)?.[1] ?? 0);
  return { url: `data:image/svg+xml,${urlText(svg)}`, ...figureText(svg), broad: width > widest };
}

/** A figure's own title and description, empty where it has none. */
export function figureText(svg: string): { readonly title: string; readonly description: string } {
  return { title: textOf(svg, 'title'), description: textOf(svg, 'desc') };
}

const startTag = /<[a-zA-Z][^\s>]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/g;

/**
 * Escapes only what an address in a quoted attribute cannot hold: far shorter than base 64. Double quotes around
 * values of attributes become single ones, which need no escape.
 */
function urlText(svg: string): string {
  return svg
    .replace(startTag, (tag) => tag.replace(/="([^"']*)"/g, "='$1'"))
    .replace(/^\s*<\?xml[^>]*\?>\s*/, '')
    .replace(/\s+/g, ' ')
    .replace(/[%#<>"&{}|\\^`]|[^\u0020-\u007e]+/g, (text) => encodeURIComponent(text));
}

/** The text of the document's first element of this name. */
function textOf(svg: string, name: string): string {
  const found = new RegExp(`<${name}\\b[^>]*>([^<]*)</${name}>`).exec(svg)?.[1] ?? '';
  return found
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}
