/** The live view: a row for each stage and a summary, within the terminal whatever its size, colours or not. */
import { describe, expect, test } from 'vitest';
import { type Canvas, drawProgress, progressLine } from '../../../src/cli/view/draw.ts';
import { type Progress, advance, newProgress } from '../../../src/cli/view/progress.ts';
import { colourStyle, plainStyle, visibleWidth } from '../../../src/cli/view/style.ts';
import type { RunEvent } from '../../../src/model/event.ts';
import { ended, planned, started } from '../../support/events.ts';

const canvas = (columns = 80, rows = 24, style = plainStyle): Canvas => ({ columns, rows, style });

/** What is known after these events, each at its time (ms); the run began at 0. */
function after(...events: readonly (readonly [number, RunEvent])[]): Progress {
  const progress = newProgress(0);
  for (const [now, event] of events) advance(progress, event, now);
  return progress;
}

const cases = (stage: string, count: number) => Array.from({ length: count }, (_, i) => `${stage}@k=${i}`);
const plan = (...steps: readonly string[]): readonly [number, RunEvent] => [0, planned({}, steps)];
const draw = (progress: Progress, now = 0, on = canvas()) => drawProgress(progress, 2, now, on);

describe('the view', () => {
  test('says that it plans until there is a plan', () => {
    expect(draw(newProgress(0, ['fit']))).toEqual(['  planning']);
  });

  test('has a row for each stage with steps, and a summary', () => {
    expect(draw(after(plan('fit@k=1', 'fit@k=2', 'table')))).toEqual([
      `  fit   ${'─'.repeat(20)} 0/2`,
      `  table ${'─'.repeat(20)} 0/1`,
      '  0 of 3 steps · 0 s',
    ]);
  });

  test('fills the bar by what has ended, half a cell for what runs, and marks the row', () => {
    const progress = after(
      plan(...cases('fit', 4)),
      [0, ended('executed', 'fit@k=0')],
      [0, started('fit@k=1')],
    );
    expect(draw(progress)[0]).toBe(`▸ fit  ${'━'.repeat(5)}╸${'─'.repeat(14)} 1/4  k=1`);
    advance(progress, ended('failed', 'fit@k=1'), 0);
    expect(draw(progress)[0]).toBe(`✗ fit  ${'━'.repeat(10)}${'─'.repeat(10)} 2/4  1 failed`);
  });

  test('marks a stage that is done, and says where nothing had to be executed', () => {
    const progress = after(
      plan('fit', 'table', 'more@k=0', 'more@k=1'),
      [0, ended('executed', 'fit')],
      ...['table', 'more@k=0', 'more@k=1'].map((step) => [0, ended('hit', step)] as const),
    );
    const full = '━'.repeat(20);
    expect(draw(progress)).toEqual([
      `✓ fit   ${full} 1/1`,
      `✓ table ${full} 1/1  hit`,
      `✓ more  ${full} 2/2  hits`,
      '  4 of 4 steps · 0 s · 3 hits',
    ]);
  });

  test('says for how long a step has run, from the first second on', () => {
    const progress = after(plan(...cases('fit', 2)), [0, started('fit@k=0')], [500, started('fit@k=1')]);
    expect(draw(progress, 999)[0]).toMatch(/ {2}k=0, k=1$/);
    expect(draw(progress, 1499)[0]).toMatch(/ {2}k=0 1 s, k=1$/);
    expect(draw(progress, 65_000)[0]).toMatch(/ {2}k=0 1 min 5 s, k=1 1 min 4 s$/);
  });

  test('counts the running steps that it has no room for', () => {
    const steps = cases('fit', 30);
    const progress = after(plan(...steps), ...steps.map((step) => [0, started(step)] as const));
    expect(draw(progress)[0]).toMatch(/ {2}k=0, k=1, .*k=\d+ and \d+ more$/);
    const shown = draw(progress)[0]?.match(/k=\d+/g)?.length ?? 0;
    expect(draw(progress)[0]).toContain(`and ${30 - shown} more`);
  });

  test('sums up failures and what was skipped for them, which is not well', () => {
    const progress = after(plan('fit', 'table'), [0, ended('failed', 'fit')], [0, ended('skipped', 'table')]);
    expect(draw(progress, 5000)).toEqual([
      `✗ fit   ${'━'.repeat(20)} 1/1  1 failed`,
      `  table ${'━'.repeat(20)} 1/1  1 skipped`,
      '  2 of 2 steps · 5 s · 1 failed · 1 skipped',
    ]);
  });

  test('says what is left: about, or over where some costs are not known', () => {
    const priced = (prices: Readonly<Record<string, number>>) => after([0, planned(prices, ['a', 'b'])]);
    expect(draw(priced({ a: 60_000, b: 60_000 })).at(-1)).toBe('  0 of 2 steps · 0 s · about 1 min left');
    expect(draw(priced({ a: 10_000 })).at(-1)).toBe('  0 of 2 steps · 0 s · over 10 s left');
  });
});

