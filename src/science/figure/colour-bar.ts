/** Draws the scale that says which colour means which number. */
import { type ColourMap, colourAt } from './colour-map.ts';
import { scaleFor, ticksOf } from './scale.ts';
import { type Shape, polygon, segment } from './scene.ts';
import { theme } from './theme.ts';
import { labelWidth, textAt } from './typeset.ts';

export interface ColourBarSpec {
  readonly colours: ColourMap;
  readonly domain: readonly [number, number];
  /** Markup. */
  readonly title?: string | undefined;
}

/** A colour bar drawn from its upper left corner, with its width in points. */
export interface ColourBar {
  readonly shapes: readonly Shape[];
  readonly width: number;
}

/** The bar, upright, of this height. */
export function colourBar({ colours, domain, title }: ColourBarSpec, height: number): ColourBar {
  const [thickness, steps] = [10, 100];
  const scale = scaleFor({ domain }, []);
  const { ticks } = ticksOf(scale, Math.max(2, Math.floor(height / 34)));
  const cells = Array.from({ length: steps }, (_, i): Shape => {
    const fill = colourAt(colours, 1 - (i + 0.5) / steps);
    const [y0, y1] = [(i * height) / steps, ((i + 1) * height) / steps];
    return polygon(
      [
        [0, y0],
        [thickness, y0],
        [thickness, y1],
        [0, y1],
      ],
      { fill },
      true,
    );
  });
  const frame: Shape = {
    type: 'rectangle',
    x: 0,
    y: 0,
    w: thickness,
    h: height,
    stroke: theme.ink,
    width: 0.5,
  };
  const marks = ticks.flatMap(({ value, label }): Shape[] => {
    const y = height * (1 - scale.at(value));
    const style = { ...theme.tickText, line: 'middle' } as const;
    return [
      segment(thickness, y, thickness + theme.tickLength, y, theme.axisLine),
      textAt(label, thickness + theme.tickLength + theme.gap, y, style),
    ];
  });
  const widest = Math.max(0, ...ticks.map(({ label }) => labelWidth(label, theme.labelSize)));
  const edge = thickness + theme.tickLength + theme.gap + widest;
  const words =
    title === undefined
      ? []
      : [
          textAt(title, edge + theme.titleSize + 2, height / 2, {
            ...theme.titleText,
            anchor: 'middle',
            upright: true,
          }),
        ];
  return {
    shapes: [{ type: 'group', x: 0, y: 0, crisp: true, children: cells }, frame, ...marks, ...words],
    width: edge + (title === undefined ? 0 : theme.titleSize + 4),
  };
}
