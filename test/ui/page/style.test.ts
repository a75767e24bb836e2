/** Text can be read in both schemes: its contrast to every ground it stands on is at least 4.5 (WCAG AA). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../support/imports.ts';

const css = readFileSync(join(root, 'src/ui/page/style/tokens.css'), 'utf8');

const tokens = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
const light = Object.fromEntries(tokens.map(([, name, hex]) => [name as string, hex as string]));
const dark = Object.fromEntries(tokens.map(([, name, , hex]) => [name as string, hex as string]));

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((x) =>
    x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const pairs = [
  ...['text', 'quiet', 'link', 'good', 'bad', 'open', 'live'].flatMap((ink) =>
    ['ground', 'raised'].map((ground) => [ink, ground] as const),
  ),
  ...['text', 'quiet', 'link'].map((ink) => [ink, 'sunk'] as const),
  ...['good', 'bad', 'open', 'live', 'link'].map((ink) => [ink, `${ink}-soft`] as const),
  ...['good', 'bad', 'open', 'live', 'link'].map((ground) => ['text', `${ground}-soft`] as const),
];

describe('the colours', () => {
  test('are all set for light and dark', () => {
    expect(tokens.length).toBeGreaterThan(20);
    expect(css.match(/#[0-9a-f]{3,8}/g)?.length).toBe(2 * tokens.length);
  });

  test.each(pairs)('%s can be read on %s', (ink, ground) => {
    for (const block of [light, dark])
      expect(contrast(block[ink] as string, block[ground] as string)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['good-fill', 'bad-fill', 'open-fill', 'live-fill'])(
    'a bar of %s is seen on its ground',
    (fill) => {
      for (const block of [light, dark]) {
        expect(contrast(block[fill] as string, block['sunk'] as string)).toBeGreaterThanOrEqual(1.9);
      }
    },
  );
});
