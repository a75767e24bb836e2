/** Trust as people see it: beside claims, stages, steps and in the report, before and after an audit. */
import { afterEach, describe, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Project, ranProject } from './support/project.ts';

let project: Project;
afterEach(() => project.remove());

async function ran(): Promise<Project['colophon']> {
  project = await ranProject(paper);
  return project.colophon;
}

describe('trust', () => {
  test('is shown beside each claim, stage and step, and rises by an audit', async () => {
    const colophon = await ran();
    expect((await colophon('claims')).stdout).toMatch(/mean-is-small: \S+ \(< 1\) {2}closed/);
    expect((await colophon('status')).stdout).toContain('trust of 6 steps: 5 closed, 1 declared');
    await colophon('audit');
    const { stdout: claims } = await colophon('claims');
    expect(claims).toMatch(/mean-is-small: \S+ \(< 1\) {2}reproduced/);
    // A command that is not sealed could have read anything.
    expect(claims).toMatch(/three-rows: \S+ \(= 4 ± 0\) {2}declared/);
    expect(claims).toContain('trust of 3 values: 2 reproduced, 1 declared');
    expect((await colophon('status')).stdout).toMatch(/sample +3 hits +reproduced/);
    const { stdout: step } = await colophon('show', 'summary');
    expect(step).toMatch(/level +reproduced/);
    expect(step).toMatch(/reproduced +once: as recorded; last 20/);
  });

  test('of what rests on something less is less, and the step is named', async () => {
    const colophon = await ran();
    await colophon('audit', 'summary', 'sample@k=1', 'sample@k=3');
    const { stdout } = await colophon('show', 'summary');
    expect(stdout).toMatch(/level +closed\n +limited by +sample@k=2; by itself reproduced/);
    const { stdout: json } = await colophon('claims', 'mean-is-small', '--json');
    expect(JSON.parse(json)).toMatchObject([
      { trust: { level: 'closed', own: 'reproduced', limitedBy: ['sample@k=2'] } },
    ]);
  });

  test('is lost by a re-execution that gave something else', async () => {
    const colophon = await ran();
    project.tamper((store) => {
      const change = `UPDATE trace SET detail = json_replace(detail, '$.evidence.largest', 0.125)`;
      store.prepare(`${change} WHERE step = 'sample@k=3'`).run();
    });
    await colophon('audit');
    const { stdout } = await colophon('show', 'sample@k=3');
    expect(stdout).toMatch(/level +declared/);
    expect(stdout).toMatch(/refuted +\S+ \S+: evidence largest: 0.125 → /);
    await colophon('report');
    expect(project.read('report.html')).toContain('class="trust refuted"');
  });

  test('is not raised by a signature that was tampered with, and the forgery is told', async () => {
    const colophon = await ran();
    await colophon('keygen');
    await colophon('export', '--key', 'colophon.key');
    await colophon('audit');
    expect((await colophon('show', 'sample@k=1')).stdout).toMatch(
      /level +attested[^]*signed +by [0-9a-f]{12}/,
    );
    project.tamper((store) => {
      const swapped = `(SELECT envelope FROM signature JOIN trace ON trace.id = trace WHERE step = 'sample@k=2')`;
      const where = `trace = (SELECT id FROM trace WHERE step = 'sample@k=1')`;
      store.prepare(`UPDATE signature SET envelope = ${swapped} WHERE ${where}`).run();
    });
    const { stdout } = await colophon('show', 'sample@k=1');
    expect(stdout).toMatch(/level +reproduced[^]*signed +by nobody/);
    expect(stdout).toMatch(
      /forged +a signature in the name of [0-9a-f]{12}: it is of another execution, or of other outs/,
    );
  });

  test('stands in the report beside each claim and step', async () => {
    const colophon = await ran();
    await colophon('audit');
    await colophon('report');
    const badges = project.read('report.html').match(/class="trust \w+"/g) ?? [];
    expect(badges.filter((badge) => badge.includes('reproduced'))).toHaveLength(7);
    expect(badges.filter((badge) => badge.includes('declared'))).toHaveLength(2);
  });

  test('is not asked of a pipeline that cannot be read, and the record is shown all the same', async () => {
    const colophon = await ran();
    project.write({ 'pipeline.yaml': 'pipeline: [' });
    const { code, stdout } = await colophon('show', 'summary');
    expect(code).toBe(0);
    expect(stdout).toContain('key');
    expect(stdout).not.toContain('trust');
  });
});
