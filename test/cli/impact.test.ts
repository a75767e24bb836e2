/** From a file or a function to all that rests on it, and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Project, newProject } from './support/project.ts';

let project: Project;
beforeAll(async () => {
  project = newProject({ ...paper, 'lib/lonely.ts': 'export const lonely = 1;\n' });
  await project.colophon('run', '-q');
});
afterAll(() => project.remove());

async function impact(what: string) {
  const { code, stdout, stderr } = await project.colophon('impact', '--json', what);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<'direct' | 'steps' | 'published' | 'claims' | 'functions', string[]>;
}

describe('impact', () => {
  test('of a shared file is the stages that hold it, and all below them', async () => {
    const { direct, steps, published, claims, functions } = await impact('lib/mean.ts');
    expect(direct).toEqual(['summary']);
    expect(steps.sort()).toEqual(['figure', 'listing', 'summary']);
    expect(published.sort()).toEqual([
      'figures/means.svg',
      'results/all.csv',
      'results/lines.txt',
      'results/means.csv',
    ]);
    expect(claims.length).toBe(4);
    expect(functions).toEqual(['mean']);
  });

  test('of a function is that of the steps that can call it', async () => {
    expect((await impact('lib/mean.ts:mean')).direct).toEqual(['summary']);
    const { code, stderr } = await project.colophon('impact', 'lib/mean.ts:unused');
    expect(code).toBe(2);
    expect(stderr).toContain("no step's code holds unused of lib/mean.ts; it holds mean.");
  });

  test('of a stage at the end puts nothing else at risk', async () => {
    const { steps, published, claims } = await impact('stages/figure.ts');
    expect([steps, published, claims]).toEqual([['figure'], ['figures/means.svg'], []]);
  });

  test('of a matrix stage is every case', async () => {
    expect((await impact('stages/sample.ts')).direct).toEqual(['sample@k=1', 'sample@k=2', 'sample@k=3']);
  });

  test('tells people the claims at risk with their status', async () => {
    const { stdout } = await project.colophon('impact', 'stages/sample.ts');
    expect(stdout).toContain('4 claims at risk:');
    expect(stdout).toContain('mean-is-small');
    expect(stdout).toMatch(/below: 3 steps: /);
  });

  test('of a file that no step rests on, or that is not there, says so', async () => {
    expect((await project.colophon('impact', 'lib/lonely.ts')).stderr).toContain(
      'no step rests on lib/lonely.ts',
    );
    const { code, stderr } = await project.colophon('impact', 'lib/meen.ts');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no file lib/meen.ts. Did you mean "lib/mean.ts"?');
  });
});
