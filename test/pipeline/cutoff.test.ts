/** Promises 2 and 3: a change stops at the same bytes, and two inputs that swap places are a different step. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, eventsOf, newRig, removeRigs } from '../support/rig.ts';

const constant = (value: string) => `import { z } from 'zod';
import { jsonKind, type Run } from 'colophon';
export const params = () => z.object({ jitter: z.number().default(0) });
export const deps = () => ({});
export const outs = () => ({ value: jsonKind<number>('number') });
export const run: Run<typeof params, typeof deps, typeof outs> = (_, { jitter }) => ({ value: ${value} });
`;

const files = {
  'pipeline.yaml': `pipeline: differences
stages:
  left: { use: stages/left.ts, params: { jitter: 0 } }
  right: { use: stages/right.ts }
  difference:
    use: stages/difference.ts
    deps: { a: left.value, b: right.value }
    publish: { value: results/difference.json }
  sign:
    use: stages/sign.ts
    deps: { of: difference.value }
  report:
    cmd: [sh, -c, "cat \${deps.sign} \${deps.again} > report.txt"]
    deps: { sign: sign.value, again: difference.value }
    outs: { text: report.txt }
`,
  'stages/left.ts': constant('5 + 0 * jitter'),
  'stages/right.ts': constant('3'),
  'stages/difference.ts': `import { jsonKind } from 'colophon';
const number = jsonKind<number>('number');
export const deps = () => ({ a: number, b: number });
export const outs = () => ({ value: number });
export const run = ({ a, b }: { a: number; b: number }) => ({ value: a - b });
`,
  'stages/sign.ts': `import { jsonKind } from 'colophon';
const number = jsonKind<number>('number');
export const deps = () => ({ of: number });
export const outs = () => ({ value: number });
export const run = ({ of }: { of: number }) => ({ value: Math.sign(of) });
`,
};

let rig: Rig;

beforeAll(async () => {
  rig = newRig(files);
  expect(await rig.executes()).toEqual(['difference', 'left', 'report', 'right', 'sign']);
});
afterAll(removeRigs);

const cutoffs = (ran: Parameters<typeof eventsOf>[0]) =>
  Object.fromEntries(eventsOf(ran, 'executed').map(({ step, cutoff }) => [step, cutoff]));

describe('a step that gives the same bytes again stops the change there', () => {
  test('the first execution is no cutoff', async () => {
    const fresh = rig.copy('without its store');
    expect(Object.values(cutoffs(await fresh.run()))).toEqual([false, false, false, false, false]);
  });

  test('at the step that changed', async () => {
    rig.edit('pipeline.yaml', 'jitter: 0', 'jitter: 1');
    expect(cutoffs(await rig.run())).toEqual({ left: true });
  });

  test('at a step further down', async () => {
    rig.write({ 'stages/left.ts': constant('7 + 0 * jitter') });
    expect(cutoffs(await rig.run())).toEqual({ left: false, difference: false, sign: true, report: false });
    expect(rig.read('results/difference.json')).toBe('4\n');
  });

  test('at a forced step, which is no cutoff since its key is the same', async () => {
    expect(cutoffs(await rig.run('--force', 'left'))).toEqual({ left: false });
  });

  test('the plan says that what is below waits, and the run finds it up to date', async () => {
    rig.edit('pipeline.yaml', 'jitter: 1', 'jitter: 2');
    const verdicts = Object.fromEntries((await rig.plan()).map(({ step, verdict }) => [step, verdict]));
    expect(verdicts).toEqual({
      left: 'miss',
      right: 'hit',
      difference: 'waits',
      sign: 'waits',
      report: 'waits',
    });
    const { executed, hits } = await rig.run();
    expect(executed).toEqual(['left']);
    expect(hits).toEqual(['difference', 'report', 'right', 'sign']);
  });
});

describe('roles count', () => {
  test('two inputs that swap places are a different step', async () => {
    rig.edit('pipeline.yaml', '{ a: left.value, b: right.value }', '{ a: right.value, b: left.value }');
    expect(await rig.executes()).toEqual(['difference', 'report', 'sign']);
    expect(rig.read('results/difference.json')).toBe('-4\n');
  });

  test('swapped back, nothing is executed and the old result is published again', async () => {
    rig.edit('pipeline.yaml', '{ a: right.value, b: left.value }', '{ b: right.value, a: left.value }');
    expect(await rig.executes()).toEqual([]);
    expect(rig.read('results/difference.json')).toBe('4\n');
  });

  test('two inputs of a command that swap places are a different step, though its words stay', async () => {
    rig.edit(
      'pipeline.yaml',
      '{ sign: sign.value, again: difference.value }',
      '{ again: sign.value, sign: difference.value }',
    );
    expect(await rig.executes()).toEqual(['report']);
  });

  test('one artifact in two roles is one input each', async () => {
    rig.edit('pipeline.yaml', '{ b: right.value, a: left.value }', '{ b: left.value, a: left.value }');
    expect(await rig.executes()).toEqual(['difference', 'report', 'sign']);
    expect(rig.read('results/difference.json')).toBe('0\n');
  });
});
