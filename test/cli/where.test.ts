/** The way back from a number or a claim: to its row's own case, and to the code nearest to the stage. */
import { afterEach, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Project, newProject } from './support/project.ts';

let project: Project;
afterEach(() => project.remove());

async function ran(): Promise<Project> {
  project = newProject({
    ...paper,
    // Two levels below the stage.
    'lib/mean.ts': `import { total } from './total.ts';\n${(paper['lib/mean.ts'] as string)
      .replace('let sum = 0;\n', '')
      .replace('for (const x of list) sum += x;', 'const sum = total(list);')}`,
    'lib/total.ts':
      'export function total(list: readonly number[]): number {\n  return list.reduce((a, b) => a + b, 0);\n}\n',
  });
  await project.colophon('run', '-q');
  return project;
}

test('a number in a table leads to the case of its row', async () => {
  const { colophon, read } = await ran();
  const cell = (row: number) => read('results/means.csv').split('\n')[row]?.split(',')[2] as string;
  for (const k of [1, 2, 3]) {
    const { stdout } = await colophon('where', cell(k));
    expect(stdout).toContain(`row ${k} (k=${k}`);
    expect(stdout).toContain(`← sample@k=${k} (and 2 more cases, as samples)`);
  }
});

test('a claim leads to the case that it is about', async () => {
  const { colophon } = await ran();
  const { stdout } = await colophon('where', 'mean-is-large');
  expect(stdout).toContain('← sample@k=2 (and 2 more cases, as samples)');
});

test('functions are told from the stage downwards', async () => {
  const { colophon } = await ran();
  const { stdout } = await colophon('where', 'results/means.csv');
  const uses = /uses +(.*)/.exec(stdout)?.[1] ?? '';
  expect(uses).toContain('mean (lib/mean.ts:3)');
  expect(uses.indexOf('mean (')).toBeLessThan(uses.indexOf('total ('));
});
