/** Colours of a heat map: from blue through white to red where values have both signs, else from light to dark. */

export type Colour = readonly [red: number, green: number, blue: number];

/** Stops that grow evenly darker to the eye, by sign: told apart by the colour-blind too. */
const below: readonly Colour[] = [
  [247, 247, 247],
  [209, 229, 240],
  [146, 197, 222],
  [67, 147, 195],
  [33, 102, 172],
  [5, 48, 97],
];
const above: readonly Colour[] = [
  [247, 247, 247],
  [253, 219, 199],
  [244, 165, 130],
  [214, 96, 77],
  [178, 24, 43],
  [103, 0, 31],
];
const oneSided: readonly Colour[] = [
  [255, 255, 229],
  [199, 233, 180],
  [127, 205, 187],
  [65, 182, 196],
  [34, 94, 168],
  [8, 29, 88],
];

/** The colour of a value in [low, high]; values beyond take the colour of the end. */
export function colourOf(value: number, low: number, high: number): Colour {
  if (low < 0 && high > 0) {
    const reach = Math.max(-low, high);
    return value < 0 ? along(below, -value / reach) : along(above, value / reach);
  }
  return along(oneSided, high === low ? 0.5 : (value - low) / (high - low));
}

function along(stops: readonly Colour[], t: number): Colour {
  const at = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const first = Math.min(stops.length - 2, Math.floor(at));
  const [a, b] = [stops[first] as Colour, stops[first + 1] as Colour];
  const mix = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * (at - first));
  return [mix(0), mix(1), mix(2)];
}

/** Black or white, whichever is easier to read on a colour written `#rrggbb`. */
export function inkOn(hex: string): '#000000' | '#ffffff' {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  // Contrast to black is (l + 0.05) / 0.05, to white 1.05 / (l + 0.05): they are equal at 0.179.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}

export const cssColour = ([red, green, blue]: Colour): string => `rgb(${red} ${green} ${blue})`;
