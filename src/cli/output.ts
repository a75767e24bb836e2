/** Writes results to stdout: lines for people, JSON for programs. */
import { type Style, styleFor, visibleWidth } from './view/style.ts';

export const stdoutStyle = (): Style => styleFor(process.stdout, process.env);

/** Writes lines to stdout. */
export function print(lines: readonly string[] | string): void {
  const text = typeof lines === 'string' ? lines : lines.join('\n');
  process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
}

/** Writes one JSON document to stdout. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

/** Rows of cells as lines, each column as wide as its widest cell but the last; empty columns take no room. */
export function aligned(rows: readonly (readonly string[])[], gap = '  ', width = visibleWidth): string[] {
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
