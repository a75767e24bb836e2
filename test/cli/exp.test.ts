/** Runs side by side: what differs is shown, a metric is drawn, and a claim that moved is traced to what moved it. */
import { afterEach, describe, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Project, ranProject } from './support/project.ts';

let project: Project;
afterEach(() => project.remove());

const yaml = paper['pipeline.yaml'] as string;
const mean = paper['lib/mean.ts'] as string;
const doubled = mean.replace('sum / list.length', '2 * (sum / list.length)');
const withDraws = (draws: number) => yaml.replace('draws: 8', `draws: ${draws}`);

/** Runs the paper, then once more for each change of files. */
async function ran(...changes: readonly Readonly<Record<string, string>>[]): Promise<Project['colophon']> {
  project = await ranProject(paper);
  for (const change of changes) {
    project.write(change);
    await project.colophon('run', '-q');
  }
  return project.colophon;
}

describe('the table of runs', () => {
  test('shows what differs, a column each run, and says how much does not', async () => {
    const colophon = await ran({ 'pipeline.yaml': withDraws(16) }, { 'lib/mean.ts': doubled });
    const { code, stdout } = await colophon('exp');
    expect(code).toBe(0);
    expect(stdout).toMatch(/sample\.draws +8 +16 +16\n/);
    expect(stdout).toMatch(/summary +([0-9a-f]{12}) +\1 +(?!\1)[0-9a-f]{12}\n/);
    expect(stdout).toMatch(/mean-is-small +0\.\d+ holds +0\.\d+ holds +[01]\.\d+ \w+\n/);
    expect(stdout).not.toContain('three-rows');
    expect(stdout).toMatch(/\d+ quantities that do not differ are left out \(--all\)/);
    expect((await colophon('exp', '--all')).stdout).toContain('three-rows');
  });

  test('is CSV with a row each run, and numbers as numbers', async () => {
    const colophon = await ran({ 'pipeline.yaml': withDraws(16) });
    const { stdout } = await colophon('exp', '--csv', '--metric', 'summary.table[k=1].mean');
    const [head, first, second] = stdout.split('\n').map((line) => line.split(','));
    expect(head?.slice(0, 5)).toEqual(['run', 'began', 'profile', 'status', 'params sample.draws']);
    expect([first?.[4], second?.[4]]).toEqual(['8', '16']);
    const metric = head?.indexOf('metrics summary.table[k=1].mean') as number;
    expect(Number(first?.[metric])).toBeGreaterThan(0);
    expect(first?.[metric]).not.toBe(second?.[metric]);
  });

  test('is JSON with every run and column', async () => {
    const colophon = await ran({ 'pipeline.yaml': withDraws(16) });
    const data = JSON.parse((await colophon('exp', '--json')).stdout) as {
      runs: { run: string }[];
      params: { name: string; cells: string[] }[];
    };
    expect(data.runs).toHaveLength(2);
    expect(data.params).toEqual([{ name: 'sample.draws', cells: ['8', '16'] }]);
  });

  test('leaves out runs that had nothing to do, and takes the runs that are named', async () => {
    const colophon = await ran({}, { 'pipeline.yaml': withDraws(16) });
    const runs = (text: string) => (JSON.parse(text) as { runs: unknown[] }).runs.length;
    expect(runs((await colophon('exp', '--json')).stdout)).toBe(2);
    expect(runs((await colophon('exp', '--json', 'last')).stdout)).toBe(1);
    expect(runs((await colophon('exp', '--json', '--most', '1')).stdout)).toBe(1);
  });

  test('of params that were set for one run names the profile', async () => {
    const colophon = await ran();
    await colophon('run', '-q', '-S', 'sample.draws=4');
    const { stdout } = await colophon('exp');
    expect(stdout).toMatch(/profile +default +default\+sample\.draws=4/);
    expect(stdout).toMatch(/sample\.draws +8 +4/);
  });

  test('says what is wrong with a metric', async () => {
    const colophon = await ran();
    const { code, stderr } = await colophon('exp', '--metric', 'summary');
    expect(code).toBe(2);
    expect(stderr).toContain('--metric summary: ');
  });
});

describe('a plot', () => {
  test('has a point each run, with its value', async () => {
    const colophon = await ran({ 'pipeline.yaml': withDraws(16) });
    const { code, stdout } = await colophon('exp', '--plot', 'mean-is-small');
    expect(code).toBe(0);
    expect(stdout.match(/<circle/g)).toHaveLength(2);
    expect(stdout).toContain('<title>mean-is-small over 2 runs</title>');
  });

  test('goes to a file', async () => {
    const colophon = await ran();
    await colophon('exp', '--plot', 'sample@k=1: largest', '-o', 'plots/largest.svg');
    expect(project.read('plots/largest.svg')).toContain('<svg');
  });

  test('of nothing that is there is refused, with the nearest name', async () => {
    const colophon = await ran();
    const { code, stderr } = await colophon('exp', '--plot', 'mean-is-smal');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean "mean-is-small"?');
  });
});

