/** Interrupts: the first lets running steps end, the second kills them; what was done is kept. */
import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { type Rig, type Running, eventsOf, newRig, removeRigs, until } from '../support/rig.ts';
import { pipelineText, shell, stageText } from './support/texts.ts';

afterAll(removeRigs);

/** Two steps that wait at gates, what each is needed by, and a stage file that never ends where `n` is 1. */
function waiting() {
  const rig = newRig({});
  const [one, two] = [rig.gate('one'), rig.gate('two')];
  const wait = (script: string) => ({
    cmd: shell(`${script}; echo done > out.txt`),
    outs: { text: 'out.txt' },
  });
  const after = (role: string) => ({
    cmd: shell(`cat in/text.txt > out.txt; : ${role}`),
    deps: { text: role },
    outs: { text: 'out.txt' },
    publish: { text: `results/${role}` },
  });
  rig.write({
    'pipeline.yaml': pipelineText({
      one: wait(one.shell),
      two: wait(two.shell),
      'after-one': after('one.text'),
      'after-two': after('two.text'),
    }),
  });
  return { rig, one, two };
}

async function begun(rig: Rig, gates: readonly { reached: () => Promise<void> }[]): Promise<Running> {
  const running = rig.start(['run', '--json', '-j', '2']);
  for (const gate of gates) await gate.reached();
  return running;
}

describe('the first signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s lets running steps end, starts no others, and exits %i; the next run completes',
    async (signal, code) => {
      const { rig, one, two } = waiting();
      const running = await begun(rig, [one, two]);
      running.process.kill(signal);
      await until(() => running.stderr().includes('stopping'), 'the word of the run');
      one.open();
      two.open();
      const ran = await running.ended;
      expect({ code: ran.code, executed: ran.executed, failed: ran.failed }).toEqual({
        code,
        executed: ['one', 'two'],
        failed: [],
      });
      expect(eventsOf(ran, 'run-finished')).toMatchObject([
        { status: 'interrupted', counts: { executed: 2 } },
      ]);
      expect(await rig.executes()).toEqual(['after-one', 'after-two']);
      expect(rig.read('results/one.text')).toBe('done\n');
    },
  );

  test('on a run that has nothing left to start is a complete run with that exit code', async () => {
    const { rig, one } = waiting();
    const running = rig.start(['run', '--json', 'one']);
    await one.reached();
    running.process.kill('SIGINT');
    await until(() => running.stderr().includes('stopping'), 'the word of the run');
    one.open();
    const ran = await running.ended;
    expect({ code: ran.code, executed: ran.executed }).toEqual({ code: 130, executed: ['one'] });
    expect(await rig.executes('one')).toEqual([]);
  });
});

describe('the second signal', () => {
  test('kills the running steps, which are open again, not failed', async () => {
    const { rig, one, two } = waiting();
    const running = await begun(rig, [one, two]);
    running.process.kill('SIGINT');
    await until(() => running.stderr().includes('stopping'), 'the word of the run');
    one.open();
    await until(() => eventsOf({ events: running.events() }, 'executed').length === 1, 'the end of one');
    running.process.kill('SIGINT');
    const ran = await running.ended;
    expect({ code: ran.code, executed: ran.executed, failed: ran.failed }).toEqual({
      code: 130,
      executed: ['one'],
      failed: [],
    });
    two.open();
    expect(await rig.executes()).toEqual(['after-one', 'after-two', 'two']);
  });

  test('kills a stage file that never ends, and leaves no process behind', async () => {
    const rig = newRig({
      'stages/loop.ts': stageText({
        run: '() => { for (let i = 0; ; i = (i + 1) % 9) if (i > 9) return { value: i }; }',
      }),
      'pipeline.yaml': pipelineText({ loop: { use: 'stages/loop.ts' } }),
    });
    const running = rig.start(['run', '--json']);
    await until(() => eventsOf({ events: running.events() }, 'started').length === 1, 'the start');
    running.process.kill('SIGINT');
    await until(() => running.stderr().includes('stopping'), 'the word of the run');
    running.process.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130, executed: [], failed: [] });
  });

  test('ends what a command has started as well', async () => {
    const rig = newRig({});
    const mark = rig.path('late');
    const script = `(sleep 3; : > ${mark}) & : > ${rig.path('begun')}; wait`;
    rig.write({ 'pipeline.yaml': pipelineText({ one: { cmd: shell(script), outs: { text: 'out.txt' } } }) });
    const running = rig.start(['run', '--json']);
    await until(() => rig.exists('begun'), 'the start');
    running.process.kill('SIGTERM');
    await until(() => running.stderr().includes('stopping'), 'the word of the run');
    running.process.kill('SIGTERM');
    expect((await running.ended).code).toBe(143);
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(existsSync(mark)).toBe(false);
  });
});

describe('a closed stdout', () => {
  test('is no error', async () => {
    const { rig, one, two } = waiting();
    one.open();
    two.open();
    const running = rig.start(['run', '--json']);
    running.process.stdout?.destroy();
    const ran = await running.ended;
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' });
  });
});
