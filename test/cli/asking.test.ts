/** What people read when they ask how things stand: the plan, reasons, the graph, stages, runs, records, help. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paper } from '../report/support/paper.ts';
import { type Project, newProject, ranProject } from './support/project.ts';

const mean = paper['lib/mean.ts'] as string;

/** Run and left as it was. */
let still: Project;
/** Run, and then `mean` was changed: the summary misses, what is made of it waits. */
let edited: Project;
beforeAll(async () => {
  still = await ranProject(paper);
  edited = await ranProject(paper);
  edited.write({ 'lib/mean.ts': mean.replace('sum / list.length', 'sum / (list.length + 1)') });
});
afterAll(() => [still, edited].forEach((project) => project.remove()));

const asked = async (project: Project, ...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await project.colophon(...args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

describe('plan', () => {
  test('of what is up to date is one line, and names the hits when it is asked to', async () => {
    expect(await asked(still, 'plan')).toBe('✓ up to date: 6 steps\n');
    const lines = (await asked(still, 'plan', '--verbose')).split('\n');
    expect(lines[0]).toMatch(/^hit +sample@k=1$/);
    expect(lines).toHaveLength(8);
  });

  test('says what misses and why, what waits and for what, and sums it up', async () => {
    const text = await asked(edited, 'plan');
    expect(text).toMatch(/^miss +summary +~\S+ m?s +code: mean \(lib\/mean\.ts:2\) changed$/m);
    expect(text).toMatch(/^waits +figure +~\S+ m?s +for summary$/m);
    expect(text).toMatch(/^6 steps: 3 hits, 1 miss, 2 waiting, about \S+ m?s of work$/m);
    expect(text).not.toContain('sample@k=1');
  });

  test('leaves the store as it was', async () => {
    const before = await asked(edited, 'runs', '--json');
    await asked(edited, 'plan');
    expect(await asked(edited, 'runs', '--json')).toBe(before);
  });

  test('with --check ends by what is open: nothing, or something', async () => {
    expect((await still.colophon('plan', '--check')).code).toBe(0);
    expect((await edited.colophon('plan', '--check')).code).toBe(1);
    expect((await edited.colophon('plan', '--check', 'sample')).code).toBe(0);
  });

  test('as data has a record for each step, with keys but for those that wait', async () => {
    const { steps, waiting } = JSON.parse(await asked(edited, 'plan', '--json')) as {
      steps: { step: string; verdict: string; key?: string; on?: string[]; reasons?: { type: string }[] }[];
      waiting: unknown[];
    };
    expect(waiting).toEqual([]);
    const of = (name: string) => steps.find(({ step }) => step === name);
    expect(of('sample@k=2')).toMatchObject({
      verdict: 'hit',
      key: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(of('summary')).toMatchObject({ verdict: 'miss', reasons: [{ type: 'code' }] });
    expect(of('figure')).toMatchObject({ verdict: 'waits', on: ['summary'] });
    expect(of('figure')).not.toHaveProperty('key');
  });

  test('of a run that was never made says that nothing was, and prices nothing', async () => {
    const fresh = newProject(paper);
    const text = await asked(fresh, 'plan', 'sample');
    expect(text).toMatch(/^miss +sample@k=1 +new$/m);
    expect(text).toContain('3 steps: 0 hits, 3 misses, 0 waiting\n');
    expect(existsSync(join(fresh.root, '.colophon/store.sqlite'))).toBe(false);
    fresh.remove();
  });
});

describe('why', () => {
  test('of a hit says when it was executed, why then, and what of', async () => {
    const text = await asked(still, 'why', 'sample@k=2');
    expect(text).toMatch(/^ {2}hit +executed \d{4}-\d\d-\d\d \d\d:\d\d:\d\d in \S+ m?s, run \S+$/m);
    expect(text).toContain('because it had never been executed');
    expect(text).toMatch(/^ +params\.draws +8$/m);
    expect(text).toMatch(/^ +case\.k +2$/m);
    expect(text).toMatch(/^ +random stream +[0-9a-f]{12}$/m);
  });

  test('of a miss gives each reason, and of what waits the steps that it waits for', async () => {
    expect(await asked(edited, 'why', 'summary')).toMatch(
      /^ {2}miss: code {2}mean \(lib\/mean\.ts:2\) changed$/m,
    );
    expect(await asked(edited, 'why', 'figure')).toContain('waits for summary');
  });

  test('says the kind of a miss once, whichever it is', async () => {
    const draws = await asked(still, 'why', 'sample@k=2', '-S', 'sample.draws=9');
    expect(draws).toMatch(/^ {2}miss: params {2}draws: 8 → 9$/m);
    const fresh = newProject(paper);
    expect(await asked(fresh, 'why', 'sample@k=2')).toMatch(/^ {2}miss: new {2}never executed$/m);
    fresh.remove();
  });

  test('of a stage tells every case', async () => {
    const names = (await asked(still, 'why', 'sample'))
      .split('\n')
      .filter((line) => line.startsWith('sample@'));
    expect(names).toEqual(['sample@k=1', 'sample@k=2', 'sample@k=3']);
  });

  test('of nothing that there is names what is near, exit 2', async () => {
    const { code, stderr } = await still.colophon('why', 'sumary');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean "summary"?');
  });

  test('tells the last failure of what never succeeded since', async () => {
    const broken = await ranProject(paper);
    broken.write({
      'lib/mean.ts': mean.replace('return sum', 'throw new Error("no mean today");\n  return sum'),
    });
    expect((await broken.colophon('run', '-q')).code).toBe(1);
    const text = await asked(broken, 'why', 'summary');
    expect(text).toMatch(/last attempt failed \(error, .*\): .*no mean today/);
    broken.remove();
  });
});

describe('dag', () => {
  test('indents each stage below what it needs, and marks what is open', async () => {
    expect(await asked(still, 'dag')).toBe(
      '✓ sample  3 steps\n  ✓ summary  ← sample\n    ✓ figure  ← summary\n    ✓ listing  ← summary\n',
    );
    expect(await asked(edited, 'dag', 'figure')).toBe(
      '✓ sample  3 steps\n  ▸ summary  ← sample\n    ▸ figure  ← summary\n',
    );
  });

  test('shows every step by itself', async () => {
    const lines = (await asked(still, 'dag', '--steps')).split('\n');
    expect(lines[0]).toBe('✓ sample@k=1');
    expect(lines[3]).toBe('  ✓ summary  ← sample@k=1, sample@k=2 and sample@k=3');
  });

  test('is a graph for other programs', async () => {
    const dot = await asked(still, 'dag', '--dot');
    expect(dot).toMatch(/^digraph pipeline \{\n/);
    expect(dot).toContain('  "sample" [label="sample\\n3 steps"];\n');
    expect(dot).toContain('  "summary" -> "figure";\n');
    const mermaid = await asked(still, 'dag', '--mermaid');
    expect(mermaid).toContain('flowchart LR\n  n0["sample<br/>3 steps"]\n  n1["summary"]\n');
    expect(mermaid).toContain('  n0 --> n1\n  n1 --> n2\n');
    expect(JSON.parse(await asked(edited, 'dag', '--json'))).toContainEqual({
      name: 'summary',
      needs: ['sample'],
      steps: 1,
      hits: 0,
    });
  });
});

describe('status', () => {
  test('counts hits, misses and what waits, stage by stage in the order of the file', async () => {
    const lines = (await asked(edited, 'status')).split('\n');
    expect(lines[0]).toMatch(/^✓ +sample +3 hits/);
    expect(lines[1]).toMatch(/^▸ +summary +1 miss .*code: mean/);
    expect(lines[2]).toMatch(/^… +figure +1 waiting/);
    expect(lines[3]).toMatch(/^… +listing +1 waiting/);
    expect(lines.find((line) => line.includes('claims:'))).toMatch(/^✗ claims: .*stale/);
  });

  test('is data, too', async () => {
    const { stages } = JSON.parse(await asked(edited, 'status', '--json')) as { stages: object[] };
    expect(stages).toMatchObject([
      { stage: 'sample', steps: 3, hits: 3, misses: 0, waits: 0, trust: 'closed' },
      { stage: 'summary', steps: 1, hits: 0, misses: 1, waits: 0 },
      { stage: 'figure', waits: 1 },
      { stage: 'listing', waits: 1 },
    ]);
  });

  test('with --check ends by whether something is not up to date; claims do not count', async () => {
    expect((await still.colophon('status', '--check')).code).toBe(0);
    expect((await edited.colophon('status', '--check')).code).toBe(1);
  });
});

describe('runs', () => {
  test('are a line each, the newest first, with what was typed', async () => {
    const project = await ranProject(paper);
    await project.colophon('run', 'sample', '-j', '1', '-q');
    const lines = (await asked(project, 'runs')).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/ complete .* 3 hits .* default +colophon run sample -j 1 -q$/);
    expect(lines[1]).toMatch(/ complete .* 0 hits, 6 executed +default +colophon run -q$/);
    const newest = await asked(project, 'runs', '--most', '1');
    expect(newest.split(/\s+/)[0]).toBe(lines[0]?.split(/\s+/)[0]);
    expect(newest.trimEnd()).not.toContain('\n');
    project.remove();
  });

  test('of a project without any say how to make one', async () => {
    const fresh = newProject(paper);
    expect(await asked(fresh, 'runs')).toBe('no runs yet; `colophon run` makes the first\n');
    fresh.remove();
  });

  test('are counted in whole numbers', async () => {
    const { code, stderr } = await still.colophon('runs', '--most', '1.5');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--most')]);
  });
});

describe('show', () => {
  const published = () => readFileSync(join(still.root, 'results/means.csv'), 'utf8');

  test('gives an artifact by its path, by step and role, by its digest, and by the first digits', async () => {
    const { outs } = JSON.parse(await asked(still, 'show', 'summary', '--json')) as {
      outs: Record<string, { digest: string }>;
    };
    const digest = outs['table']?.digest as string;
    for (const name of [
      'results/means.csv',
      './results/means.csv',
      'summary.table',
      digest,
      digest.slice(0, 12),
    ])
      expect(await asked(still, 'show', name)).toBe(published());
  });

  test('gives the record of a step: params, evidence, outs', async () => {
    const text = await asked(still, 'show', 'sample@k=3');
    expect(text).toMatch(/^sample@k=3\n {2}executed /);
    expect(text).toMatch(/^params\n {2}draws +8\n {2}k +3$/m);
    expect(text).toMatch(/^evidence\n {2}largest +[\d.]+$/m);
    expect(text).toMatch(/^ {2}draws +[0-9a-f]{12} {2}\d+ B {2}numbers\/1$/m);
  });

  test('of a name that there is not suggests another, exit 2', async () => {
    const { code, stderr } = await still.colophon('show', 'sumary');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'the store has no step, artifact or published path "sumary". Did you mean "summary"?',
    );
  });

  test('of what printed nothing says so', async () => {
    const { code, stderr } = await still.colophon('show', '--logs', 'figure');
    expect([code, stderr]).toEqual([2, 'nothing was printed by figure, or it has been cleaned away\n']);
  });
});

test('schema prints a JSON Schema that knows every field of a stage', async () => {
  const schema = JSON.parse(await asked(still, 'schema')) as { properties: Record<string, unknown> };
  expect(Object.keys(schema.properties)).toEqual(
    expect.arrayContaining(['pipeline', 'stages', 'profiles', 'claims']),
  );
});

describe('the command line', () => {
  test('lists its commands, and explains each with its flags', async () => {
    const overview = await asked(still, '--help');
    for (const name of ['run', 'plan', 'why', 'claims', 'audit', 'export'])
      expect(overview).toMatch(new RegExp(`^ +${name}\\b`, 'm'));
    const help = await asked(still, 'run', '--help');
    expect(help).toMatch(/-j, --jobs/);
    expect(help).toContain('colophon run');
  });

  test('refuses what it does not know with what is near, on stderr, exit 2', async () => {
    const wrong = await still.colophon('rnu');
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toMatch(/rnu.*\n?.*run/);
    const flag = await still.colophon('dag', '-k');
    expect([flag.code, flag.stderr]).toEqual([2, expect.stringContaining('`colophon dag` has no flag -k')]);
    const nothing = await still.colophon('why');
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('needs <target>')]);
  });

  test('says where there is no pipeline, exit 2', async () => {
    const empty = newProject({});
    const { code, stderr } = await empty.colophon('plan');
    expect([code, stderr]).toEqual([2, expect.stringContaining('pipeline.yaml')]);
    empty.remove();
  });
});
