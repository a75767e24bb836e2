/** Writes projects of tiny TypeScript steps for benchmarks: a chain, a fan, layers at random. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../src/base/digest.ts';
import { randomStream } from '../../src/base/random.ts';

export type Shape = 'chain' | 'fan' | 'layers';

const source = `import { anyJson } from 'colophon';
import { z } from 'zod';
export const params = () => z.object({ i: z.int() });
export const deps = () => ({});
export const outs = () => ({ value: anyJson });
export const run = (_: object, { i }: { i: number }) => ({ value: i });
`;

const adder = (roles: number) => `import { anyJson } from 'colophon';
import { z } from 'zod';
export const params = () => z.object({ i: z.int() });
export const deps = () => ({ ${Array.from({ length: roles }, (_, i) => `d${i}: anyJson`).join(', ')} });
export const outs = () => ({ value: anyJson });
export const run = (deps: Record<string, number>, { i }: { i: number }) => ({ value: i + ((deps.d0 ?? 0) % 1000) });
`;

/** The indices that step `i` needs. */
function needs(shape: Shape, i: number, steps: number, draw: () => number): number[] {
  if (i === 0) return [];
  if (shape === 'chain') return [i - 1];
  if (shape === 'fan') return [0];
  const width = Math.ceil(Math.sqrt(steps));
  const layer = Math.floor(i / width);
  if (layer === 0) return [];
  const picks = Array.from({ length: 3 }, () => (layer - 1) * width + Math.floor(draw() * width));
  return [...new Set(picks)].sort((a, b) => a - b);
}

/** A folder with a pipeline of `steps` stages; returns its path. */
export function writeProject(shape: Shape, steps: number): string {
  const root = mkdtempSync(join(tmpdir(), `colophon-bench-${shape}-`));
  const stream = randomStream(digestOf(`${shape} ${steps}`));
  mkdirSync(join(root, 'stages'));
  writeFileSync(join(root, 'stages/source.ts'), source);
  for (const roles of [1, 2, 3]) writeFileSync(join(root, `stages/add${roles}.ts`), adder(roles));
  const lines = ['pipeline: bench', 'seed: 1', 'stages:'];
  for (let i = 0; i < steps; i++) {
    const deps = needs(shape, i, steps, () => stream.uniform());
    lines.push(`  s${i}:`, `    use: stages/${deps.length === 0 ? 'source' : `add${deps.length}`}.ts`);
    lines.push(`    params: { i: ${i} }`);
    if (deps.length > 0)
      lines.push(`    deps: { ${deps.map((need, j) => `d${j}: s${need}.value`).join(', ')} }`);
  }
  writeFileSync(join(root, 'pipeline.yaml'), `${lines.join('\n')}\n`);
  return root;
}
