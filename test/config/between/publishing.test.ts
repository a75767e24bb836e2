import { describe, expect, test } from 'vitest';
import { told, withStages } from '../support/parsed.ts';

const publish = (...paths: readonly string[]) =>
  withStages(
    ...paths.map(
      (path, i) =>
        `s${i}: { use: stages/s.ts, matrix: { k: [a, b] }, publish: { out: ${JSON.stringify(path)} } }`,
    ),
  );

const overItems = (path: string) =>
  withStages(
    'l: { use: s.ts }',
    `a: { use: s.ts, matrix: { m: { from: l.list, id: x } }, publish: { out: "${path}" } }`,
  );

const excluding = (exclude: string) =>
  withStages(
    `a: { use: s.ts, deps: { all: { path: ., exclude: ${exclude} } }, publish: { out: made/x.svg } }`,
  );

describe('published paths', () => {
  test('may differ by a variable or by their text', () => {
    expect(told(publish('x/${k}.svg', 'y/${k}.svg', 'x/${k}.csv'))).toEqual([]);
  });

  test('may not meet for any case', () => {
    const message =
      '"s1.out" is published to "x/a", which "s0.out" is published to as well. Give each a path of its own.';
    expect(told(publish('x/${k}', 'x/${k}'))[0]).toMatch(/^pipeline\.yaml:4:\d+: /);
    expect(told(publish('x/${k}', 'x/${k}'))[0]).toContain(message);
  });

  test('may not meet where case is ignored, or composition', () => {
    expect(told(publish('X/\u00e9${k}', 'x/e\u0301${k}'))).toEqual([
      expect.stringContaining('which "s0.out" is published to as well, as "X/\u00e9a"'),
      expect.stringContaining('as "X/\u00e9b"'),
    ]);
  });

  test('may not lie in each other', () => {
    expect(told(publish('out/${k}', 'out/${k}/table.csv')).length).toBe(2);
    expect(told(publish('out/${k}/table.csv', 'out/${k}')).length).toBe(2);
  });

  test('spell values so that no value leaves its folder', () => {
    const text = withStages(
      'a: { use: s.ts, matrix: { k: ["../up", "x/y"] }, publish: { out: "figures/${k}.svg" } }',
    );
    expect(told(text)).toEqual([]);
    expect(told(`${text}  b: { use: s.ts, publish: { out: figures/x%2Fy.svg } }\n`).length).toBe(1);
  });

  test('need not name a variable that has one value', () => {
    expect(told(withStages('a: { use: s.ts, matrix: { k: [6] }, publish: { out: x.svg } }'))).toEqual([]);
    expect(told(withStages('a: { use: s.ts, matrix: { k: [6, 8] }, publish: { out: x.svg } }')).length).toBe(
      1,
    );
  });

  test('must name a variable over items, however many there will be', () => {
    expect(told(overItems('x.svg')).length).toBe(1);
    expect(told(overItems('${m}.svg'))).toEqual([]);
  });

  test('may lie in a part of a dep that is excluded', () => {
    expect(told(excluding('[made]'))).toEqual([]);
    expect(told(excluding('["made/*.svg"]'))).toEqual([]);
    expect(told(excluding('["made/*.csv"]')).length).toBe(1);
  });

  test('are checked in a time that grows with their number', () => {
    const lines = Array.from(
      { length: 3000 },
      (_, i) => `s${i}: { use: s.ts, deps: { d: data/${i}.csv }, publish: { out: data/made-${i}.csv } }`,
    );
    expect(told(withStages(...lines))).toEqual([]);
  });
});
