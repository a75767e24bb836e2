/** The drawing's colours, taken from the style so that light and dark are decided in one place. */

const names = [
  'ground',
  'raised',
  'line',
  'text',
  'quiet',
  'link',
  'edge',
  'cell',
  'good-fill',
  'bad-fill',
  'open-fill',
  'live-fill',
] as const;

export type Palette = Readonly<Record<(typeof names)[number], string>> & { readonly font: string };

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const colours = names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()] as const);
  return {
    ...(Object.fromEntries(colours) as Record<(typeof names)[number], string>),
    font: style.fontFamily,
  };
}
