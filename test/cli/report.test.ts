/** The report as the command line writes it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Ended, type Project, newProject } from './support/project.ts';

let project: Project;
let first: Ended;
beforeAll(async () => {
  project = newProject(paper);
  first = await project.colophon('run', '-q', '--report');
});
afterAll(() => project.remove());

describe('the report of a project', () => {
  test('is written at the end of a run, whose exit code stands', () => {
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/report: report.html \([\d.]+ KB\)/);
  });

  test('has claims of every outcome, the figure, the tables and the steps', () => {
    const page = project.read('report.html');
    expect(page).toContain('4 claims: 2 hold, 1 fails, 1 broken.');
    expect(page).toContain('three sizes &lt;k&gt; were sampled');
    expect(page).toContain('alt="Means &amp; sizes: One bar a size."');
    expect(page).toContain('all 24 rows');
    expect(page).toContain('Draws numbers between 0 and k, evenly.');
    expect(page).toContain('lib/mean.ts');
    expect(page).toContain('6 steps, every one up to date.');
  });

  test('is the same, byte for byte, when nothing changed', async () => {
    await project.colophon('report', '--out', 'again.html');
    expect(project.read('again.html')).toBe(project.read('report.html'));
  });

  test('links published files from where it lies', async () => {
    await project.colophon('report', '--out', 'elsewhere/deep/report.html');
    expect(project.read('elsewhere/deep/report.html')).toContain('href="../../results/means.csv"');
  });

  test('says what is not current after an edit, without executing anything', async () => {
    project.write({ 'stages/figure.ts': project.read('stages/figure.ts').replace('26', '27') });
    const { code } = await project.colophon('report');
    expect(code).toBe(0);
    const page = project.read('report.html');
    expect(page).toContain('5 of 6 steps up to date');
    expect(page).toContain('not what the pipeline gives as it stands now');
  });
});
