/** What the server says of a real project: its plan, a step, runs, and two runs side by side; asked as the page asks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shell } from '../../pipeline/support/texts.ts';
import { type Rig, type Running, newRig, removeRigs, until } from '../../support/rig.ts';
import type { ComparePage, RunPage, StepPage, UiPlan, UiState } from '../../../src/ui/common/api.ts';

const inLines = (value: object) => JSON.stringify(value, undefined, 1);

/** A table, two steps that read it, one that fails, and claims; `value` is what the table says at 10. */
const pipelineOf = (value: number) =>
  inLines({
    pipeline: 'small-paper',
    stages: {
      table: {
        cmd: shell(`printf 'k,value\\n2,1\\n10,${value}\\n' > table.csv; echo made`),
        deps: { raw: 'raw.txt' },
        outs: { table: 'table.csv' },
        publish: { table: 'results/table.csv' },
      },
      copy: {
        cmd: shell('cat "$0" > copy.csv; echo "$1" >> copy.csv').concat('${deps.table}', '${i}'),
        matrix: { i: [1, 2] },
        deps: { table: 'table.table' },
        outs: { copy: 'copy.csv' },
      },
      wrong: { cmd: shell('echo "no such root" >&2; exit 3'), outs: { out: 'out.txt' } },
    },
    claims: {
      'half-at-ten': {
        ...{ says: 'the value at ten is a half', source: 'Section 1' },
        ...{ value: 'table.table[k=10].value', holds: 'rounds to 0.5' },
      },
      unmade: {
        ...{ says: 'wrong is right', source: 'Section 2' },
        ...{ value: 'wrong.out', holds: 'is right' },
      },
    },
  });

let rig: Rig;
let server: Running;
let ask: <T>(path: string) => Promise<T>;
let status: (path: string) => Promise<number>;

beforeAll(async () => {
  rig = newRig({ 'pipeline.yaml': pipelineOf(0.5), 'raw.txt': 'raw' });
  expect((await rig.run('-k')).code, 'one step fails').toBe(1);
  rig.write({ 'pipeline.yaml': pipelineOf(0.75) });
  await rig.run('table', 'copy@i=1');
  server = rig.start(['ui', '--no-open']);
  let stdout = '';
  server.process.stdout?.on('data', (text: string) => (stdout += text));
  await until(() => stdout.includes('\n'), 'the address');
  const url = new URL(stdout.split('\n')[0] as string);
  const headers = { Cookie: `colophon-${url.port}=${url.searchParams.get('token')}` };
  const got = (path: string) => fetch(new URL(path, url.origin), { headers });
  ask = async <T>(path: string) => (await (await got(path)).json()) as T;
  status = async (path) => (await got(path)).status;
});
afterAll(async () => {
  server?.process.kill('SIGINT');
  await server?.ended;
  removeRigs();
});

const stepPage = (id: string) => ask<StepPage>(`/api/step?id=${encodeURIComponent(id)}`);

describe('the plan', () => {
  test('has stages as they were written, and of each step its state, what it needs and what it cost', async () => {
    const { pipeline, stages, steps } = await ask<UiPlan>('/api/plan');
    expect(pipeline).toBe('small-paper');
    expect(stages.map(({ name }) => name)).toEqual(['table', 'copy', 'wrong']);
    expect(stages.find(({ name }) => name === 'copy')).toMatchObject({ needs: ['table'] });
    const told = Object.fromEntries(steps.map(({ id, state }) => [id, state]));
    // Of copy@i=2 there is only what an older table gave.
    expect(told).toEqual({ table: 'current', 'copy@i=1': 'current', 'copy@i=2': 'old', wrong: 'new' });
    const copy = steps.find(({ id }) => id === 'copy@i=1');
    expect(copy?.needs.map((i) => steps[i]?.id)).toEqual(['table']);
    expect(copy?.wall).toBeGreaterThan(0);
    expect(steps.find(({ id }) => id === 'wrong')?.wall).toBeUndefined();
  });

  test('has room for every stage in its drawing, and lines between those that it names', async () => {
    const { stages, size, edges } = await ask<UiPlan>('/api/plan');
    for (const { x, y, width, height } of stages) {
      expect(width * height).toBeGreaterThan(0);
      expect(x + width).toBeLessThanOrEqual(size.width);
      expect(y + height).toBeLessThanOrEqual(size.height);
    }
    expect(edges).toHaveLength(1);
  });

  test('has claims with how they stand, and published files with whether they are current', async () => {
    const { claims, published } = await ask<UiPlan>('/api/plan');
    expect(claims.map(({ id, status: stands, found }) => [id, stands, found])).toEqual([
      ['half-at-ten', 'fails', '0.75'],
      ['unmade', 'unknown', undefined],
    ]);
    expect(claims[0]?.trust?.word).toBe('declared');
    expect(published).toMatchObject([
      { path: 'results/table.csv', step: 'table', role: 'table', extension: 'csv', current: true },
    ]);
  });
});

