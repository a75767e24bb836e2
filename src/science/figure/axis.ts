/** Draws the axes of a panel and says how much room their words need. */
import { type Plane } from './plane.ts';
import { type Scale, type ScaleSpec, minorTicksOf, ticksOf } from './scale.ts';
import { type Shape, segment } from './scene.ts';
import { theme } from './theme.ts';
import { type Tick } from './ticks.ts';
import { labelWidth, textAt } from './typeset.ts';

/** What an axis shows. Titles and labels are markup. */
export interface AxisSpec extends ScaleSpec {
  readonly title?: string | undefined;
  /** Ticks in place of the automatic ones; numbers get their own digits as labels. */
  readonly ticks?: readonly (number | Tick)[] | undefined;
  /** Whether automatic ticks are whole numbers. */
  readonly whole?: boolean | undefined;
  /** Whether faint lines go on from the ticks through the panel; default true. */
  readonly grid?: boolean | undefined;
}

/** An axis with its ticks chosen. */
export interface Axis {
  readonly scale: Scale;
  readonly title: string | undefined;
  readonly ticks: readonly Tick[];
  readonly minor: readonly number[];
  readonly grid: boolean;
  /** A factor that all labels leave out, as markup: `$\times 10^{5}$`. */
  readonly factor: string | undefined;
}

/** The axis of this length in points. */
export function axisOf(spec: AxisSpec, scale: Scale, length: number, vertical: boolean): Axis {
  const count = Math.max(2, Math.floor(length / (vertical ? 34 : 50)));
  const automatic = vertical
    ? ticksOf(scale, count, spec.whole)
    : roomyTicks(scale, count, spec.whole, length);
  const own = spec.ticks?.map((tick) =>
    typeof tick === 'number' ? { value: tick, label: numberText(tick) } : tick,
  );
  const labelled = new Set(automatic.ticks.map(({ value }) => value));
  const power = own === undefined ? automatic.power : 0;
  return {
    scale,
    title: spec.title,
    ticks: own ?? automatic.ticks,
    minor: own === undefined ? minorTicksOf(scale).filter((value) => !labelled.has(value)) : [],
    grid: spec.grid ?? true,
    factor: power === 0 ? undefined : `$\\times 10^{${power}}$`,
  };
}

/** As many ticks as leave room between their labels side by side. */
function roomyTicks(
  scale: Scale,
  count: number,
  whole: boolean | undefined,
  length: number,
): ReturnType<typeof ticksOf> {
  const found = ticksOf(scale, count, whole);
  const widest = Math.max(0, ...found.ticks.map(({ label }) => labelWidth(label, theme.labelSize)));
  const crowded = (widest + 5) * (found.ticks.length - 1) > length;
  return crowded && count > 1 ? roomyTicks(scale, count - 1, whole, length) : found;
}

/** The shortest digits that give the number back, with a real minus sign. */
function numberText(value: number): string {
  return String(value).replace('-', '−');
}

/** Room in points that an axis needs outside the panel: across it, and past its ends for the outermost labels. */
export interface AxisRoom {
  readonly across: number;
  readonly pastEnd: number;
}

/** Room of a horizontal axis below the panel, without its title unless `titled`. */
export function roomBelow(
  { ticks, title, scale, factor }: Axis,
  labelled: boolean,
  length: number,
): AxisRoom {
  const labels = labelled ? theme.tickLength + theme.gap + theme.labelSize : 0;
  const past = ticks.map(
    ({ value, label }) => labelWidth(label, theme.labelSize) / 2 - (1 - scale.at(value)) * length,
  );
  const factorRoom = factor === undefined ? 0 : labelWidth(factor, theme.labelSize) + theme.gap;
  return {
    across: labels + (labelled && title !== undefined ? theme.titleSize + theme.gap : 0),
    pastEnd: labelled ? Math.max(0, factorRoom, ...past) : 0,
  };
}

