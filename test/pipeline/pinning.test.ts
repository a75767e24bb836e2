/** Promise 4: no poisoned cache. What a step reads was copied before it executes, and its record is of those bytes. */
import { spawn } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { eventsOf, newRig, removeRigs } from '../support/rig.ts';
import { pipelineText, shell, stageText } from './support/texts.ts';

afterAll(removeRigs);

/** A command that waits at a gate and then copies its input, a stage file that reads the copy, and one more reader. */
function gated(settings: object = {}) {
  const rig = newRig({
    'data.txt': 'old\n',
    'late.txt': 'old\n',
    'stages/loud.ts': stageText({
      deps: 'text: anyText',
      outs: "text: textKind('text', 'txt')",
      run: '({ text }) => ({ text: text.toUpperCase() })',
    }),
  });
  const gate = rig.gate('copy');
  rig.write({
    'pipeline.yaml': pipelineText({
      copy: {
        cmd: shell(`${gate.shell}; cat data.txt > out.txt`),
        deps: { data: { path: 'data.txt', ...settings } },
        outs: { text: 'out.txt' },
        publish: { text: 'results/copy.txt' },
      },
      loud: { use: 'stages/loud.ts', deps: { text: 'copy.text' }, publish: { text: 'results/loud.txt' } },
      both: {
        cmd: shell('cat data.txt late.txt > out.txt'),
        deps: { data: 'data.txt', late: 'late.txt', order: 'copy.text' },
        outs: { text: 'out.txt' },
        publish: { text: 'results/both.txt' },
      },
    }),
  });
  return { rig, gate };
}

describe('while a step runs', () => {
  test('an edited input changes the next plan, not this record', async () => {
    const { rig, gate } = gated();
    const running = rig.start(['run', '--json']);
    await gate.reached();
    rig.write({ 'data.txt': 'new\n' });
    gate.open();
    expect((await running.ended).code).toBe(0);
    expect(rig.read('results/copy.txt')).toBe('old\n');
    const [copy] = await rig.plan();
    expect(copy).toMatchObject({ step: 'copy', verdict: 'miss', reasons: [{ type: 'input' }] });
    expect(await rig.executes()).toEqual(['both', 'copy', 'loud']);
    expect(rig.read('results/loud.txt')).toBe('NEW\n');
    rig.write({ 'data.txt': 'old\n' });
    expect(await rig.executes()).toEqual([]);
    expect(rig.read('results/loud.txt')).toBe('OLD\n');
  });

  test('a later step of the run reads an edited input as the first one did', async () => {
    const { rig, gate } = gated();
    const running = rig.start(['run', '--json']);
    await gate.reached();
    rig.write({ 'data.txt': 'new\n', 'late.txt': 'new\n' });
    gate.open();
    expect((await running.ended).code).toBe(0);
    // No step had read late.txt before it was edited: its record is of the new bytes, and is found by them.
    expect(rig.read('results/both.txt')).toBe('old\nnew\n');
    rig.write({ 'data.txt': 'old\n' });
    expect(await rig.executes()).toEqual([]);
  });

  test('an edited stage file changes the next plan, not this record', async () => {
    const { rig, gate } = gated();
    const running = rig.start(['run', '--json']);
    await gate.reached();
    rig.edit('stages/loud.ts', 'text.toUpperCase()', 'text.toUpperCase() + "!"');
    gate.open();
    expect((await running.ended).code).toBe(0);
    expect(rig.read('results/loud.txt')).toBe('OLD\n');
    const loud = (await rig.plan()).find(({ step }) => step === 'loud');
    expect(loud).toMatchObject({ verdict: 'miss', reasons: [{ type: 'code' }] });
    expect(await rig.executes()).toEqual(['loud']);
    expect(rig.read('results/loud.txt')).toBe('OLD\n!');
  });

  test('an edited pipeline.yaml changes the next plan, not this record', async () => {
    const { rig, gate } = gated();
    const running = rig.start(['run', '--json']);
    await gate.reached();
    rig.edit('pipeline.yaml', 'cat data.txt late.txt', 'cat late.txt data.txt');
    rig.write({ 'late.txt': 'late\n' });
    gate.open();
    expect((await running.ended).code).toBe(0);
    expect(rig.read('results/both.txt')).toBe('old\nlate\n');
    expect(await rig.executes()).toEqual(['both']);
    expect(rig.read('results/both.txt')).toBe('late\nold\n');
  });

  test('a removed input is no matter', async () => {
    const { rig, gate } = gated();
    const running = rig.start(['run', '--json']);
    await gate.reached();
    rig.remove('data.txt');
    gate.open();
    expect((await running.ended).code).toBe(0);
    expect(rig.read('results/both.txt')).toBe('old\nold\n');
    expect(await rig.colophon('run')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('data.txt') as string,
    });
  });
});

