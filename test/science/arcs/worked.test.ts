import { describe, expect, test } from 'vitest';
import { workedArcs, workedCentre, workedExample } from '../../../src/science/arcs/worked.ts';
import {
  tracedWorkedArcs,
  workedCriticalPoints,
  workedFigure,
  workedRows,
  workedSummary,
} from '../../../src/science/arcs/worked-tables.ts';
import { figure } from '../../../src/science/figure/figure.ts';
import { toSvg } from '../../../src/science/figure/svg.ts';

const h = workedExample();
const somewhere = [
  [0.3, -0.7],
  [1.2, 0.4],
  [-0.9, -1.1],
] as const;

describe('the worked example', () => {
  test('has the derivatives that differences give', () => {
    const step = 1e-5;
    for (const [x, y] of somewhere) {
      const at = (dx: number, dy: number) => Float64Array.of(x + dx, y + dy);
      const slope = h.gradient(at(0, 0));
      const curvature = h.hessian(at(0, 0));
      const moves = [
        [step, 0],
        [0, step],
      ] as const;
      moves.forEach(([dx, dy], i) => {
        const difference = (h.value(at(dx, dy)) - h.value(at(-dx, -dy))) / (2 * step);
        expect(Math.abs(slope[i]! - difference)).toBeLessThan(1e-8);
        const [ahead, behind] = [h.gradient(at(dx, dy)), h.gradient(at(-dx, -dy))];
        for (const j of [0, 1])
          expect(Math.abs(curvature.data[2 * i + j]! - (ahead[j]! - behind[j]!) / (2 * step))).toBeLessThan(
            1e-8,
          );
      });
    }
  });

  test('has nine critical points', () => {
    const points = workedCriticalPoints();
    expect(points).toHaveLength(9);
    for (const { x, y } of points)
      for (const slope of h.gradient(Float64Array.of(x, y))) expect(Math.abs(slope)).toBeLessThan(1e-14);
  });

  test('has arcs whose polynomials divide that of tangency', () => {
    for (const kind of ['maximum', 'saddle', 'minimum'] as const) {
      const [c, d] = workedCentre(kind) as unknown as [number, number];
      const own = workedArcs().filter(({ centre }) => centre === kind);
      const factors = [...new Map(own.map(({ curve, polynomial }) => [curve, polynomial])).values()];
      const ratios = somewhere.map(([x, y]) => {
        const [hx, hy] = h.gradient(Float64Array.of(x, y)) as unknown as [number, number];
        const tangency = (x - c) * hy - (y - d) * hx;
        return tangency / factors.reduce((product, factor) => product * factor(x, y), 1);
      });
      for (const ratio of ratios) expect(Math.abs(ratio / ratios[0]! - 1)).toBeLessThan(1e-12);
    }
  });
});

describe('the tracer on the worked example', () => {
  const traces = tracedWorkedArcs();

  test('finds every arc, and none of its points off the exact curve', () => {
    expect(traces).toHaveLength(16);
    for (const { error, arc } of traces) {
      expect(error).toBeLessThan(1e-11);
      expect(arc.residual).toBeLessThan(1e-11);
    }
  });

  test('meets exact critical points, at every zero of μ', () => {
    for (const one of traces) {
      const met = workedRows(one).filter((row) => row[4] === 'critical');
      for (const row of met) expect(row[10]).toBeLessThan(1e-14);
      const signs = one.arc.passed.filter(({ point }) => point.r > 0).map(({ point }) => Math.sign(point.mu));
      const changes = signs.filter((sign, i) => i > 0 && sign !== signs[i - 1]).length;
      expect(met).toHaveLength(changes);
      expect(one.arc.events.some(({ kind }) => kind === 'crossing')).toBe(false);
    }
  });

  test('returns to a minimum on the closed arc after all other critical points but the maximum and the far minimum', () => {
    const closed = traces.filter(({ arc }) => arc.stop === 'returned');
    expect(closed).toHaveLength(2);
    for (const { exact, arc } of closed) {
      expect(exact.centre).toBe('minimum');
      const kinds = workedRows({ exact, arc, places: [], error: 0 }).map((row) => row[9]);
      expect(kinds.filter((kind) => kind === 'saddle')).toHaveLength(4);
      expect(kinds.filter((kind) => kind === 'minimum')).toHaveLength(2);
      // The radius turns where the loss does, at three places that are no critical points.
      expect(arc.events.filter(({ kind }) => kind === 'fold')).toHaveLength(3);
    }
  });

  test('sees the index change where two arcs cross', () => {
    const straight = traces.filter(({ exact }) => exact.centre === 'minimum' && exact.curve === 'x - y');
    const crossing = straight.flatMap(({ arc }) => arc.events.filter(({ kind }) => kind === 'index'));
    // y = x meets the closed arc where x²(2x + 3a) = 2a(4x² − 1), x < 0.
    const inner = crossing.find(({ place }) => place[0]! < 0)!;
    const [x, a] = [inner.place[0]!, Math.sqrt(2 / 3)];
    expect(Math.abs(x * x * (2 * x + 3 * a) - 2 * a * (4 * x * x - 1))).toBeLessThan(0.02);
  });

  test('keeps dL = μ r dr', () => {
    for (const { arc } of traces) {
      const height = Math.max(...arc.passed.map(({ value }) => Math.abs(value)));
      expect(arc.drift).toBeLessThan(1e-5 * Math.max(1, height));
    }
  });

  test('is tabulated and drawn', () => {
    expect(workedSummary(traces).slice(0, 4)).toEqual([16, 30, 6, 2]);
    expect(toSvg(figure(workedFigure(traces)))).toContain('from a maximum');
  });
});
