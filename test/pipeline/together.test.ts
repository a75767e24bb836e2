/** Promise 7: one store, many runs. Each step is executed once; nobody fails since another is at work. */
import { afterAll, describe, expect, test } from 'vitest';
import { type Running, eventsOf, newRig, removeRigs, until } from '../support/rig.ts';
import { endsOf, layered, layeredSteps } from './support/layers.ts';
import { pipelineText, shell, stageText } from './support/texts.ts';

afterAll(removeRigs);

const commands = layeredSteps.filter((step) => step !== 'sum');

describe('runs at once on one store', () => {
  test.each([2, 5])('%i of them execute each step once, and all have all of it', async (count) => {
    const rig = layered();
    const runs = await Promise.all(Array.from({ length: count }, () => rig.run('-j', '2')));
    expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      runs.map(() => ({ code: 0, stderr: '' })),
    );
    expect(endsOf(rig)).toEqual(commands);
    expect(runs.flatMap(({ executed }) => executed).sort()).toEqual(layeredSteps);
    // What another run executed counts as a hit, and is said like one.
    for (const { executed, hits } of runs) expect([...executed, ...hits].sort()).toEqual(layeredSteps);
    expect(await rig.executes()).toEqual([]);
  });

  test('with different targets execute what they share once', async () => {
    const rig = layered();
    const [a, b] = await Promise.all([rig.run('third@i=1', 'third@i=2'), rig.run('third@i=2', 'third@i=3')]);
    expect([a.code, b.code]).toEqual([0, 0]);
    expect(endsOf(rig)).toEqual(commands.filter((step) => /i=[123]/.test(step)));
  });

  test('with two profiles share their traces', async () => {
    const rig = layered();
    rig.edit(
      'pipeline.yaml',
      '"stages": {',
      '"profiles": { "small": { "first": { "matrix": { "i": [1, 2] } } } }, "stages": {',
    );
    const [a, b] = await Promise.all([rig.run(), rig.run('--profile', 'small')]);
    expect([a.code, b.code]).toEqual([0, 0]);
    expect(endsOf(rig)).toEqual(commands);
    expect([...a.executed, ...b.executed].filter((step) => step === 'sum')).toEqual(['sum', 'sum']);
  });
});

describe('a run that waits for another', () => {
  /** One run in the midst of the step, another that waits for it. */
  async function waiting() {
    const rig = newRig({});
    const gate = rig.gate('slow');
    const script = `echo . >> ${rig.path('count')}; ${gate.shell}; [ ! -e ${rig.path('bad')} ] && echo done > out.txt`;
    const slow = { cmd: shell(script), outs: { text: 'out.txt' }, publish: { text: 'results/slow.txt' } };
    rig.write({ 'pipeline.yaml': pipelineText({ slow }) });
    const first = rig.start(['run', '--json']);
    await gate.reached();
    const second = rig.start(['run', '--json']);
    await said(second, 'shared');
    return { rig, gate, first, second };
  }

  test('says so, and takes its result', async () => {
    const { rig, gate, first, second } = await waiting();
    gate.open();
    const [a, b] = await Promise.all([first.ended, second.ended]);
    expect([a.code, b.code]).toEqual([0, 0]);
    expect([a.executed, b.executed, b.hits]).toEqual([['slow'], [], ['slow']]);
    expect(rig.read('count')).toBe('.\n');
  });

  test('executes the step itself where the other is killed', async () => {
    const { gate, first, second } = await waiting();
    first.process.kill('SIGKILL');
    await said(second, 'started');
    gate.open();
    await first.ended;
    expect(await second.ended).toMatchObject({ code: 0, executed: ['slow'] });
  });

  test('tries the step itself where the other fails at it', async () => {
    const { rig, gate, first, second } = await waiting();
    rig.write({ bad: '' });
    gate.open();
    const [a, b] = await Promise.all([first.ended, second.ended]);
    expect([a.failed, b.failed]).toEqual([['slow'], ['slow']]);
    expect(rig.read('count')).toBe('.\n.\n');
  });

  test('can be interrupted', async () => {
    const { gate, first, second } = await waiting();
    second.process.kill('SIGINT');
    expect((await second.ended).code).toBe(130);
    gate.open();
    expect((await first.ended).code).toBe(0);
  });

  async function said(running: Running, type: 'shared' | 'started') {
    await until(() => eventsOf({ events: running.events() }, type).length > 0, type);
  }
});

describe('while a run is at work', () => {
  test('plan, status, why, runs, resolve and gc never fail, nor disturb it', async () => {
    const rig = layered();
    const running = rig.start(['run', '--json', '-j', '2']);

    const others = [
      ['plan'],
      ['gc', '--keep-runs', '1'],
      ['status'],
      ['why', 'second@i=3'],
      ['runs'],
      ['resolve'],
      ['gc'],
      ['show', 'nothing@i=0'],
    ];
    let rounds = 0;
    for (; running.process.exitCode === null || rounds < others.length; rounds++) {
      const args = others[rounds % others.length] as string[];
      const { code, stderr } = await rig.colophon(...args);
      const expected = args[0] === 'show' ? 2 : 0;
      expect({ args, code, stderr: expected === 0 ? stderr : '' }).toEqual({
        args,
        code: expected,
        stderr: '',
      });
    }
    expect(await running.ended).toMatchObject({ code: 0, executed: layeredSteps });
    expect(await rig.executes()).toEqual([]);
  });

  test('another may publish to the same places', async () => {
    const rig = newRig({ 'stages/one.ts': stageText({ run: '() => ({ value: 1 })' }) });
    rig.write({
      'pipeline.yaml': pipelineText({
        one: { use: 'stages/one.ts', publish: { value: 'results/one.json' } },
      }),
    });
    const runs = await Promise.all(Array.from({ length: 4 }, () => rig.run()));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(rig.read('results/one.json')).toBe('1\n');
  });
});

describe('two steps of one run that are the same computation', () => {
  test('are one execution, and both are done', async () => {
    const rig = newRig({});
    const stage = {
      cmd: shell(`echo . >> ${rig.path('count')}; sleep 0.2; echo 1 > out.txt`),
      outs: { text: 'out.txt' },
    };
    rig.write({ 'pipeline.yaml': pipelineText({ one: stage, same: stage }) });
    const { code, executed, hits } = await rig.run('-j', '2');
    expect({ code, executed: executed.length, hits: hits.length }).toEqual({ code: 0, executed: 1, hits: 1 });
    expect(rig.read('count')).toBe('.\n');
  });

  test('fail both, and both are named', async () => {
    const rig = newRig({});
    const stage = {
      cmd: shell(`echo . >> ${rig.path('count')}; sleep 0.2; exit 1`),
      outs: { text: 'out.txt' },
    };
    rig.write({ 'pipeline.yaml': pipelineText({ one: stage, same: stage }) });
    const { code, failed } = await rig.run('-j', '2', '-k');
    expect({ code, failed }).toEqual({ code: 1, failed: ['one', 'same'] });
  });
});
