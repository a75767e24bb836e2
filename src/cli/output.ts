/** Writes results to stdout, lines for people and data for programs, and what else is to be told to stderr. */
import { readableNames } from '../model/case.ts';
import { type Style, styleFor, visibleWidth } from './view/style.ts';

export const stdoutStyle = (): Style => styleFor(process.stdout, process.env);

/** Writes lines to stdout. */
export function print(lines: readonly string[] | string): void {
  printData(readableNames(typeof lines === 'string' ? lines : lines.join('\n')));
}

/** Writes text to stdout as it is, with a line feed at its end. */
export function printData(text: string): void {
  process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
}

/** Writes one JSON document to stdout. */
export function printJson(value: unknown): void {
  printData(JSON.stringify(value, undefined, 2));
}

/** Writes lines to stderr. */
export function tell(text: string): void {
  process.stderr.write(`${readableNames(text)}\n`);
}

/** Rows of cells as lines, each column as wide as its widest cell but the last; empty columns take no room. */
export function aligned(given: readonly (readonly string[])[], gap = '  ', width = visibleWidth): string[] {
  const rows = given.map((row) => row.map(readableNames));
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, i < row.length - 1 ? width(cell) : 0)));
  return rows.map((row) =>
    row
      .flatMap((cell, i) => {
        const isLast = i === row.length - 1;
        if (!isLast && widths[i] === 0) return [];
        return [isLast ? cell : cell + ' '.repeat(Math.max(0, (widths[i] as number) - width(cell)))];
      })
      .join(gap)
      .trimEnd(),
  );
}
