/** Writes a scene as SVG, with glyphs as shared outlines, so that no font is needed to show it. */
import { unreachable } from '../../base/invariant.ts';
import { coordinate, coordinates } from './coordinate.ts';
import { glyphOf } from './font.ts';
import { type Command, type Paint, type PlacedGlyph, type Scene, type Shape, type Text } from './scene.ts';

/** The SVG document of a scene: the same text for the same scene, everywhere. */
export function toSvg(scene: Scene): string {
  const { width, height, title, description } = scene;
  const size = `width="${coordinate(width)}" height="${coordinate(height)}" viewBox="0 0 ${coordinates(width, height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escapeXml(title)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<defs>${definitions(scene.shapes)}</defs>`,
    `<rect width="${coordinate(width)}" height="${coordinate(height)}" fill="#ffffff"/>`,
    ...scene.shapes.map(element),
    '</svg>',
    '',
  ].join('\n');
}

/** Text as it may stand in XML, in elements and in quoted attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Every glyph used, once, in order of its name. Names tell the glyph, so that figures may share one page. */
function definitions(shapes: readonly Shape[]): string {
  const used = new Map<string, PlacedGlyph>();
  const visit = (shape: Shape): void => {
    if (shape.type === 'group') shape.children.forEach(visit);
    if (shape.type === 'text') for (const glyph of shape.glyphs) used.set(glyphName(glyph), glyph);
  };
  shapes.forEach(visit);
  return [...used.keys()]
    .sort()
    .map((name) => {
      const { face, character } = used.get(name)!;
      return `<path id="${name}" d="${glyphOf(face, character).outline}"/>`;
    })
    .join('\n');
}

function glyphName({ face, character }: PlacedGlyph): string {
  return `${face}-${character.codePointAt(0)!.toString(16)}`;
}

function element(shape: Shape): string {
  switch (shape.type) {
    case 'path':
      return `<path d="${pathData(shape.commands)}"${paint(shape)}/>`;
    case 'rectangle':
      return `<rect x="${coordinate(shape.x)}" y="${coordinate(shape.y)}" width="${coordinate(shape.w)}" height="${coordinate(shape.h)}"${paint(shape)}/>`;
    case 'circle':
      return `<circle cx="${coordinate(shape.x)}" cy="${coordinate(shape.y)}" r="${coordinate(shape.radius)}"${paint(shape)}/>`;
    case 'text':
      return textElement(shape);
    case 'group': {
      const move =
        shape.x === 0 && shape.y === 0 ? '' : ` transform="translate(${coordinates(shape.x, shape.y)})"`;
      const label = shape.label === undefined ? '' : ` aria-label="${escapeXml(shape.label)}"`;
      const crisp = shape.crisp === true ? ' shape-rendering="crispEdges"' : '';
      return `<g${move}${label}${crisp}>\n${shape.children.map(element).join('\n')}\n</g>`;
    }
    default:
      return unreachable(shape);
  }
}

function pathData(commands: readonly Command[]): string {
  return commands.map(([letter, ...numbers]) => letter + coordinates(...numbers)).join('');
}

function paint({ fill, stroke, width, dash, opacity, cap }: Paint): string {
  const parts = [` fill="${fill ?? 'none'}"`];
  if (stroke !== undefined)
    parts.push(` stroke="${stroke}" stroke-width="${coordinate(width ?? 1)}" stroke-linejoin="round"`);
  if (stroke !== undefined && cap === 'round') parts.push(' stroke-linecap="round"');
  if (dash !== undefined) parts.push(` stroke-dasharray="${coordinates(...dash)}"`);
  if (opacity !== undefined && opacity < 1) parts.push(` opacity="${coordinate(opacity)}"`);
  return parts.join('');
}

/** Glyphs in thousandths of the em under one scale; those of one height and size share a group. */
function textElement({ x, y, size, upright, fill, words, glyphs }: Text): string {
  const scale = coordinateOfScale(size / 1000);
  const turn = upright ? ' rotate(-90)' : '';
  const parts: string[] = [];
  for (let from = 0; from < glyphs.length;) {
    const { y: height, scale: relative } = glyphs[from]!;
    let to = from;
    while (to < glyphs.length && glyphs[to]!.y === height && glyphs[to]!.scale === relative) to++;
    const uses = glyphs
      .slice(from, to)
      .map((glyph) => use(glyph, relative))
      .join('');
    parts.push(
      height === 0 && relative === 1
        ? uses
        : `<g transform="translate(0 ${coordinate(-height)}) scale(${coordinateOfScale(relative)})">${uses}</g>`,
    );
    from = to;
  }
  return `<g transform="translate(${coordinates(x, y)})${turn} scale(${scale} -${scale})" fill="${fill}" aria-label="${escapeXml(words)}">${parts.join('')}</g>`;
}

function use(glyph: PlacedGlyph, relative: number): string {
  const at = glyph.x === 0 ? '' : ` x="${coordinate(glyph.x / relative)}"`;
  return `<use href="#${glyphName(glyph)}"${at}/>`;
}

/** Scales need more digits than coordinates: a glyph is a thousand units wide. */
function coordinateOfScale(scale: number): string {
  return String(Math.round(scale * 1e6) / 1e6);
}