describe('a step', () => {
  test('that is up to date tells its execution, what it read, what read it, and its claims', async () => {
    const page = await stepPage('table');
    expect(page).toMatchObject({ stage: 'table', state: 'current', made: 'command', reasons: [] });
    expect(page.execution?.seen).toMatchObject({ executor: 'command' });
    expect(page.inputs).toMatchObject([{ role: 'raw', path: 'raw.txt' }]);
    expect(page.outs).toMatchObject([{ role: 'table', extension: 'csv', published: 'results/table.csv' }]);
    expect(page.outs[0]?.usedBy).toEqual(['copy@i=1']);
    expect(page.claims.map(({ id }) => id)).toEqual(['half-at-ten']);
    expect(page.history.map(({ current }) => current)).toEqual([true, false]);
    expect(page.because).not.toEqual([]);
  });

  test('that is not says why it would be executed, with the older execution', async () => {
    const page = await stepPage('copy@i=2');
    expect(page.state).toBe('old');
    expect(page.reasons.map(({ type }) => type)).toEqual(['input']);
    expect(page.execution?.params).toEqual({ i: '2' });
    expect(page.inputs[0]?.from).toMatchObject([{ step: 'table', role: 'table' }]);
    expect(page.history.map(({ current }) => current)).toEqual([false]);
  });

  test('that failed and never was right tells the failure, and where to read what it printed', async () => {
    const page = await stepPage('wrong');
    expect(page).toMatchObject({ state: 'new', outs: [], history: [] });
    expect(page.failure).toMatchObject({ ending: 'exit' });
    const logs = await ask<{ stderr: { text: string } }>(`/api/logs?attempt=${page.failure?.attempt}`);
    expect(JSON.stringify(logs)).toContain('no such root');
  });

  test('that there is none of is not found', async () => {
    expect(await status('/api/step?id=nothing')).toBe(404);
  });
});

describe('runs', () => {
  const runs = async () => (await ask<UiState>('/api/state')).runs;

  test('are listed, the newest first, with how they ended', async () => {
    expect(await runs()).toMatchObject([
      { status: 'complete', executed: 2, failed: 0, command: expect.stringContaining('table copy@i=1') },
      { status: 'failed', executed: 3, failed: 1, command: expect.stringContaining('-k') },
    ]);
    expect((await ask<UiState>('/api/state')).live).toEqual([]);
  });

  test('each have a page: counts of every stage, when steps were executed, claims', async () => {
    const [newest, oldest] = await runs();
    const page = await ask<RunPage>(`/api/run?id=${oldest?.id}`);
    expect(page.total).toBe(4);
    expect(page.stages.find(({ stage }) => stage === 'copy')).toMatchObject({ total: 2, executed: 2 });
    expect(page.stages.find(({ stage }) => stage === 'wrong')).toMatchObject({ failed: 1 });
    // What newer executions replaced is told all the same.
    expect(page.spans.map(({ step }) => step).sort()).toEqual(['copy@i=1', 'copy@i=2', 'table']);
    for (const { from, to } of page.spans) expect(to).toBeGreaterThan(from);
    expect(page.claims).toEqual({ holds: 1, unknown: 1 });
    const later = await ask<RunPage>(`/api/run?id=${newest?.id}&after=${page.next}`);
    expect(later.spans).toEqual([]);
  });

  test('that there are none of are not found', async () => {
    expect(await status('/api/run?id=never')).toBe(404);
    expect(await status('/api/compare?before=never&after=never')).toBe(404);
  });

  test('side by side tell the claim that moved, the steps that changed, why, and their values', async () => {
    const [newest, oldest] = await runs();
    const page = await ask<ComparePage>(`/api/compare?before=${oldest?.id}&after=${newest?.id}`);
    expect(page.claims.find(({ claim }) => claim === 'half-at-ten')).toEqual({
      ...{ claim: 'half-at-ten', before: 'holds (0.5)', after: 'fails (0.75)', worse: true },
    });
    const table = page.changed.find(({ step }) => step === 'table');
    expect(table?.outs).toMatchObject([{ role: 'table', more: 0 }]);
    expect(JSON.stringify(table?.outs[0]?.values)).toContain('0.75');
    expect(page.changed.map(({ step }) => step)).toContain('copy@i=1');
    expect(page.removed).toContain('copy@i=2');
    const back = await ask<ComparePage>(`/api/compare?before=${newest?.id}&after=${oldest?.id}`);
    expect(back.claims.find(({ claim }) => claim === 'half-at-ten')?.worse).toBe(false);
  });

  test('beside themselves are the same', async () => {
    const [newest] = await runs();
    const page = await ask<ComparePage>(`/api/compare?before=${newest?.id}&after=${newest?.id}`);
    expect(page).toMatchObject({ changed: [], added: [], removed: [], claims: [] });
    expect(page.same).toBeGreaterThan(0);
  });
});
