/** Holds the sizes and colours that all figures share. */

/** Sizes in points. */
export const theme = {
  ink: '#1a1a1a',
  muted: '#5c5c5c',
  grid: '#e4e4e4',
  labelSize: 9,
  titleSize: 10.5,
  headingSize: 12,
  axisLine: { stroke: '#1a1a1a', width: 0.7 },
  tickText: { size: 9, fill: '#1a1a1a' },
  titleText: { size: 10.5, fill: '#1a1a1a' },
  gridWidth: 0.5,
  lineWidth: 1.4,
  tickLength: 3.5,
  minorTickLength: 2,
  markerSize: 5,
  gap: 4,
} as const;

/**
 * Colours that people with any colour vision tell apart on white, in the order in which they are used (Okabe and
 * Ito, Color Universal Design, 2008; their yellow, too faint for lines on white, is left out).
 */
export const palette = {
  blue: '#0072b2',
  vermilion: '#d55e00',
  green: '#009e73',
  purple: '#cc79a7',
  orange: '#e69f00',
  sky: '#56b4e9',
  ink: '#1a1a1a',
  grey: '#8c8c8c',
} as const;

/** The colour number `index`, counted from 0; after the last they begin again. */
export function paletteColour(index: number): string {
  const colours = Object.values(palette);
  return colours[index % colours.length]!;
}