describe('more stages than there is room for', () => {
  const names = Array.from({ length: 20 }, (_, i) => `s${String(i).padStart(2, '0')}`);
  const rowsOf = (lines: readonly string[]) => lines.flatMap((line) => /^. (s\d+) /.exec(line)?.[1] ?? []);

  test('are counted; what is done gives way to what runs, failed or is to come, in the order of the plan', () => {
    const progress = after(
      plan(...names),
      ...names.slice(0, 10).map((name) => [0, ended('hit', name)] as const),
      [0, ended('failed', 's11')],
      [0, started('s19')],
    );
    const lines = draw(progress, 0, canvas(80, 9));
    expect(rowsOf(lines)).toEqual(['s10', 's11', 's12', 's13', 's19']);
    expect(lines.at(-2)).toBe('  and 15 more stages');
    expect(lines).toHaveLength(7);
  });

  test('are sixteen at most, and one at least', () => {
    expect(rowsOf(draw(after(plan(...names)), 0, canvas(80, 100)))).toHaveLength(16);
    expect(rowsOf(draw(after(plan(...names)), 0, canvas(80, 1)))).toHaveLength(1);
    expect(draw(after(plan(...names.slice(0, 17))), 0, canvas(80, 100)).at(-2)).toBe('  and 1 more stage');
  });
});

describe('on a terminal of any width', () => {
  const steps = [...cases('a-stage-with-a-very-long-name-indeed', 1200), ...cases('fit', 3), 'table'];
  const progress = after(
    plan(...steps),
    ...steps.slice(0, 40).map((step) => [0, started(step)] as const),
    [0, started('fit@k=0')],
    [0, ended('failed', 'fit@k=1')],
    [0, ended('hit', 'table')],
  );

  test('no line is wider than it, nor as wide', () => {
    for (let columns = 24; columns <= 200; columns++)
      for (const line of draw(progress, 90_000, canvas(columns)))
        expect(visibleWidth(line), `${columns} columns: ${line}`).toBeLessThan(columns);
  });

  test('the bar gives way first, then the name, and the count stays', () => {
    const at = (columns: number) => draw(progress, 0, canvas(columns))[0] ?? '';
    const bar = (columns: number) => at(columns).match(/[━╸─]/g)?.length ?? 0;
    expect([bar(120), bar(70), bar(40)]).toEqual([20, 10, 0]);
    expect(at(30)).toMatch(/…/);
    for (const columns of [120, 70, 40, 30]) expect(at(columns)).toContain('0/1\u202f200');
  });

  test('colours change nothing but the colour', () => {
    // eslint-disable-next-line no-control-regex -- the escape character is what a colour code begins with
    const bare = (line: string) => line.replace(/\u001b\[\d+m/g, '');
    const coloured = draw(progress, 0, canvas(80, 24, colourStyle));
    expect(coloured.map(bare)).toEqual(draw(progress));
    expect(coloured[1]).toContain(colourStyle.bad('✗'));
  });
});

describe('the line for logs', () => {
  test('says how far it is, since when, and what runs for how long', () => {
    const progress = after(plan('fit@k=1', 'fit@k=2', 'table'), [0, ended('hit', 'fit@k=1')]);
    advance(progress, started('fit@k=2'), 1000);
    advance(progress, started('table'), 61_000);
    expect(progressLine(progress, 2, 62_000)).toBe(
      '… 1 of 3 steps after 1 min 2 s; running: fit@k=2 1 min 1 s, table 1 s',
    );
  });

  test('says what is left where that is known', () => {
    const progress = after([0, planned({ fit: 20_000 }, ['fit'])], [0, started('fit')]);
    expect(progressLine(progress, 1, 5000)).toBe(
      '… 0 of 1 step after 5 s, about 15 s left; running: fit 5 s',
    );
  });
});
