import { describe, expect, it } from 'vitest';
import { midP } from '../../../src/science/math/binomial.ts';
import { compareCounts, compareLevels, summarize } from '../../../src/science/minima/agreement.ts';

const count = (k: number, n: number, spurious: number, runs = 1000) => ({ k, n, runs, spurious });

describe('counts beside published ones', () => {
  const published = [count(6, 6, 3), count(7, 7, 55), count(6, 7, 0), count(6, 8, 0)];

  it('agree within the error of both samples', () => {
    const rows = compareCounts([count(7, 7, 8, 100), count(6, 6, 1, 100)], published, 1e-3);
    expect(rows.map(({ k, status }) => [k, status])).toEqual([
      [6, 'agrees'],
      [7, 'agrees'],
    ]);
    expect(rows[1]?.p).toBe(midP({ hits: 8, trials: 100 }, { hits: 55, trials: 1000 }));
    expect(rows[1]).toMatchObject({ published_runs: 1000, published_spurious: 55 });
  });

  it('differ where chance alone does not explain it', () => {
    const rows = compareCounts([count(6, 6, 4), count(7, 7, 120)], published, 1e-3);
    expect(rows.map(({ status }) => status)).toEqual(['agrees', 'differs']);
  });

  it('are judged together: what alone would differ may agree among many', () => {
    const odd = count(7, 7, 93);
    const p = midP({ hits: 93, trials: 1000 }, { hits: 55, trials: 1000 });
    const alone = compareCounts([odd], published, 1.2 * p);
    const among = compareCounts([odd, count(6, 6, 3)], published, 1.2 * p);
    expect(alone.map(({ status }) => status)).toEqual(['differs']);
    expect(among.map(({ status }) => status)).toEqual(['agrees', 'agrees']);
  });

  it('are left out where nothing was published, and sorted by n − k, then k', () => {
    const rows = compareCounts(
      [count(6, 8, 0), count(7, 7, 50), count(6, 6, 1), count(30, 30, 9)],
      published,
      1e-3,
    );
    expect(rows.map(({ k, n }) => [k, n])).toEqual([
      [6, 6],
      [7, 7],
      [6, 8],
    ]);
  });
});

describe('minima beside published ones', () => {
  const shapes = compareCounts([count(9, 9, 190)], [count(9, 9, 218)], 1e-3);
  const level = (loss: number, hits: number, k = 9) => ({ k, n: k, loss, count: hits });

  it('are paired by loss; what one side lacks has a count of 0', () => {
    const ours = [level(0.0200141758, 183), level(0.0374889628, 6), level(0.0548, 1)];
    const theirs = [level(0.02001417581, 213), level(0.03748896279, 5), level(0.06, 2)];
    const rows = compareLevels(ours, theirs, shapes, 1e-3);
    expect(rows.map((row) => [row.count, row.published_count])).toEqual([
      [183, 213],
      [6, 5],
      [1, 0],
      [0, 2],
    ]);
    expect(rows.map((row) => row.published_loss)).toEqual([0.02001417581, 0.03748896279, null, 0.06]);
    expect(rows.every(({ status }) => status === 'agrees')).toBe(true);
  });

  it('that one side found often and the other never differ', () => {
    const rows = compareLevels([level(0.02, 40)], [level(0.03, 45)], shapes, 1e-3);
    expect(rows.map(({ status }) => status)).toEqual(['differs', 'differs']);
  });

  it('of shapes that were not compared are left out', () => {
    expect(compareLevels([level(0.02, 4, 8)], [level(0.02, 4, 8)], shapes, 1e-3)).toEqual([]);
  });
});

describe('the summary', () => {
  const published = [count(6, 6, 3), count(7, 7, 55), count(6, 7, 0)];
  const counts = compareCounts([count(6, 6, 2), count(7, 7, 140), count(6, 7, 1)], published, 1e-3);
  const minima = compareLevels(
    [
      { k: 6, n: 6, loss: 0.025, count: 2 },
      { k: 7, n: 7, loss: 0.023, count: 140 },
    ],
    [
      { k: 7, n: 7, loss: 0.023, count: 55 },
      { k: 6, n: 7, loss: 0.01, count: 1 },
    ],
    counts,
    1e-3,
  );
  const [same, one] = summarize(counts, minima);

  it('adds up the counts of one n − k', () => {
    expect(same).toMatchObject({ extra: 0, compared: 2, differing: 1, runs: 2000, spurious: 142 });
    expect(same).toMatchObject({ published_runs: 2000, published_spurious: 58, least_p: counts[1]?.p });
    expect(one).toMatchObject({ extra: 1, compared: 1, differing: 0, spurious: 1, published_spurious: 0 });
  });

  it('says how many minima both found', () => {
    expect(same).toMatchObject({ minima: 1, minima_of_one: 1, minima_differing: 1 });
    expect(one).toMatchObject({ minima: 0, minima_of_one: 1, minima_differing: 0 });
  });
});
