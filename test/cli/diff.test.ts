/** What changed between two runs: params, code, artifacts down to the place, evidence, claims. */
import { afterEach, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Project, ranProject } from './support/project.ts';

let project: Project;
afterEach(() => project.remove());

async function ranTwice(change: Readonly<Record<string, string>>): Promise<Project['colophon']> {
  project = await ranProject(paper);
  project.write(change);
  await project.colophon('run', '-q');
  return project.colophon;
}

const pipeline = paper['pipeline.yaml'] as string;

test('a param, its artifacts, evidence and claims are told, and how to learn what moved a claim', async () => {
  const colophon = await ranTwice({ 'pipeline.yaml': pipeline.replace('draws: 8', 'draws: 16') });
  const { stdout } = await colophon('diff');
  expect(stdout).toContain('params.draws: 8 → 16');
  expect(stdout).toMatch(/sample@k=1 +and 2 more cases, alike/);
  expect(stdout).toMatch(/draws: [0-9a-f]{12} → [0-9a-f]{12} +8 values/);
  expect(stdout).toMatch(/evidence largest: 0\.\d+ → 0\.\d+/);
  expect(stdout).toMatch(/table: .* 3 values: row 1, column mean: /);
  expect(stdout).toMatch(/mean-is-small: holds \(0\.\d+\) → holds \(0\.\d+\)/);
  expect(stdout).toContain('colophon exp --attribute mean-is-large');
});

test('a figure that is drawn otherwise is told by the element, and its code by the function', async () => {
  const figure = (paper['stages/figure.ts'] as string).replace('height="26"', 'height="27"');
  const colophon = await ranTwice({ 'stages/figure.ts': figure });
  const { stdout } = await colophon('diff');
  expect(stdout).toContain('code: run (stages/figure.ts:9) changed');
  expect(stdout).toMatch(/figure: .* svg > rect\[3\], height: 26 → 27/);
  expect(stdout).not.toContain('claims');
});

test('a command that gives another text is told by the byte', async () => {
  const colophon = await ranTwice({ 'pipeline.yaml': pipeline.replace('wc -l <', 'wc -c <') });
  const { stdout } = await colophon('diff');
  expect(stdout).toMatch(/lines: .* byte 0: [0-9a-f]{2} → [0-9a-f]{2}/);
});

test('two runs that gave the same are the same', async () => {
  const colophon = await ranTwice({});
  expect((await colophon('diff', 'last~1', 'last')).stdout).toContain('nothing changed: 6 steps the same');
});
