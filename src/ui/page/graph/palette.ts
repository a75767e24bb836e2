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

/** `#rrggbb` each. Needs an element to ask, for only a property of colours tells which of its two a token is now. */
export function paletteOf(canvas: HTMLCanvasElement): Palette {
  const style = getComputedStyle(canvas);
  const paper = canvas.getContext('2d') as CanvasRenderingContext2D;
  const colours = names.map((name) => {
    canvas.style.color = `var(--${name})`;
    paper.fillStyle = style.color;
    return [name, paper.fillStyle] as const;
  });
  canvas.style.removeProperty('color');
  return {
    ...(Object.fromEntries(colours) as Record<(typeof names)[number], string>),
    font: style.fontFamily,
  };
}