describe('what a step reads is a copy of its own', () => {
  test('a command that writes to its input changes neither the file nor the artifact', async () => {
    const rig = newRig({ 'data.txt': 'old\n' });
    const writes = (more: string) => ({
      cmd: shell(`echo more >> data.txt; cat data.txt > out.txt; : ${more}`),
      deps: { data: 'data.txt' },
      outs: { text: 'out.txt' },
      publish: { text: `results/${more}.txt` },
    });
    rig.write({ 'pipeline.yaml': pipelineText({ first: writes('first'), second: writes('second') }) });
    expect((await rig.run('-j', '1')).failed).toEqual([]);
    expect([rig.read('data.txt'), rig.read('results/first.txt'), rig.read('results/second.txt')]).toEqual([
      'old\n',
      'old\nmore\n',
      'old\nmore\n',
    ]);
  });

  test('a command sees nothing of the project that it does not declare', async () => {
    const rig = newRig({
      'data.txt': 'there\n',
      'pipeline.yaml': pipelineText({
        peek: { cmd: shell('cat data.txt > out.txt'), outs: { text: 'out.txt' } },
      }),
    });
    const { code, events } = await rig.run();
    expect(code).toBe(1);
    expect(eventsOf({ events }, 'failed')).toMatchObject([{ step: 'peek', ending: 'exit' }]);
  });

  test('a file that changes all the while it is copied is refused by name', async () => {
    const rig = newRig({ 'big.bin': '' });
    // Large enough that its copying and hashing cannot fall between two writes.
    truncateSync(rig.path('big.bin'), 150_000_000);
    rig.write({
      'pipeline.yaml': pipelineText({
        size: { cmd: shell('wc -c big.bin > out.txt'), deps: { data: 'big.bin' }, outs: { text: 'out.txt' } },
      }),
    });
    const writer = spawn('sh', ['-c', 'while :; do echo x >> big.bin; sleep 0.005; done'], {
      cwd: rig.root,
      stdio: 'ignore',
    });
    try {
      const { code, stderr } = await rig.run();
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(/changing while read: .*big\.bin/) as string,
      });
    } finally {
      writer.kill('SIGKILL');
    }
  });
});

describe('an input that is not pinned', () => {
  test('and changes while its step runs makes a torn record, which is never served', async () => {
    const { rig, gate } = gated({ pin: false });
    const running = rig.start(['run', '--json', 'copy']);
    await gate.reached();
    rig.write({ 'data.txt': 'new\n' });
    gate.open();
    const { code, events } = await running.ended;
    expect(code).toBe(1);
    expect(eventsOf({ events }, 'failed')[0]).toMatchObject({
      step: 'copy',
      message: expect.stringContaining('torn') as string,
    });
    expect(rig.exists('results/copy.txt')).toBe(false);
    rig.write({ 'data.txt': 'old\n' });
    expect((await rig.plan('copy'))[0]).toMatchObject({ verdict: 'miss' });
    expect(await rig.executes('copy')).toEqual(['copy']);
    expect(rig.read('results/copy.txt')).toBe('old\n');
  });

  test('and stays as it is serves as any other', async () => {
    const { rig, gate } = gated({ pin: false });
    gate.open();
    expect(await rig.executes()).toEqual(['both', 'copy', 'loud']);
    expect(await rig.executes()).toEqual([]);
    rig.write({ 'data.txt': 'new\n' });
    expect(await rig.executes()).toEqual(['both', 'copy', 'loud']);
  });

  test('is copied where another stage has it pinned', async () => {
    const rig = newRig({
      'data.txt': 'words\n',
      'pipeline.yaml': pipelineText({
        first: {
          cmd: shell('wc -c < data.txt > out.txt'),
          deps: { data: { path: 'data.txt', pin: false } },
          outs: { text: 'out.txt' },
        },
        second: {
          cmd: shell('wc -l < data.txt > out.txt'),
          deps: { data: 'data.txt' },
          outs: { text: 'out.txt' },
        },
      }),
    });
    expect(await rig.executes()).toEqual(['first', 'second']);
    expect(await rig.executes()).toEqual([]);
  });

  test('may be a folder', async () => {
    const rig = newRig({
      'scans/1.txt': 'one\n',
      'scans/2.txt': 'two\n',
      'pipeline.yaml': pipelineText({
        all: {
          cmd: shell('cat scans/*.txt > out.txt'),
          deps: { scans: { path: 'scans', pin: false } },
          outs: { text: 'out.txt' },
          publish: { text: 'results/all.txt' },
        },
      }),
    });
    expect(await rig.executes()).toEqual(['all']);
    expect(rig.read('results/all.txt')).toBe('one\ntwo\n');
    expect(await rig.executes()).toEqual([]);
    rig.write({ 'scans/3.txt': 'three\n' });
    expect(await rig.executes()).toEqual(['all']);
  });

  test('may be a folder, which is torn when a file comes while its step runs', async () => {
    const rig = newRig({ 'scans/1.txt': 'one\n' });
    const gate = rig.gate('all');
    const deps = { scans: { path: 'scans', pin: false } };
    const cmd = shell(`cat scans/*.txt > out.txt; ${gate.shell}`);
    rig.write({ 'pipeline.yaml': pipelineText({ all: { cmd, deps, outs: { text: 'out.txt' } } }) });
    const running = rig.start(['run', '--json']);
    await gate.reached();
    rig.write({ 'scans/2.txt': 'two\n' });
    gate.open();
    const ran = await running.ended;
    expect(ran.code).toBe(1);
    expect(eventsOf(ran, 'failed')[0]?.message).toContain('torn');
    expect(await rig.executes()).toEqual(['all']);
  });
});
