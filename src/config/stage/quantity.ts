/** Durations and sizes as people write them: `5 min`, `2 GB`. */
import { invariant, present } from '../../base/invariant.ts';

const number = String.raw`\d+(?:\.\d+)?`;

/** One or more numbers with units: `30s`, `5 min`, `1h 30min`. */
export const durationPattern = new RegExp(String.raw`^(?:${number}\s*(?:ms|s|min|h|d)\s*)+$`);

/** `512 MB`, `2GiB`. */
export const sizePattern = new RegExp(String.raw`^${number}\s*(?:[KMGT]i?)?B$`);

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds, rounded to whole ones, of text that matches {@link durationPattern} or of a number of seconds. */
export function readDuration(written: string | number): number {
  if (typeof written === 'number') return Math.round(written * 1000);
  let total = 0;
  for (const [, count, unit] of written.matchAll(/([\d.]+)\s*([a-z]+)/g)) {
    total += Number(count) * present(milliseconds[unit as string], `the unit ${unit}`);
  }
  return Math.round(total);
}

/** Bytes, rounded to whole ones, of text that matches {@link sizePattern} or of a number of bytes. KB is 1000, KiB 1024. */
export function readSize(written: string | number): number {
  if (typeof written === 'number') return Math.round(written);
  const match = /^([\d.]+)\s*([KMGT]?)(i?)B$/.exec(written);
  invariant(match !== null, `the shape accepted the size ${written}`);
  const power = ['', 'K', 'M', 'G', 'T'].indexOf(match[2] as string);
  return Math.round(Number(match[1]) * (match[3] === 'i' ? 1024 : 1000) ** power);
}
