/** pipeline.lock: what a run must give. `run` tells differences, `run --locked` fails for them. */
import { cpSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Rig, eventsOf, newRig, removeRigs } from '../support/rig.ts';
import { sums, sumsSteps } from './support/sums.ts';
import { pipelineText, shell } from './support/texts.ts';

afterAll(removeRigs);

describe('a project with a lock', () => {
  let rig: Rig;
  let template: Rig | undefined;

  beforeEach(async () => {
    if (template === undefined) {
      template = newRig(sums);
      await template.executes();
      await template.lock();
    }
    rig = template.copy('with its store');
  });

  test('that gives what is locked passes, in another folder and with one worker or two', async () => {
    for (const jobs of ['1', '2']) {
      const other = rig.copy('without its store');
      const { code, executed } = await other.run('--locked', '-j', jobs);
      expect({ code, executed }).toEqual({ code: 0, executed: sumsSteps });
      expect(await other.lock()).toBe(rig.read('pipeline.lock'));
    }
  });

  test('is told when it is out of date, and fails only with --locked', async () => {
    rig.edit('pipeline.yaml', 'base: 10', 'base: 11');
    const ran = await rig.run();
    expect(ran.code).toBe(0);
    const differences = eventsOf(ran, 'lock').map(({ step, status }) => `${step} ${status}`);
    expect(differences).toContain('total out of date');
    expect(differences).not.toContain('words out of date');
    expect((await rig.run('--locked')).code).toBe(3);
    const { code, stderr } = await rig.colophon('run', '--locked');
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(/pipeline\.lock is out of date for 8 steps/) as string,
    });
  });

  test('fails with --locked where a step is absent from it', async () => {
    rig.edit('pipeline.yaml', '[1, 2, 3]', '[1, 2, 3, 4]');
    const ran = await rig.run('--locked', 'numbers');
    expect(ran.code).toBe(3);
    expect(eventsOf(ran, 'lock')).toMatchObject([{ step: 'numbers@k=4', status: 'absent' }]);
  });

  test('fails with and without --locked where the same key gives other bytes', async () => {
    const text = rig.read('pipeline.lock');
    const digest = /"words": \{"key":"\w+","outs":\{"counts":"(\w+)"/.exec(text)?.[1] as string;
    rig.write({
      'pipeline.lock': text.replace(
        digest,
        digest.replace(/^./, (first) => (first === '0' ? '1' : '0')),
      ),
    });
    const ran = await rig.run();
    expect(ran.code).toBe(3);
    expect(eventsOf(ran, 'lock')).toMatchObject([
      {
        step: 'words',
        status: 'irreproducible',
        message: expect.stringContaining('with the same key, counts is') as string,
      },
    ]);
    expect((await rig.run('--locked')).code).toBe(3);
    expect((await rig.run('numbers')).code).toBe(0);
  });

  test('is written by `lock` alone, for the targets asked for', async () => {
    const before = rig.read('pipeline.lock');
    rig.edit('pipeline.yaml', 'base: 10', 'base: 11');
    rig.edit('pipeline.yaml', 'long: 4', 'long: 6');
    await rig.executes();
    expect(rig.read('pipeline.lock')).toBe(before);
    const after = await rig.lock('words');
    const changed = before.split('\n').filter((line, i) => line !== after.split('\n')[i]);
    expect(changed.length).toBe(1);
    expect(changed[0]).toContain('"words"');
  });

  test('is not written where something is not up to date', async () => {
    rig.edit('pipeline.yaml', 'base: 10', 'base: 11');
    const { code, stderr } = await rig.colophon('lock');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/not up to date \(numbers@k=1.*colophon run/) as string,
    });
  });

  test.each([
    ['no JSON', 'locked', /pipeline\.lock:1:1: this is not the JSON/],
    ['another version', '{"lock": 2, "profiles": {}}', /lock version 2/],
    ['a malformed digest', '{"lock": 1, "profiles": {"default": {"a": {"key": "x", "outs": {}}}}}', /digest/],
    ['a wrong shape', '{"lock": 1, "profiles": {"default": 7}}', /colophon lock/],
  ])('that is %s is refused by name', async (_, text, message) => {
    rig.write({ 'pipeline.lock': text });
    const { code, stderr } = await rig.run('numbers@k=1');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
  });
});

describe('steps that cannot be the same everywhere', () => {
  test('are not locked, nor is what is made of them', async () => {
    const cmd = (more: object) => ({ cmd: shell('echo 1 > out.txt'), outs: { text: 'out.txt' }, ...more });
    const rig = newRig({
      'pipeline.yaml': pipelineText({
        pure: cmd({}),
        probing: cmd({ environment: { kernel: ['uname', '-r'] } }),
        honest: cmd({ stochastic: true, params: { n: 1 } }),
        below: cmd({ deps: { text: 'probing.text' } }),
      }),
    });
    await rig.executes();
    const lock = JSON.parse(await rig.lock()) as { profiles: { default: object } };
    expect(Object.keys(lock.profiles.default)).toEqual(['pure']);
    const other = newRig({});
    cpSync(rig.path('pipeline.yaml'), other.path('pipeline.yaml'));
    cpSync(rig.path('pipeline.lock'), other.path('pipeline.lock'));
    expect((await other.run('--locked')).code).toBe(0);
  });
});
