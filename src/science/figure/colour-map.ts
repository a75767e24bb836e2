/** Turns numbers into colours by sampled tables. */

/** Colours at evenly spaced places from 0 to 1, as `rrggbb` joined by spaces; between them they are interpolated. */
export interface ColourMap {
  readonly samples: string;
}

/** From dark violet to yellow, of even steps for the eye (van der Walt and Smith, matplotlib, 2015; CC0). */
export const viridis: ColourMap = {
  samples:
    '440154 470d60 48186a 482374 472d7b 453781 424086 3e4989 3b528b 375b8d 33638d 2f6b8e 2c728e 297a8e 26828e 23898e 21918c 1f978b 1f9f88 21a685 27ad81 31b57b 3dbc74 4cc26c 5cc863 6ece58 81d34d 95d840 aadc32 c0df25 d5e21a eae51a fde725',
};

/** Blue for negative, white for zero, red for positive (RdBu of ColorBrewer, Brewer and Harrower, 2003). */
export const diverging: ColourMap = {
  samples: '053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fddbc7 f4a582 d6604d b2182b 67001f',
};

/** From white to black. */
export const greys: ColourMap = { samples: 'ffffff 1a1a1a' };

/** The colour at a place in [0, 1], as `#rrggbb`; places outside count as the nearer end. */
export function colourAt({ samples }: ColourMap, place: number): string {
  const last = (samples.length - 6) / 7;
  const at = Math.min(Math.max(place, 0), 1) * last;
  const below = Math.min(Math.floor(at), last - 1);
  const part = (sample: number, from: number) =>
    Number.parseInt(samples.slice(7 * sample + from, 7 * sample + from + 2), 16);
  const blend = (from: number) => {
    const low = part(below, from);
    const value = Math.round(low + (part(below + 1, from) - low) * (at - below));
    return value.toString(16).padStart(2, '0');
  };
  return `#${blend(0)}${blend(2)}${blend(4)}`;
}