/** Room of a vertical axis to the left of the panel. */
export function roomLeft({ ticks, title, factor }: Axis, labelled: boolean): AxisRoom {
  if (!labelled) return { across: 0, pastEnd: 0 };
  const widest = Math.max(0, ...ticks.map(({ label }) => labelWidth(label, theme.labelSize)));
  const titleRoom = title === undefined ? 0 : theme.titleSize + theme.gap + 1;
  return {
    across: theme.tickLength + theme.gap + widest + titleRoom,
    pastEnd: factor === undefined ? theme.labelSize / 2 : theme.labelSize + 2 * theme.gap,
  };
}

/** The faint lines behind the data. */
export function gridLines(plane: Plane, horizontal: Axis, vertical: Axis): Shape[] {
  const paint = { stroke: theme.grid, width: theme.gridWidth };
  const xs = horizontal.grid ? horizontal.ticks.map(({ value }) => plane.x(value)) : [];
  const ys = vertical.grid ? vertical.ticks.map(({ value }) => plane.y(value)) : [];
  return [
    ...xs.filter((x) => x >= 0 && x <= plane.width).map((x) => segment(x, 0, x, plane.height, paint)),
    ...ys.filter((y) => y >= 0 && y <= plane.height).map((y) => segment(0, y, plane.width, y, paint)),
  ];
}

/** The axis below the panel; `titleAt` is the distance of its title's top from the panel. */
export function drawBelow(plane: Plane, axis: Axis, labelled: boolean, titleAt: number): Shape[] {
  const { width, height } = plane;
  const inside = (value: number) => plane.x(value) >= -0.01 && plane.x(value) <= width + 0.01;
  const ticks = axis.ticks.filter(({ value }) => inside(value));
  const shapes: Shape[] = [
    ...ticks.map(({ value }) =>
      segment(plane.x(value), height, plane.x(value), height + theme.tickLength, theme.axisLine),
    ),
    ...axis.minor
      .filter(inside)
      .map((value) =>
        segment(plane.x(value), height, plane.x(value), height + theme.minorTickLength, theme.axisLine),
      ),
  ];
  if (!labelled) return shapes;
  const top = height + theme.tickLength + theme.gap;
  shapes.push(
    ...ticks.map(({ value, label }) =>
      textAt(label, plane.x(value), top, { ...theme.tickText, anchor: 'middle', line: 'top' }),
    ),
  );
  if (axis.factor !== undefined)
    shapes.push(textAt(axis.factor, width + theme.gap, height, { ...theme.tickText, line: 'middle' }));
  if (axis.title !== undefined)
    shapes.push(
      textAt(axis.title, width / 2, height + titleAt, { ...theme.titleText, anchor: 'middle', line: 'top' }),
    );
  return shapes;
}

/** The axis to the left of the panel; `titleAt` is the distance of its title's baseline from the panel. */
export function drawLeft(plane: Plane, axis: Axis, labelled: boolean, titleAt: number): Shape[] {
  const inside = (value: number) => plane.y(value) >= -0.01 && plane.y(value) <= plane.height + 0.01;
  const ticks = axis.ticks.filter(({ value }) => inside(value));
  const shapes: Shape[] = [
    ...ticks.map(({ value }) =>
      segment(-theme.tickLength, plane.y(value), 0, plane.y(value), theme.axisLine),
    ),
    ...axis.minor
      .filter(inside)
      .map((value) => segment(-theme.minorTickLength, plane.y(value), 0, plane.y(value), theme.axisLine)),
  ];
  if (!labelled) return shapes;
  const right = -theme.tickLength - theme.gap;
  shapes.push(
    ...ticks.map(({ value, label }) =>
      textAt(label, right, plane.y(value), { ...theme.tickText, anchor: 'end', line: 'middle' }),
    ),
  );
  if (axis.factor !== undefined)
    shapes.push(textAt(axis.factor, 0, -theme.gap - 1, { ...theme.tickText, anchor: 'middle' }));
  if (axis.title !== undefined)
    shapes.push(
      textAt(axis.title, -titleAt, plane.height / 2, { ...theme.titleText, anchor: 'middle', upright: true }),
    );
  return shapes;
}
