/** Joins two scales and a size: where data lie inside a panel, in points from its upper left corner. */
import { type Frame } from './clip.ts';
import { type Scale } from './scale.ts';

export interface Plane extends Frame {
  readonly horizontal: Scale;
  readonly vertical: Scale;
  /** The distance from the left edge. */
  x(value: number): number;
  /** The distance from the upper edge. */
  y(value: number): number;
}

/** The plane of this size. */
export function planeOf(width: number, height: number, horizontal: Scale, vertical: Scale): Plane {
  return {
    width,
    height,
    horizontal,
    vertical,
    x: (value) => width * horizontal.at(value),
    y: (value) => height * (1 - vertical.at(value)),
  };
}