describe('a claim that moved', () => {
  const values = (text: string, row: string) =>
    new RegExp(`^${row} .*? (\\S+ \\w+) {2,}(\\S+ \\w+)$`, 'm').exec(text)?.slice(1);

  test('is traced to the change that moved it, among changes that did not', async () => {
    const colophon = await ran({
      'pipeline.yaml': withDraws(16).replace('a small-paper', 'small-paper'),
      'lib/mean.ts': doubled,
      'stages/figure.ts': (paper['stages/figure.ts'] as string).replace('#3367a8', '#000000'),
    });
    const { code, stdout } = await colophon('exp', '--attribute', 'mean-is-small');
    expect(code).toBe(0);
    // The figure is not behind the claim.
    expect(stdout).toContain('2 changes behind it');
    expect(stdout).toContain('mean (lib/mean.ts:2) changed');
    expect(stdout).toMatch(/params sample\.draws +8 → 16/);
    expect(stdout).toContain('moved by code summary and params sample.draws, only together');
    const [, before, after] = /mean-is-small: (\S+ \w+) → (\S+ \w+)/.exec(stdout) as unknown as string[];
    const [alone, without] = values(stdout, 'code summary') as string[];
    expect(Number(alone?.split(' ')[0])).toBeCloseTo(2 * Number(before?.split(' ')[0]), 12);
    expect(Number(without?.split(' ')[0])).toBeCloseTo(Number(after?.split(' ')[0]) / 2, 12);
  });

  test('by one change of two is moved by that one', async () => {
    const colophon = await ran({
      'pipeline.yaml': yaml.replace('cmd: [sh, -c, "wc -l', 'cmd: [sh, -c, "true; wc -l'),
      'lib/mean.ts': mean.replace('let sum = 0', 'let sum = 1000'),
    });
    const { stdout } = await colophon('exp', '--attribute', 'mean-is-small');
    expect(stdout).toContain('1 change behind it');
    expect(stdout).toContain('moved by code summary\n');
    expect(stdout).toMatch(/\d+ results taken from the store, 0 executed for this/);
  });

  test('by a command is traced through results that had to be executed, and leaves no record', async () => {
    const lines = 'wc -l < ${deps.table} > lines.txt';
    const colophon = await ran({
      'pipeline.yaml': withDraws(3)
        .replace(lines, 'wc -c < ${deps.all} > lines.txt')
        .replace(
          'deps: { table: summary.table }\n    outs: { lines',
          'deps: { table: summary.table, all: summary.all }\n    outs: { lines',
        ),
    });
    const count = () => {
      let traces = 0;
      project.tamper(
        (store) => (traces = (store.prepare('SELECT count(*) AS n FROM trace').get() as { n: number }).n),
      );
      return traces;
    };
    const before = count();
    const { stdout, stderr } = await colophon('exp', '--attribute', 'three-rows');
    expect(stdout).toMatch(/three-rows: 4 holds → \d+ fails/);
    // The params alone change nothing that the first command counts.
    expect(values(stdout, 'params sample.draws')?.[0]).toBe('4 holds');
    expect(stdout).toContain('moved by code listing');
    expect(stderr).toContain('executing listing as no run did');
    expect(count()).toBe(before);
  });

  test('is traced from the last run that had another result of it, past runs of other targets', async () => {
    const colophon = await ran({ 'lib/mean.ts': doubled });
    await colophon('run', '-q', 'sample', '-S', 'sample.draws=4');
    await colophon('run', '-q', 'summary');
    const { code, stdout } = await colophon('exp', '--attribute', 'mean-is-small');
    expect(stdout).toContain('moved by code summary\n');
    expect(code).toBe(0);
    const other = await colophon('exp', '--attribute', 'mean-is-small', 'last~1', 'last');
    expect(other.stderr).toMatch(/run \S+ has no result of summary/);
    expect(other.code).toBe(2);
  });

  test('that did not move is told so, and one that is not there named', async () => {
    const colophon = await ran({ 'lib/mean.ts': doubled });
    const still = await colophon('exp', '--attribute', 'three-rows');
    expect(still.code).toBe(2);
    expect(still.stderr).toContain(
      'claim "three-rows" did not move between these runs: 4 holds; 1 change behind it',
    );
    const wrong = await colophon('exp', '--attribute', 'three-row');
    expect(wrong.stderr).toContain('Did you mean "three-rows"?');
  });
});
