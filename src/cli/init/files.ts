/** The files of a first pipeline: the orbit of a map, a figure of it, and a claim about where it ends. */

/** Path in the new folder to text. */
export function firstFiles(name: string): Readonly<Record<string, string>> {
  return {
    'pipeline.yaml': pipeline(name),
    'stages/orbit.ts': orbit,
    'stages/figure.ts': figure,
  };
}

const pipeline = (name: string) => `# yaml-language-server: $schema=./pipeline.schema.json
pipeline: ${name}
stages:
  orbit:
    use: stages/orbit.ts
    params: { rate: 3.2, start: 0.4, steps: 60 }
    publish: { table: results/orbit.csv }
  figure:
    use: stages/figure.ts
    deps: { orbit: orbit.table }
    params: { width: 640, height: 240 }
    publish: { figure: results/orbit.svg }
claims:
  two-cycle:
    says: at rate 3.2 the orbit ends up going to and fro between 0.513 and 0.799
    source: R. May, Nature 261 (1976)
    value: orbit.table[n=59].x
    holds: rounds to 0.799
`;

const orbit = `/** The orbit of the logistic map: x becomes rate * x * (1 - x), again and again. */
import { type Run, tableKind } from 'colophon';
import { z } from 'zod';

export const params = () =>
  z.object({
    rate: z.number().min(0).max(4),
    start: z.number().min(0).max(1),
    steps: z.int().positive(),
  });
export const deps = () => ({});
export const outs = () => ({ table: tableKind('orbit') });

export const run: Run<typeof params, typeof deps, typeof outs> = (_, { rate, start, steps }) => {
  const rows: [number, number][] = [];
  let x = start;
  for (let n = 0; n < steps; n++) {
    rows.push([n, x]);
    x = next(x, rate);
  }
  return { table: { columns: ['n', 'x'], rows } };
};

function next(x: number, rate: number): number {
  return rate * x * (1 - x);
}
`;

const figure = `/** Draws an orbit as a line, with a dot for each step. */
import { type Run, svgFigure, tableKind } from 'colophon';
import { z } from 'zod';

export const params = () => z.object({ width: z.int().positive(), height: z.int().positive() });
export const deps = () => ({ orbit: tableKind('orbit') });
export const outs = () => ({ figure: svgFigure });

const margin = 20;

export const run: Run<typeof params, typeof deps, typeof outs> = ({ orbit }, { width, height }) => {
  const points = orbit.rows.map(([, x], n) => ({
    across: margin + (n * (width - 2 * margin)) / Math.max(1, orbit.rows.length - 1),
    down: height - margin - Number(x) * (height - 2 * margin),
  }));
  const line = points.map(({ across, down }) => \`\${across.toFixed(1)},\${down.toFixed(1)}\`).join(' ');
  const dots = points.map(
    ({ across, down }) => \`<circle cx="\${across.toFixed(1)}" cy="\${down.toFixed(1)}" r="2.5"/>\`,
  );
  return {
    figure: [
      \`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \${width} \${height}">\`,
      \`<rect width="\${width}" height="\${height}" fill="white"/>\`,
      \`<polyline points="\${line}" fill="none" stroke="#9ab"/>\`,
      \`<g fill="#246">\${dots.join('')}</g>\`,
      '</svg>\\n',
    ].join('\\n'),
  };
};
`;
