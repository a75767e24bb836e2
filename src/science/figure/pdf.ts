/** Writes a scene as a one-page PDF 1.4 of vector paths, with no date and no other thing that changes. */
import { unreachable } from '../../base/invariant.ts';
import { coordinate, coordinates } from './coordinate.ts';
import { glyphOf, outlineCommands } from './font.ts';
import {
  type Command,
  type Paint,
  type PlacedGlyph,
  type Rectangle,
  type Scene,
  type Shape,
  type Text,
} from './scene.ts';

/** The bytes of the document: the same for the same scene, everywhere. One point of the scene is one point of the page. */
export function toPdf(scene: Scene): Uint8Array {
  const names = new Names();
  const flip = `1 0 0 -1 0 ${coordinate(scene.height)} cm`;
  const content = [flip, ...scene.shapes.map((shape) => draw(shape, names))].join('\n');
  const glyphs = [...names.glyphs.entries()].map(([key, name]) => ({ name, body: glyphStream(key) }));
  const states = [...names.opacities.entries()].map(
    ([opacity, name]) => `/${name} << /ca ${opacity} /CA ${opacity} >>`,
  );
  const forms = glyphs.map(({ name }, i) => `/${name} ${6 + i} 0 R`);
  const resources = `<< /ExtGState << ${states.join(' ')} >> /XObject << ${forms.join(' ')} >> >>`;
  const box = `[0 0 ${coordinates(scene.width, scene.height)}]`;
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox ${box} /Resources ${resources} /Contents 4 0 R >>`,
    stream('', content),
    `<< /Title ${pdfText(scene.title)} /Subject ${pdfText(scene.description)} >>`,
    ...glyphs.map(({ body }) => body),
  ]);
}

/** Names of the resources, in order of first use. */
class Names {
  readonly glyphs = new Map<string, string>();
  readonly opacities = new Map<string, string>();

  glyph({ face, character }: PlacedGlyph): string {
    return named(this.glyphs, `${face} ${character}`, 'G');
  }
  opacity(opacity: number): string {
    return named(this.opacities, coordinate(opacity), 'S');
  }
}

function named(table: Map<string, string>, key: string, letter: string): string {
  const name = table.get(key) ?? `${letter}${table.size}`;
  table.set(key, name);
  return name;
}

/** Objects 1, 2, …, with the cross-reference table; all is ASCII, so that characters count as bytes. */
function assemble(objects: readonly string[]): Uint8Array {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const trailer = `trailer\n<< /Size ${count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  text += `xref\n0 ${count}\n0000000000 65535 f \n${entries}${trailer}`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function stream(dictionary: string, body: string): string {
  return `<< ${dictionary}/Length ${body.length} >>\nstream\n${body}\nendstream`;
}

/** A text string as UTF-16 with its mark, in hexadecimal. */
function pdfText(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) =>
    text.charCodeAt(i).toString(16).padStart(4, '0'),
  );
  return `<feff${units.join('')}>`;
}

/** A glyph as a form in thousandths of the em, y upwards. */
function glyphStream(key: string): string {
  const [face, character] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
  let [x, y] = [0, 0];
  const lines = outlineCommands(glyphOf(face, character).outline).map((command) => {
    if (command[0] === 'Z') return 'h';
    if (command[0] === 'Q') {
      const [, cx, cy, ex, ey] = command;
      const line = `${coordinates((x + 2 * cx) / 3, (y + 2 * cy) / 3, (ex + 2 * cx) / 3, (ey + 2 * cy) / 3, ex, ey)} c`;
      [x, y] = [ex, ey];
      return line;
    }
    [x, y] = [command[1], command[2]];
    return `${coordinates(x, y)} ${command[0] === 'M' ? 'm' : 'l'}`;
  });
  return stream('/Type /XObject /Subtype /Form /BBox [-1000 -1000 3000 2000] ', `${lines.join('\n')}\nf`);
}

function draw(shape: Shape, names: Names): string {
  switch (shape.type) {
    case 'path':
      return painted(shape, shape.commands.map(pathOperator).join('\n'), names);
    case 'rectangle':
      return painted(shape, rectangleOperator(shape), names);
    case 'circle':
      return painted(shape, circleOperators(shape.x, shape.y, shape.radius), names);
    case 'text':
      return drawText(shape, names);
    case 'group': {
      const children = shape.children.map((child) => draw(child, names)).join('\n');
      return shape.x === 0 && shape.y === 0
        ? children
        : `q 1 0 0 1 ${coordinates(shape.x, shape.y)} cm\n${children}\nQ`;
    }
    default:
      return unreachable(shape);
  }
}

function pathOperator(command: Command): string {
  const [letter, ...numbers] = command;
  const operators = { M: 'm', L: 'l', C: 'c', Z: 'h' } as const;
  return numbers.length === 0 ? operators[letter] : `${coordinates(...numbers)} ${operators[letter]}`;
}

function rectangleOperator({ x, y, w, h }: Rectangle): string {
  return `${coordinates(x, y, w, h)} re`;
}

/** Four cubic arcs; 0.5523 is the usual length of their handles. */
function circleOperators(x: number, y: number, r: number): string {
  const h = 0.5523 * r;
  return [
    `${coordinates(x + r, y)} m`,
    `${coordinates(x + r, y + h, x + h, y + r, x, y + r)} c`,
    `${coordinates(x - h, y + r, x - r, y + h, x - r, y)} c`,
    `${coordinates(x - r, y - h, x - h, y - r, x, y - r)} c`,
    `${coordinates(x + h, y - r, x + r, y - h, x + r, y)} c`,
    'h',
  ].join('\n');
}

function painted({ fill, stroke, width, dash, opacity, cap }: Paint, path: string, names: Names): string {
  if (fill === undefined && stroke === undefined) return '';
  const set = ['q'];
  if (opacity !== undefined && opacity < 1) set.push(`/${names.opacity(opacity)} gs`);
  if (fill !== undefined) set.push(`${colourOperands(fill)} rg`);
  if (stroke !== undefined)
    set.push(`${colourOperands(stroke)} RG ${coordinate(width ?? 1)} w 1 j ${cap === 'round' ? 1 : 0} J`);
  if (dash !== undefined) set.push(`[${coordinates(...dash)}] 0 d`);
  const operator = fill === undefined ? 'S' : stroke === undefined ? 'f' : 'B';
  return `${set.join(' ')}\n${path}\n${operator} Q`;
}

function drawText({ x, y, size, upright, fill, glyphs }: Text, names: Names): string {
  const s = (size / 1000).toFixed(6);
  const matrix = upright ? `0 -${s} -${s} 0` : `${s} 0 0 -${s}`;
  const uses = glyphs.map((glyph) => {
    const scale = coordinate(glyph.scale);
    return `q ${scale} 0 0 ${scale} ${coordinates(glyph.x, -glyph.y)} cm /${names.glyph(glyph)} Do Q`;
  });
  return `q ${colourOperands(fill)} rg ${matrix} ${coordinates(x, y)} cm\n${uses.join('\n')}\nQ`;
}

/** The three parts of `#rrggbb` between 0 and 1. */
function colourOperands(colour: string): string {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return coordinates(part(1), part(3), part(5));
}
